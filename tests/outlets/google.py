"""Google's Sheets API and its token server, on loopback: as strict as they are about keys, tokens, ranges and quota."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt
from google.auth.exceptions import GoogleAuthError
from tests.endpoint import Came, Endpoint, Handler, endpoint, status

EMAIL = "board@project.iam.gserviceaccount.com"
ID = "1AbC_defGHI-jklMNOpqrstuVWXyz0123456789"
PAGE = f"https://docs.google.com/spreadsheets/d/{ID}/edit?gid=0#gid=0"
_RANGE = re.compile(r"'((?:[^']|'')*)'!([A-Z]+)(\d+):([A-Z]+)(\d+)")


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def credentials(google: "Google", **other: str) -> str:
    """The key file of a service account, as Google gives it."""
    pem = _key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    told = {
        "type": "service_account",
        "private_key_id": f"key of {google.address}",
        "private_key": pem.decode(),
        "client_email": EMAIL,
        "token_uri": f"{google.address}/token",
    }
    return json.dumps({**told, **other}, indent=2)


@dataclass
class Tab:
    """A tab: how large it is, and what stands in it."""

    id: int
    height: int = 1000
    width: int = 26
    cells: dict[tuple[int, int], str] = field(default_factory=dict)

    def rows(self) -> list[list[str]]:
        """What stands there, without the empty rest."""
        height = max((row for row, _ in self.cells), default=0)
        width = max((column for _, column in self.cells), default=0)
        return [[self.cells.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1)]


@dataclass
class Google:
    """The spreadsheet, and what Google thinks of whoever asks. `wrong` answers take the place of the next ones."""

    server: Endpoint
    tabs: dict[str, Tab] = field(default_factory=lambda: {"Sheet1": Tab(0)})
    token: str = "first"
    shared: bool = True
    wrong: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it listens."""
        return self.server.address

    def answer(self, handler: Handler, came: Came) -> None:
        """As Google would."""
        parts = urlsplit(came.path)
        self.asked.append(f"{came.method} {parts.path.rpartition(ID)[2]}")
        if parts.path == "/token":
            self._grant(handler, came)
        elif self.wrong:
            code, headers = self.wrong.pop(0)
            status(code, b'{"error": {"message": "Quota exceeded"}}', **headers)(handler, came)
        elif came.headers.get("authorization") != f"Bearer {self.token}":
            _say(handler, came, 401, {"error": {"message": "Request had invalid authentication credentials."}})
        elif not parts.path.startswith(f"/v4/spreadsheets/{ID}"):
            _say(handler, came, 404, {"error": {"message": "Requested entity was not found."}})
        elif not self.shared:
            _say(handler, came, 403, {"error": {"message": "The caller does not have permission"}})
        else:
            self._serve(handler, came, parts.path.removeprefix(f"/v4/spreadsheets/{ID}"))

    def _grant(self, handler: Handler, came: Came) -> None:
        """A token for a claim that is signed by the key, for this server, and not too long."""
        form = parse_qs(came.body.decode())
        public = (
            _key()
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
        try:
            claim = jwt.decode(form["assertion"][0], certs=public, audience=f"{self.address}/token")  # type: ignore[no-untyped-call]
        except GoogleAuthError:
            return _say(handler, came, 400, {"error": "invalid_grant"})
        fits = (claim["iss"], claim["exp"] - claim["iat"]) == (EMAIL, 3600) and "spreadsheets" in claim["scope"]
        granted = form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"] and fits
        return _say(handler, came, 200 if granted else 400, {"access_token": self.token} if granted else {})

    def _serve(self, handler: Handler, came: Came, what: str) -> None:
        sent = json.loads(came.body) if came.body else {}
        if came.method == "GET" and what == "":
            return _say(handler, came, 200, {"sheets": [{"properties": _told(*each)} for each in self.tabs.items()]})
        fits = {":batchUpdate": self._change, "/values:batchUpdate": self._write, "/values:batchClear": self._clear}
        try:
            fits[what](sent)
        except ValueError as trouble:
            return _say(handler, came, 400, {"error": {"message": str(trouble)}})
        return _say(handler, came, 200, {})

    def _change(self, sent: dict[str, Any]) -> None:
        for each in sent["requests"]:
            ((kind, what),) = each.items()
            size = what["properties"]["gridProperties"]
            if kind == "addSheet":
                title = what["properties"]["title"]
                if title in self.tabs:
                    raise ValueError("A sheet with this name already exists.")
                self.tabs[title] = Tab(len(self.tabs), size["rowCount"], size["columnCount"])
            else:
                (tab,) = [tab for tab in self.tabs.values() if tab.id == what["properties"]["sheetId"]]
                tab.height, tab.width = size["rowCount"], size["columnCount"]

    def _write(self, sent: dict[str, Any]) -> None:
        for each in sent["data"]:
            tab, top, left, bottom, right = self._range(each["range"])
            if len(each["values"]) > bottom - top + 1 or any(len(row) > right - left + 1 for row in each["values"]):
                raise ValueError("Requested writing within range, but tried writing outside of it.")
            for row, values in enumerate(each["values"], top):
                for column, value in enumerate(values, left):
                    shown = value if sent["valueInputOption"] == "RAW" or not value.startswith("=") else "#WORKED OUT"
                    tab.cells[row, column] = shown

    def _clear(self, sent: dict[str, Any]) -> None:
        for each in sent["ranges"]:
            tab, top, left, bottom, right = self._range(each)
            for row, column in [*tab.cells]:
                if top <= row <= bottom and left <= column <= right:
                    del tab.cells[row, column]

    def _range(self, named: str) -> tuple[Tab, int, int, int, int]:
        found = _RANGE.fullmatch(named)
        if not found or found[1].replace("''", "'") not in self.tabs:
            raise ValueError(f"Unable to parse range: {named}")
        tab = self.tabs[found[1].replace("''", "'")]
        left, top, right, bottom = _column(found[2]), int(found[3]), _column(found[4]), int(found[5])
        if bottom > tab.height or right > tab.width:
            raise ValueError("Range exceeds grid limits.")
        return tab, top, left, bottom, right


@contextmanager
def google() -> Iterator[Google]:
    """Google until the end of the test."""
    with endpoint() as server:
        made = Google(server)
        server.answering = made.answer
        yield made


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _told(title: str, tab: Tab) -> dict[str, Any]:
    return {"sheetId": tab.id, "title": title, "gridProperties": {"rowCount": tab.height, "columnCount": tab.width}}


def _say(handler: Handler, came: Came, code: int, body: dict[str, Any]) -> None:
    status(code, json.dumps(body).encode())(handler, came)
