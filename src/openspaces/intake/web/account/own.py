"""The page of one's own account: passkeys, the events one runs, signing out, and being forgotten."""

import json
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openspaces.intake.web.account.session import account_of, is_fresh
from openspaces.intake.web.roles import role_name
from openspaces.people.accounts import forget
from openspaces.people.models import Account, Membership, Session
from openspaces.people.who import Role

NAME_LENGTH = 60


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """What there is about the account, and doing what a button of it says."""
    here = account_of(request)
    assert here is not None
    if request.method == "POST":
        return _done(request, here)
    passkeys = Authenticator.objects.filter(user=here, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    context = {
        "email": here.email,
        "passkeys": [_passkey(each) for each in passkeys],
        "roles": _roles(here),
        "sessions": Session.objects.filter(account=here).count(),
        "fresh": is_fresh(request),
        "added": "added" in request.GET,
    }
    return render(request, "intake/account/account.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """This browser is signed out, and goes on where the form says."""
    logout(request)
    return _on(request)


def _done(request: HttpRequest, here: Account) -> HttpResponse:
    match request.POST.get("do"):
        case "sign-out-everywhere":
            Session.objects.filter(account=here).delete()
        case "forget" if request.POST.get("sure") and is_fresh(request):
            forget(here)
        case "forget" if request.POST.get("sure"):
            return _sign_in_again(request)
        case _:
            return HttpResponseRedirect(reverse("account"))
    logout(request)
    return _on(request)


def _on(request: HttpRequest) -> HttpResponse:
    onward = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(onward if allowed else "/")


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """Out, and in again: only then is it surely the owner who sits there."""
    logout(request)
    return HttpResponseRedirect(f"{reverse('account_login')}?again=fresh&next={reverse('account')}")


def _roles(here: Account) -> list[tuple[str, str]]:
    """The boards that the address has a role at, and which."""
    found = Membership.objects.filter(email=here.email).order_by("event").values_list("event", "role")
    return [(event, role_name(Role(role))) for event, role in found]


def _passkey(row: Authenticator) -> dict[str, Any]:
    return {"id": row.pk, "name": row.data["name"], "at": row.created_at, "used": row.last_used_at}


# Passkeys


def fresh_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that changes how one signs in: whoever has not just done so does it once more."""

    def answer(request: HttpRequest, *args: Any, **given: Any) -> Any:
        return view(request, *args, **given) if is_fresh(request) else _sign_in_again(request)

    return answer


class PasskeyForm(AddWebAuthnForm):
    """What a browser made, and what its owner calls it."""

    def clean_name(self) -> str:
        """One short line."""
        return " ".join(super().clean_name().split())[:NAME_LENGTH]

    def clean(self) -> dict[str, Any]:
        """What is sent may have any shape, and allauth minds some."""
        try:
            return dict(super().clean())
        except (AttributeError, LookupError, ValueError):
            raise forms.ValidationError("shape") from None


class AddPasskey(AddWebAuthnView):
    """Make a passkey. It is always one that signs in by itself, so the device asks for a finger, a face or a PIN."""

    template_name = "intake/account/passkey.html"

    def get_form_class(self) -> type[forms.Form]:
        """Ours."""
        return PasskeyForm

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """What the browser needs to make one."""
        context = super().get_context_data() | given  # begins the making of a second factor, which is not ours
        here = account_of(self.request)
        assert here is not None
        return context | {"options_json": json.dumps(auth.begin_registration(here, passwordless=True))}

    def form_invalid(self, form: PasskeyForm) -> HttpResponse:
        """The page again, with a sentence."""
        context = self.get_context_data(form=form, wrong=_("That did not work. Try again."))
        return self.render_to_response(context, status=422)

    def get_success_url(self) -> str:
        """Back to the account, which lists it."""
        return f"{reverse('account')}?added=1"


class RemovePasskey(RemoveWebAuthnView):
    """Forget a passkey."""

    success_url = reverse_lazy("account")
