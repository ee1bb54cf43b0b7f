"""The little of Google's Sheets API that we need: https://developers.google.com/workspace/sheets/api/reference/rest."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from openspaces.delivery.calling import call
from openspaces.delivery.contract import Refused, Trouble, Unreachable
from openspaces.lib.sending import Answer
from openspaces.outlets.sheet.credentials import Account, forget_token, token_of

Tabs = Mapping[str, Mapping[str, Any]]
"""The properties of each tab, by its title."""


class Spreadsheet:
    """A spreadsheet, as a service account that it is shared with may write it."""

    def __init__(self, account: Account, id_: str) -> None:
        self._account, self._path = account, f"/v4/spreadsheets/{quote(id_, safe='')}"

    def tabs(self) -> Tabs:
        """What tabs there are, and how large."""
        fields = urlencode({"fields": "sheets.properties(sheetId,title,gridProperties(rowCount,columnCount))"})
        found = self._ask("GET", f"?{fields}")
        return {each["properties"]["title"]: each["properties"] for each in found.get("sheets", ())}

    def change(self, requests: list[dict[str, Any]]) -> None:
        """Make tabs, or make them larger."""
        self._ask("POST", ":batchUpdate", {"requests": requests})

    def write(self, ranges: Mapping[str, list[tuple[str, ...]]]) -> None:
        """Write cells, all at once. RAW is kept as it is written: `=1+1` stays four letters and is never worked out, so
        nothing of people's words has to be escaped here, as it has in a CSV."""
        data = [{"range": name, "majorDimension": "ROWS", "values": rows} for name, rows in ranges.items()]
        self._ask("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})

    def clear(self, ranges: list[str]) -> None:
        """Empty cells; how they look stays."""
        self._ask("POST", "/values:batchClear", {"ranges": ranges})

    def _ask(self, method: str, tail: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        answer = self._sent(method, tail, body)
        if answer.status == 401:  # a token may end before its time
            forget_token(self._account)
            answer = self._sent(method, tail, body)
        if not answer.ok:
            raise self._trouble(answer)
        told = answer.json()
        return told if isinstance(told, dict) else {}

    def _sent(self, method: str, tail: str, body: Mapping[str, Any] | None) -> Answer:
        headers = {"Authorization": f"Bearer {token_of(self._account)}", "Content-Type": "application/json"}
        written = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        return call(method, f"{settings.GOOGLE}{self._path}{tail}", headers=headers, body=written)

    def _trouble(self, answer: Answer) -> Trouble:
        """In words. What somebody has to mend over there may be mended soon, so it is tried again."""
        says = _message(answer)
        if answer.status == 403 and ("disabled" in says or "has not been used" in says):
            return Unreachable(_("Switch on the Google Sheets API in the project of this key, then wait a minute."))
        if answer.status == 403:
            return Unreachable(_("Share the spreadsheet with %(email)s, as editor.") % {"email": self._account.email})
        if answer.status == 404:
            return Refused(_("There is no such spreadsheet: look at its address."))
        if answer.status == 401:
            return Refused(_("Google does not know this key any more: make a new one, and type it here."))
        return Refused(_("Google says: %(says)s") % {"says": says or answer.status})


def _message(answer: Answer) -> str:
    told = answer.json()
    error = told.get("error") if isinstance(told, dict) else None
    return str(error.get("message", ""))[:200] if isinstance(error, dict) else ""
