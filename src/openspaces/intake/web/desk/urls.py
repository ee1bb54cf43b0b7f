"""The addresses of the desk, each under `/{event}/desk/`."""

from django.urls import path

from openspaces.intake.web.desk.doing import undo
from openspaces.intake.web.desk.todo import todo

urlpatterns = [
    path("", todo),
    path("undo/", undo),
]
