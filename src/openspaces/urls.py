"""Django's addresses: signing in, the API, and the forms. The public pages are the press's and never come this far."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("openspaces.intake.web.account.urls")),
    path("api/", include("openspaces.intake.api.urls")),
    path("", include("openspaces.intake.web.urls")),
]

handler400 = "openspaces.intake.web.errors.bad_request"
handler403 = "openspaces.intake.web.errors.forbidden"
handler404 = "openspaces.intake.web.errors.not_found"
handler500 = "openspaces.intake.web.errors.broken"
