"""Three steps through the door: an e-mail address, the code that was sent to it, or a passkey instead of both."""

from datetime import timedelta
from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.intake.limits import check_address, check_mail
from openspaces.intake.web.kept import too_fast_page
from openspaces.lib.symbols import same
from openspaces.people.accounts import account_for, same_address, sweep
from openspaces.people.mail import NotSent
from openspaces.people.models import Account

PENDING = timedelta(minutes=15)
"""How long a browser is remembered that has not finished signing in."""
_NO_ADDRESS = gettext_lazy("Write your e-mail address, like ada@example.org.")
NO_ADDRESS = dict.fromkeys(("required", "invalid", "max_length"), _NO_ADDRESS)
NO_CODE = gettext_lazy("Type the code: six letters and digits, as in the mail.")


class AddressForm(forms.Form):
    """The address to send a code to."""

    email = forms.EmailField(max_length=254, error_messages=NO_ADDRESS)
    _user: Account | None = None

    def clean_email(self) -> str:
        """The address as it is kept."""
        return same_address(self.cleaned_data["email"])


class SignIn(RequestLoginCodeView):
    """Ask for the address and send a code, to whoever has an account and whoever has none: no answer tells which of the
    two it is."""

    template_name = "intake/account/sign_in.html"

    def get_form_class(self) -> type[forms.Form]:
        """Ours."""
        return AddressForm

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """What the page says besides the form: why one is here again."""
        again = {
            "code": _("That was wrong too often. Ask for another code."),
            "passkey": _("This passkey is not known here. Sign in with a code by e-mail, then add it to your account."),
            "fresh": _("Please sign in once more: only then can you change how you sign in."),
        }.get(self.request.GET.get("again", ""), "")
        return super().get_context_data(**given) | {"again": again}

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Send the code, not too often."""
        email = form.cleaned_data["email"]
        if wait := check_mail(email, self.request.META.get("REMOTE_ADDR", "")):
            return too_fast_page(self.request, wait)
        sweep(timezone.now())
        form._user = account_for(email)
        self.request.session.set_expiry(PENDING)
        try:
            return super().form_valid(form)
        except NotSent:
            form.add_error(None, _("The mail could not be sent just now. Try again in a minute."))
            return self.render_to_response(self.get_context_data(form=form), status=503)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Ask again."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """Whoever waits for a code may come back here, for another one or with another address."""


class CodeForm(forms.Form):
    """The code as it was typed."""

    code = forms.CharField(error_messages={"required": NO_CODE})

    def __init__(self, *given: Any, code: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self._right = code

    def clean_code(self) -> str:
        """Whether it is the right one; what eyes confuse is forgiven."""
        typed: str = self.cleaned_data["code"]
        if not (self._right and same(typed, self._right)):
            raise forms.ValidationError(_("That is not the code. It has six letters and digits, as in the mail."))
        return typed


class TypeCode(ConfirmLoginCodeView):
    """Take the code. After five wrong ones it is good no longer."""

    template_name = "intake/account/code.html"

    def get_form_class(self) -> type[forms.Form]:
        """Ours."""
        return CodeForm

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Where the code was sent."""
        sent = {"email": self._process.state.get("email", ""), "is_sent": settings.MAIL_IS_SENT}
        minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        return super().get_context_data(**given) | sent | {"minutes": minutes}

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        """Another try, or another code."""
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return _back_to_sign_in(self.request, "code")


class PasskeyForm(LoginWebAuthnForm):
    """What a browser signed with a passkey."""

    def clean_credential(self) -> Any:
        """The passkey, if it is one of ours. What is sent may have any shape, and allauth minds some."""
        try:
            return super().clean_credential()
        except (AttributeError, LookupError, TypeError, ValueError):
            raise forms.ValidationError("shape") from None


class ByPasskey(LoginWebAuthnView):
    """Hand out what a passkey is to sign, and take it signed."""

    def dispatch(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        """Not too often: each try makes a session."""
        if wait := check_address(request.META.get("REMOTE_ADDR", "")):
            return too_fast_page(request, wait)
        return super().dispatch(request, *args, **given)

    def get(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        """The question for the passkey, for the page's script."""
        request.session.set_expiry(PENDING)
        return super().get(request, *args, **given)

    def get_form_class(self) -> type[forms.Form]:
        """Ours."""
        return PasskeyForm

    def form_invalid(self, form: PasskeyForm) -> HttpResponse:
        """Back to the door, which says why."""
        return _back_to_sign_in(self.request, "passkey")


def _back_to_sign_in(request: HttpRequest, again: str) -> HttpResponse:
    onward = request.POST.get("next") or request.GET.get("next", "")
    query = urlencode({"again": again} | ({"next": onward} if onward else {}))
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}", status=303)
