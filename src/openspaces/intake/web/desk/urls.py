"""The addresses of the desk, each under `/{event}/desk/`."""

from django.urls import path

from openspaces.intake.web.desk.cards import card
from openspaces.intake.web.desk.contest import contest
from openspaces.intake.web.desk.doing import undo
from openspaces.intake.web.desk.enter import enter
from openspaces.intake.web.desk.importing import bring
from openspaces.intake.web.desk.log import log
from openspaces.intake.web.desk.past import past
from openspaces.intake.web.desk.pitching import pitch
from openspaces.intake.web.desk.relocating import relocate
from openspaces.intake.web.desk.rooms import rooms
from openspaces.intake.web.desk.saying import say
from openspaces.intake.web.desk.search import search
from openspaces.intake.web.desk.todo import todo
from openspaces.intake.web.desk.ways import new_way, own_way, way, ways

urlpatterns = [
    path("", todo),
    path("cards/<str:code>/", card),
    path("contests/<int:number>/", contest),
    path("enter/", enter),
    path("import/", bring),
    path("log/", log),
    path("out/", ways),
    path("out/<int:place>/", way),
    path("out/<slug:own>/", own_way),
    path("out/new/<slug:outlet>/", new_way),
    path("past/", past),
    path("pitch/", pitch),
    path("relocate/", relocate),
    path("rooms/", rooms),
    path("say/", say),
    path("search/", search),
    path("undo/", undo),
]
