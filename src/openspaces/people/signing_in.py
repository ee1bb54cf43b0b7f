"""What django-allauth asks us while somebody signs in: which letter to send, which steps there are."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.lib.symbols import ALPHABET, spelled
from openspaces.people.mail import send_code

CODE_LENGTH = 6
PENDING = timedelta(minutes=15)
"""How long a browser may take to sign in; the code itself is good for less."""


class Accounts(DefaultAccountAdapter):
    """Codes by mail. A code is as good as a passkey: whoever has both needs one of them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That is not the code. It has six letters and digits, as in the mail."),
    }

    def get_login_stages(self) -> list[str]:
        """The only step is the code: a passkey is no second one."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def is_reauthentication_required(self, **_given: Any) -> bool:
        """Our own pages ask whether a sign-in is fresh enough, for one by code too, which allauth would not count."""
        return False

    def generate_login_code(self) -> str:
        """Symbols that are easy to type."""
        return spelled(secrets.randbelow(len(ALPHABET) ** CODE_LENGTH), CODE_LENGTH)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The only letter that allauth sends is the one with the code. Raises NotSent."""
        assert template_prefix == "account/email/login_code", template_prefix
        minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        send_code(email, context["code"], minutes=minutes)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """From now on the session is one of somebody signed in, and lasts as long as those do."""
        request.session.set_expiry(None)
        super().login(request, user)


class Passkeys(DefaultMFAAdapter):
    """Passkeys belong to the public name of the site, whatever a proxy calls it on the way."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This passkey is not known here."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site's name, without its port: the public one, or where that is none that browsers give passkeys to, the
        one that was asked for, which may be localhost."""
        public = urlsplit(settings.BASE_URL)
        name = public.hostname if public.scheme == "https" else None
        name = name or context.request.get_host().partition(":")[0]
        return {"id": name, "name": name}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a passkey is called whose owner gave it no name."""
        number = 1 + Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": number}
