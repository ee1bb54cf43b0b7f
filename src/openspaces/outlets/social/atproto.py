"""A signed-in account of the AT Protocol. Its session is kept: signing in is counted (30 times in 5 minutes)."""

import json
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from openspaces.delivery.calling import call
from openspaces.delivery.contract import Destination, Gone, Refused
from openspaces.delivery.destinations import keep_secret
from openspaces.lib.sending import Answer

_OVER = ("ExpiredToken", "InvalidToken")


class Account:
    """The account of a destination."""

    def __init__(self, destination: Destination) -> None:
        self._id, settings = destination.id, destination.settings
        self._server = settings["server"].rstrip("/")
        self._handle, self._password = settings["handle"], settings["password"]
        kept = settings.get("session_of") == self._whose
        self.did, self._access, self._refresh = (
            (settings.get(name, "") for name in ("did", "access", "refresh")) if kept else ("", "", "")
        )

    def sign_in(self) -> None:
        """Begin a session."""
        said = {"identifier": self._handle, "password": self._password}
        answer = self._call("com.atproto.server.createSession", _written(said))
        if answer.status in (400, 401):
            raise Gone(_("Bluesky does not know this handle with this app password. Make a new one and type it here."))
        self._keep(_fine(answer))

    def ask(self, method: str, said: dict[str, Any], *, ours: bool = False) -> Any:
        """Call a method that changes something; with `ours` in the account's own repository."""
        if not self._access:
            self.sign_in()
        return self._asked(method, _written({**({"repo": self.did} if ours else {}), **said}), "application/json")

    def upload(self, data: bytes, kind: str) -> Any:
        """Store a file; the answer is what a record says to show it."""
        if not self._access:
            self.sign_in()
        return self._asked("com.atproto.repo.uploadBlob", data, kind)["blob"]

    def _asked(self, method: str, body: bytes, kind: str) -> Any:
        answer = self._call(method, body, kind, self._access)
        if answer.status in (400, 401) and _error(answer) in _OVER:
            self._renew()
            answer = self._call(method, body, kind, self._access)
        return _fine(answer)

    def _renew(self) -> None:
        """Go on with the session; begin another where it is over."""
        answer = self._call("com.atproto.server.refreshSession", None, "", self._refresh)
        if answer.ok:
            self._keep(_fine(answer))
        else:
            self.sign_in()

    def _keep(self, session: Any) -> None:
        try:
            self.did, self._access, self._refresh = session["did"], session["accessJwt"], session["refreshJwt"]
        except (KeyError, TypeError):
            raise Refused(_("This server does not answer as Bluesky does: look at its address.")) from None
        kept = {"did": self.did, "access": self._access, "refresh": self._refresh, "session_of": self._whose}
        keep_secret(self._id, **kept)

    @property
    def _whose(self) -> str:
        """What the session was begun with: another password begins another."""
        return sha256("\0".join((self._server, self._handle, self._password)).encode()).hexdigest()

    def _call(self, method: str, body: bytes | None, kind: str = "application/json", token: str = "") -> Answer:
        headers = {"Content-Type": kind} if kind else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return call("POST", f"{self._server}/xrpc/{method}", headers=headers, body=body)


def _written(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()


def _error(answer: Answer) -> str:
    said = answer.json()
    return str(said.get("error", "")) if isinstance(said, dict) else ""


def _fine(answer: Answer) -> Any:
    if not answer.ok:
        why = _error(answer) or str(answer.status)
        raise Refused(_("The server refuses it (%(why)s).") % {"why": why[:200]})
    return answer.json()
