"""The addresses of signing in. allauth knows them by its own names; whatever else it could do has none."""

from django.urls import path
from django.views.decorators.http import require_POST

from openspaces.intake.web.account.own import AddPasskey, RemovePasskey, account, fresh_only, sign_out
from openspaces.intake.web.account.session import signed_in_only, with_session
from openspaces.intake.web.account.sign_in import ByPasskey, SignIn, TypeCode

remove = RemovePasskey.as_view()

urlpatterns = [
    path("", signed_in_only(account), name="account"),
    path("login/", with_session(SignIn.as_view()), name="account_login"),
    path("login/", with_session(SignIn.as_view()), name="account_request_login_code"),
    path("login/code/", with_session(TypeCode.as_view()), name="account_confirm_login_code"),
    path("login/passkey/", with_session(ByPasskey.as_view()), name="mfa_login_webauthn"),
    path("logout/", with_session(sign_out), name="account_logout"),
    path("passkeys/add/", signed_in_only(fresh_only(AddPasskey.as_view())), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", require_POST(signed_in_only(fresh_only(remove))), name="mfa_remove_webauthn"),
]
