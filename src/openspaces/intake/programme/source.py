"""Where a programme is: a file, an address of one document, or an address of pretalx's API with its many pages."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from openspaces.intake.programme import pretalx
from openspaces.intake.programme.nodes import Node, parsed
from openspaces.intake.programme.programme import Damaged, Programme
from openspaces.intake.programme.sniffing import read_programme
from openspaces.lib.addresses import is_public
from openspaces.lib.fetching import LARGEST, CannotFetch, Fetched, Why, fetch, same_origin

_GOOGLE_SHEET = re.compile(r"(https://docs\.google\.com/spreadsheets/d/[\w-]+)/(?:edit|view)?(?:.*?gid=(\d+))?")
MOST = 3 * LARGEST
"""Bytes of all the pages of one programme together."""
PATIENCE = 60.0
"""Seconds that we wait, all in all, where a server says that it is asked too often."""
SHORTEST = 0.5
"""Seconds."""


class NotFetched(Exception):
    """A source cannot be had now; the text says in one sentence why, and what to do."""


def is_address(named: str) -> bool:
    """Whether a source is on the web, and not a file."""
    return named.lower().startswith(("http://", "https://"))


def direct(named: str) -> str:
    """Where the cards of a Google sheet are, if its address is that of the page on which one edits it."""
    found = _GOOGLE_SHEET.match(named)
    return f"{found[1]}/export?format=csv&gid={found[2] or 0}" if found else named


class Source:
    """One source. It remembers what it fetched, so that the next time it only asks whether that is still so."""

    def __init__(self, named: str, raw: bytes | None = None) -> None:
        """`named` is a file or an address; `raw` is what stands in the file, where that is known already."""
        self.named = direct(named)
        self._raw = raw
        self._known: dict[str, Fetched] = {}
        self._used: dict[str, Fetched] = {}
        self._patience = PATIENCE

    @property
    def has_pages(self) -> bool:
        """Whether it is no document, but many pages of pretalx's API."""
        return self._raw is None and is_address(self.named) and bool(pretalx.api_event(self.named))

    def raw(self) -> bytes:
        """The document that stands there. Raises NotFetched, OSError, and Damaged if a file is too large."""
        if self._raw is not None:
            return self._raw
        if is_address(self.named):
            self._used = {}
            return self._got(self.named)
        with Path(self.named).open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise Damaged(self.named, _("this has more than %(most)d MB.") % {"most": LARGEST // 1_000_000})
        return raw

    def programme(self, zone: ZoneInfo, language: str = "en", days: Iterable[date] = ()) -> Programme:
        """The programme that stands there now; see `read_programme`. Raises NotFetched, OSError, and Damaged, which
        then begins with the name of the file, or the address."""
        self._used, self._patience = {}, PATIENCE
        try:
            if self.has_pages:
                base = pretalx.api_event(self.named)
                programme = pretalx.read_pretalx(base, lambda url: self._page(base, url, language), zone)
            else:
                programme = read_programme(self.raw(), zone, language, days)
        except Damaged as trouble:
            where = f"{self.named}, {trouble.where}" if trouble.where else self.named
            raise Damaged(where, trouble.says) from None
        self._known = self._used
        return programme

    def _page(self, base: str, url: str, language: str) -> Node:
        if sum(len(page.body) for page in self._used.values()) > MOST:
            raise Damaged("", _("this has more than %(most)d MB.") % {"most": MOST // 1_000_000})
        tail = url.removeprefix(base).partition("expand=")[0].rstrip("?&")
        return Node(parsed(self._got(url)), f"{tail}: " if tail else "", language)

    def _got(self, url: str) -> bytes:
        headers = {"User-Agent": "openspaces"}
        if pretalx.api_event(url):
            headers |= pretalx.HEADERS
        if settings.PRETALX_TOKEN and same_origin(url, self.named) and pretalx.api_event(url):
            headers["Authorization"] = f"Token {settings.PRETALX_TOKEN}"
        self._used[url] = got = self._fetched(url, headers)
        return got.body

    def _fetched(self, url: str, headers: dict[str, str]) -> Fetched:
        """Where the server wants us to wait a little between two pages, we do, now and then."""
        while True:
            try:
                return fetch(url, self._known.get(url), headers, _allowed)
            except CannotFetch as trouble:
                if not (0 <= trouble.again <= self._patience):
                    raise NotFetched(_says(trouble)) from None
                sleep(max(trouble.again, SHORTEST))
                self._patience -= max(trouble.again, SHORTEST)


def _allowed(address: str) -> bool:
    return is_public(address, settings.FETCH_FROM)


def _says(trouble: CannotFetch) -> str:
    facts = {"url": trouble.url, "detail": trouble.detail, "most": LARGEST // 1_000_000}
    if trouble.why is Why.STATUS:
        return _status_says(trouble.detail) % facts
    return {
        Why.ADDRESS: _("%(url)s is no address to fetch from: write one that begins with https://."),
        Why.INWARD: _(
            "%(url)s leads into a private network, from which nothing is fetched. If it is yours, name the network in "
            "OPENSPACES_FETCH_FROM."
        ),
        Why.SILENT: _("%(url)s does not answer; try again later."),
        Why.BROKEN: _("%(url)s cannot be fetched (%(detail)s): look at the address, or try again later."),
        Why.REDIRECTS: _("%(url)s leads from one address to the next without end."),
        Why.LARGE: _("%(url)s has more than %(most)d MB."),
    }[trouble.why] % facts


def _status_says(status: str) -> str:
    if status in ("401", "403"):
        return _(
            "%(url)s is not public (status %(detail)s): publish the programme there, or set OPENSPACES_PRETALX_TOKEN."
        )
    if status == "404":
        return _("There is nothing at %(url)s (status 404): look at the address.")
    if status == "429":
        return _("%(url)s is asked too often (status 429); try again in some minutes.")
    return _("%(url)s answers with status %(detail)s; try again later.")
