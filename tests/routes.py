"""Who may do what, at every address: one line for each call and each form. `tests/test_routes.py` proves it.

A new address needs a line here, or `test_every_address_is_declared` fails. To add one:

    Line("PUT", "/api/{event}/cards/{code}/thing", HELPER, {"reason": "Rain"})

- the method, and the path as the routing tables write it (`<str:code>` is `{code}`);
- who may: ANYONE, HOST of the card KNIT, HELPER, FACILITATOR, ORGANISER, or one of the others below;
- what is sent: JSON under `/api/`, else a form. `{code}`, `{cell}` … are filled in there too;
- `ok`, if whoever may is answered with something else than 200 (303 for a form that was sent);
- `first`, the moves that have to be played for it to succeed; `fills`, other values than those of FILLED;
- `refused`, if others are answered with something else than 403.

Everybody who may not is tried first, and must be refused and change nothing; then whoever of those who may has the
least, who must be answered with `ok`; then the others who may, who must not be refused for who they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.drawing import FACILITATOR as A_FACILITATOR
from tests.drawing import HELPER as A_HELPER
from tests.drawing import cell, cells, code

from openspaces.board.moves import (
    Announce,
    AskDeal,
    ChangeEvent,
    ClaimCell,
    CloseCell,
    FreezeBoard,
    MarkFull,
    MergeCards,
    Move,
    OpenContest,
    Profile,
    ShieldCard,
)
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing, Deal, Method, Placing
from openspaces.board.voices import OfferToHost, Voice
from openspaces.intake.bringing import kept
from openspaces.people.who import PROGRAM, Who

DRAWN = """
          oak         elm         fir
  09:00   Knit        .           .
  10:00   #lunch      Talk        .
  11:00   .           .           .
"""
IDEAS = ("Bees",)
KNIT, TALK, ODD = code("Knit"), code("Talk"), code("Odd")
"""The host's card, another host's, and one that only the other event has."""
FREE, CLOSED, ODD_CELL = str(cell("elm 09:00")), str(cell("oak 10:00")), "yew@0517-0900"
FILLED: Mapping[str, str] = {
    "event": "camp",
    "code": KNIT,
    "cell": FREE,
    "asking": TALK,
    "hand": "eve",
    "pk": "1",
    "outlet": "webhook",
    "own": "email",
    "key": "nothing",
    "rest": "nothing",
}
"""What stands for the names in paths, besides {number}, the last change, and {contest}, the last contest."""


class Actor(StrEnum):
    """Somebody who tries everything."""

    STRANGER = "a stranger"
    DEVICE = "a device with a cookie"
    OUTSIDER = "the organiser of another event"
    SIGNED_IN = "somebody who is signed in"
    PRESENT = "a device that is present"
    HOST = "the card's host"
    HELPER = "a helper"
    FACILITATOR = "a facilitator"
    ORGANISER = "an organiser"


ANYONE = tuple(Actor)
SIGNED_IN = (Actor.SIGNED_IN, Actor.OUTSIDER)
PRESENT = (Actor.PRESENT, Actor.HELPER, Actor.FACILITATOR, Actor.ORGANISER)
HOST = (Actor.HOST, Actor.HELPER, Actor.FACILITATOR, Actor.ORGANISER)
HELPER = (Actor.HELPER, Actor.FACILITATOR, Actor.ORGANISER)
FACILITATOR = (Actor.FACILITATOR, Actor.ORGANISER)
ORGANISER = (Actor.ORGANISER,)
PLACERS_SIGNED_IN = (*SIGNED_IN, *HELPER)

Played = tuple[Move | Voice, Who]


@dataclass(frozen=True)
class Line:
    """Who may do one thing."""

    method: str
    path: str
    may: tuple[Actor, ...]
    sends: Mapping[str, Any] = field(default_factory=dict)
    ok: int = 200
    first: tuple[Played, ...] = ()
    fills: Mapping[str, str] = field(default_factory=dict)
    refused: int = 403

    @property
    def named(self) -> str:
        """What a failing test is called."""
        do = self.sends.get("do", "")
        return f"{self.method} {self.path}{f' {do}' if do else ''}"


# What has to be so first


def choosing(policy: Policy) -> Played:
    return ChangeEvent(profile=Profile(name="Camp", timezone="Asia/Kolkata", policy=policy)), PROGRAM


HANDS = choosing(Policy(competing=Competing.CONTEST))
DESK = choosing(Policy(placing=Placing.FACILITATORS))
CLAIMED = (DESK, (ClaimCell(card=KNIT, cells=cells("elm 09:00")), Who("knit")))
ASKED = ((AskDeal(card=TALK, other=KNIT, deal=Deal.SWAP), Who("talk")),)
ASKS = ((AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP), Who("knit")),)
MERGED = ((MergeCards(card=KNIT, into=TALK), A_HELPER),)
CONTEST = ((OpenContest(cell=cell("fir 09:00"), cards=(KNIT, TALK), method=Method.VOTE, minutes=30), A_HELPER),)
WITH_PRESENCE = (
    (
        OpenContest(cell=cell("fir 09:00"), cards=(KNIT, TALK), method=Method.VOTE, minutes=30, presence=True),
        A_HELPER,
    ),
)
ANNOUNCED = ((Announce(text="Lunch"), A_HELPER),)
FROZEN = ((FreezeBoard(reason="Alarm"), A_FACILITATOR),)
SHIELDED = ((ShieldCard(card=KNIT, reason="Rude"), A_HELPER),)
SHUT = ((CloseCell(cells=cells("elm 09:00"), reason="Rain"), A_HELPER),)
FULL = ((MarkFull(card=KNIT, full=True), Who("knit")),)
OFFERED = ((OfferToHost(card=KNIT, name="Eve"), Who("eve")),)

CARDS_KEPT = kept(b"Title\nGo\n")
BEES = {"code": code("Bees")}
"""The idea that nobody hosts yet."""
ITS_NUMBER = {"number": "{contest}"}
WHY = {"reason": "Rain"}
CARD = {"title": "Chess"}

CALLS = (
    Line("GET", "/api/", ANYONE, ok=404),
    Line("GET", "/api/{rest}", ANYONE, ok=404),
    Line("GET", "/api/docs", ANYONE),
    Line("GET", "/api/openapi.json", ANYONE),
    # The live room answers these three before Django is asked.
    Line("GET", "/api/{event}/board", ANYONE, ok=404),
    Line("GET", "/api/{event}/changes", ANYONE, ok=404),
    Line("GET", "/api/{event}/live", ANYONE, ok=404),
    Line("GET", "/api/{event}/cards/{code}", ANYONE),
    Line("POST", "/api/{event}/cards", ANYONE, CARD, ok=201),
    Line("POST", "/api/{event}/cards", ANYONE, {**CARD, "cell": FREE}, ok=201),
    Line(
        "POST",
        "/api/{event}/cards",
        PRESENT,
        {**CARD, "cell": FREE},
        ok=201,
        first=(choosing(Policy(placing=Placing.PRESENCE)),),
    ),
    Line(
        "POST",
        "/api/{event}/cards",
        PLACERS_SIGNED_IN,
        {**CARD, "cell": FREE},
        ok=201,
        first=(choosing(Policy(placing=Placing.SIGNED_IN)),),
    ),
    Line("POST", "/api/{event}/cards", HELPER, {**CARD, "cell": FREE}, ok=201, first=(DESK,)),
    Line("POST", "/api/{event}/ideas", ANYONE, CARD, ok=201),
    Line("POST", "/api/{event}/planned", ANYONE, {**CARD, "host": "Eve"}, ok=201),
    Line("PUT", "/api/{event}/cards/{code}/host", ANYONE, {"host": "Eve"}, fills=BEES),
    Line("PUT", "/api/{event}/cards/{code}/star", ANYONE),
    Line("DELETE", "/api/{event}/cards/{code}/star", ANYONE),
    Line("PUT", "/api/{event}/cards/{code}/offer", ANYONE, {"name": "Eve"}),
    Line("DELETE", "/api/{event}/cards/{code}/offer", ANYONE),
    Line("GET", "/api/{event}/cards/{code}/cohosts", HOST),
    Line("GET", "/api/{event}/cards/{code}/cohosts", ANYONE, fills=BEES),
    Line("PUT", "/api/{event}/cards/{code}/cohosts/{hand}", HOST, first=OFFERED),
    Line("DELETE", "/api/{event}/cards/{code}/cohosts/{hand}", HOST, first=OFFERED),
    Line("PATCH", "/api/{event}/cards/{code}", HOST, {"title": "Purl", "seen": 99}),
    Line("DELETE", "/api/{event}/cards/{code}", HOST),
    Line("PUT", "/api/{event}/cards/{code}/placement", HOST, {"cell": FREE}),
    Line("DELETE", "/api/{event}/cards/{code}/placement", HOST),
    Line("POST", "/api/{event}/swaps", HELPER, {"card": KNIT, "other": TALK}),
    Line("POST", "/api/{event}/cards/{code}/claims", HOST, {"cell": FREE}, ok=201, first=(DESK,)),
    Line("DELETE", "/api/{event}/cards/{code}/claims", HOST, first=CLAIMED),
    Line("POST", "/api/{event}/cards/{code}/claims/refusal", HELPER, WHY, first=CLAIMED),
    Line("POST", "/api/{event}/cards/{code}/offers", HELPER, {"cells": [FREE]}, ok=201, first=CLAIMED),
    Line("GET", "/api/{event}/contests", ANYONE),
    Line("POST", "/api/{event}/contests", HELPER, {"cell": FREE, "cards": [KNIT, TALK]}, ok=201, first=(HANDS,)),
    Line("GET", "/api/{event}/contests/{contest}", ANYONE, first=CONTEST),
    Line("PATCH", "/api/{event}/contests/{contest}", HELPER, {"minutes": 5}, first=CONTEST),
    Line("DELETE", "/api/{event}/contests/{contest}?reason=Rain", HELPER, first=CONTEST),
    Line("GET", "/api/{event}/contests/{contest}/ballot", ANYONE, first=CONTEST),
    Line("PUT", "/api/{event}/contests/{contest}/ballot", ANYONE, {"cards": [KNIT]}, first=CONTEST),
    Line("PUT", "/api/{event}/contests/{contest}/ballot", PRESENT, {"cards": [KNIT]}, first=WITH_PRESENCE),
    Line(
        "POST",
        "/api/{event}/contests/{contest}/settlement",
        HELPER,
        {"method": "decision", "winner": KNIT, **WHY},
        first=CONTEST,
    ),
    Line("POST", "/api/{event}/cards/{code}/deals", HOST, {"deal": "swap", "with": TALK}, ok=201),
    Line("DELETE", "/api/{event}/cards/{code}/deals", HOST, first=ASKS),
    Line("PUT", "/api/{event}/cards/{code}/deals/{asking}", HOST, first=ASKED),
    Line("DELETE", "/api/{event}/cards/{code}/deals/{asking}", HOST, first=ASKED),
    Line("PUT", "/api/{event}/cards/{code}/merger", HELPER, {"into": TALK}),
    Line("DELETE", "/api/{event}/cards/{code}/merger", HOST, first=MERGED),
    Line("PUT", "/api/{event}/cards/{code}/confirmation", HOST),
    Line("PUT", "/api/{event}/cards/{code}/full", HOST),
    Line("DELETE", "/api/{event}/cards/{code}/full", HOST, first=FULL),
    Line("PUT", "/api/{event}/cells/{cell}/closure", HELPER, WHY),
    Line("DELETE", "/api/{event}/cells/{cell}/closure", HELPER, first=SHUT),
    Line("PUT", "/api/{event}/closures", HELPER, {**WHY, "cells": [FREE]}),
    Line("DELETE", "/api/{event}/closures?cell={cell}", HELPER, first=SHUT),
    Line("GET", "/api/{event}/displaced", ANYONE),
    Line("PUT", "/api/{event}/placements", HELPER, {"placements": [{"card": KNIT, "cell": FREE}]}),
    Line("PUT", "/api/{event}/freeze", FACILITATOR, WHY),
    Line("DELETE", "/api/{event}/freeze", FACILITATOR, first=FROZEN),
    Line("POST", "/api/{event}/announcements", HELPER, {"text": "Lunch"}, ok=201),
    Line("DELETE", "/api/{event}/announcements/{number}", HELPER, first=ANNOUNCED),
    Line("PUT", "/api/{event}/pitch", HELPER, {"queue": [KNIT]}),
    Line("POST", "/api/{event}/changes/{number}/undo", HELPER, first=SHUT),
    Line("POST", "/api/{event}/changes/{number}/undo", FACILITATOR, first=FROZEN),
    Line("POST", "/api/{event}/restorations", FACILITATOR, {"number": 8}),
    Line("POST", "/api/{event}/restorations", FACILITATOR, {"number": 8, "card": KNIT}),
    Line("POST", "/api/{event}/cards/{code}/reports", ANYONE, {"what": "abuse", **WHY}, ok=202),
    Line("PUT", "/api/{event}/cards/{code}/shield", HELPER, WHY),
    Line("DELETE", "/api/{event}/cards/{code}/shield", HELPER, first=SHIELDED),
    Line("PUT", "/api/{event}/cards/{code}/approval", HELPER),
    Line("PUT", "/api/{event}/cards/{code}/approval?seen=999", HELPER, first=SHIELDED),
    Line("POST", "/api/{event}/cards/{code}/removal", FACILITATOR, WHY),
    Line("POST", "/api/{event}/cards/{code}/removal", FACILITATOR, {**WHY, "all_of_device": True}),
    Line("PUT", "/api/{event}/caution", FACILITATOR, {"slow": 5}),
    Line("PUT", "/api/{event}/presence", (), {"code": "AAAAAA"}),
)
FORMS = (
    Line("GET", "/{event}/cells/{cell}/", ANYONE),
    Line("POST", "/{event}/cells/{cell}/", ANYONE, CARD, ok=303),
    Line("POST", "/{event}/cells/{cell}/", PRESENT, CARD, ok=303, first=(choosing(Policy(placing=Placing.PRESENCE)),)),
    Line("POST", "/{event}/cells/{cell}/", HELPER, {"do": "close", **WHY}, ok=303),
    Line("POST", "/{event}/cells/{cell}/", HELPER, {"do": "reopen"}, ok=303, first=SHUT),
    Line("GET", "/{event}/cards/new/", ANYONE),
    Line("POST", "/{event}/cards/new/", ANYONE, CARD, ok=303),
    # Who does not hold the card is asked for its key.
    Line("GET", "/{event}/cards/{code}/edit/", ANYONE),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"title": "Purl", "seen": "99"}, ok=303),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "move", "cell": FREE}, ok=303),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "take-down"}, ok=303),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "withdraw"}, ok=303),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "claim", "cell": FREE}, ok=303, first=(DESK,)),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "drop-claim"}, ok=303, first=CLAIMED),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "give-way"}, ok=303, first=CONTEST),
    # It names no time at which it was asked, so whoever may is told to read it first.
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "accept", "asking": TALK}, ok=409, first=ASKED),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "decline", "asking": TALK}, ok=303, first=ASKED),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "drop-deal"}, ok=303, first=ASKS),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "part"}, ok=303, first=MERGED),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "still-on"}, ok=303),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "full"}, ok=303),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "room-again"}, ok=303, first=FULL),
    Line("POST", "/{event}/cards/{code}/edit/", (), {"key": "AAAAA"}),
    Line("GET", "/{event}/cards/{code}/co-host/", ANYONE),
    Line("POST", "/{event}/cards/{code}/co-host/", ANYONE, {"host": "Eve"}, ok=303, fills=BEES),
    Line("POST", "/{event}/cards/{code}/co-host/", ANYONE, {"do": "take-back"}, ok=303, fills=BEES),
    Line("GET", "/{event}/cards/{code}/star/", ANYONE),
    Line("POST", "/{event}/cards/{code}/star/", ANYONE, {"on": "1"}, ok=303),
    Line("GET", "/{event}/cards/{code}/take-up/", ANYONE, fills=BEES),
    Line("POST", "/{event}/cards/{code}/take-up/", ANYONE, {"host": "Eve"}, ok=303, fills=BEES),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "take-in", "hand": "{hand}"}, ok=303, first=OFFERED),
    Line("POST", "/{event}/cards/{code}/edit/", HOST, {"do": "take-not-in", "hand": "{hand}"}, ok=303, first=OFFERED),
    Line("GET", "/{event}/mail/stop/{key}", ANYONE, ok=404),
    Line("POST", "/{event}/mail/stop/{key}", ANYONE, ok=404),
    Line("GET", "/{event}/mine/", ANYONE),
    Line("GET", "/{event}/mine.json", ANYONE),
    Line("POST", "/{event}/mine/", ANYONE, {"sure": "yes"}, ok=303),
    Line("GET", "/{event}/notices/", ANYONE),
    Line("POST", "/{event}/notices/", ANYONE, {"do": "save", "budget": "20"}, ok=303),
    Line("GET", "/{event}/planned/new/", ANYONE),
    Line("POST", "/{event}/planned/new/", ANYONE, {**CARD, "host": "Eve"}, ok=303),
    Line("GET", "/{event}/understood/", ANYONE),
    Line("GET", "/{event}/cards/{code}/deals/", ANYONE),
    Line("POST", "/{event}/cards/{code}/deals/", HOST, {"deal": "swap", "with": TALK}, ok=303),
    Line("GET", "/{event}/cards/{code}/report/", ANYONE),
    Line("POST", "/{event}/cards/{code}/report/", ANYONE, {"why": "other", "more": "Rude"}, ok=303),
    Line("GET", "/{event}/cards/{code}/nobody-here/", ANYONE),
    # It is said only while the card's time runs.
    Line("POST", "/{event}/cards/{code}/nobody-here/", ANYONE, ok=409),
    Line("GET", "/{event}/contests/{number}/", ANYONE, first=CONTEST, fills=ITS_NUMBER),
    Line("POST", "/{event}/contests/{number}/", ANYONE, {"cards": KNIT}, ok=303, first=CONTEST, fills=ITS_NUMBER),
    Line(
        "POST",
        "/{event}/contests/{number}/",
        PRESENT,
        {"cards": KNIT},
        ok=303,
        first=WITH_PRESENCE,
        fills=ITS_NUMBER,
    ),
    Line("GET", "/{event}/contests/{number}/count", ANYONE, first=CONTEST, fills=ITS_NUMBER),
    Line("GET", "/{event}/here/", ANYONE),
    Line("POST", "/{event}/here/", (), {"code": "AAAAAA"}),
    Line("GET", "/{event}/screen/code", HELPER),
    Line("GET", "/{event}/giggity/", ANYONE, ok=302),
    Line("GET", "/{event}/similar/", ANYONE),
    Line("GET", "/{event}/me", ANYONE),
    # Everybody sees the door; what is behind it is the organiser's.
    Line("GET", "/{event}/staff/", ANYONE),
    Line("POST", "/{event}/staff/", (), {"token": "link.1.AAAA"}),
    Line("POST", "/{event}/staff/", ANYONE, {"do": "drop"}, ok=303),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "invite", "email": "x@example.org", "role": "helper"}, ok=303),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "change", "member": "{member}", "role": "helper"}, ok=303),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "remove", "member": "{member}"}, ok=303),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "remove-device", "device": "{device}"}, ok=303),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "make-link", "note": "x", "role": "helper"}),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "make-api", "note": "x", "role": "helper"}),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "make-screen", "note": "x"}),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "replace-link"}),
    Line("POST", "/{event}/staff/", ORGANISER, {"do": "revoke", "purpose": "api", "serial": "1"}, ok=303),
)
HOOK = {"name": "Bot", "set-url": "http://127.0.0.1:9/hook"}
DESK_PAGES = (
    Line("GET", "/{event}/desk/", HELPER),
    Line("POST", "/{event}/desk/", HELPER, {"do": "withdraw", "card": KNIT}, ok=303),
    Line("POST", "/{event}/desk/", FACILITATOR, {"do": "remove", "card": KNIT, **WHY}, ok=303),
    Line("GET", "/{event}/desk/cards/{code}/", HELPER),
    Line("POST", "/{event}/desk/cards/{code}/", HELPER, {"do": "withdraw"}, ok=303),
    Line("GET", "/{event}/desk/contests/{number}/", HELPER, first=CONTEST, fills=ITS_NUMBER),
    Line(
        "POST",
        "/{event}/desk/contests/{number}/",
        HELPER,
        {"do": f"decide {KNIT}", **WHY},
        ok=303,
        first=CONTEST,
        fills=ITS_NUMBER,
    ),
    Line("GET", "/{event}/desk/enter/", HELPER),
    Line("POST", "/{event}/desk/enter/", HELPER, {"do": "note", **CARD}, ok=303),
    Line("GET", "/{event}/desk/import/", ORGANISER),
    Line("POST", "/{event}/desk/import/", ORGANISER, {"name": "cards.csv", "kept": CARDS_KEPT}),
    Line(
        "POST",
        "/{event}/desk/import/",
        ORGANISER,
        {"do": "play", "name": "cards.csv", "kept": CARDS_KEPT, "column-title": "0", "seen": "title=0"},
    ),
    Line("POST", "/{event}/desk/import/", ORGANISER, {"do": "unfollow"}, ok=303),
    Line("GET", "/{event}/desk/log/", HELPER),
    Line("POST", "/{event}/desk/log/", HELPER),
    Line("GET", "/{event}/desk/out/", FACILITATOR),
    # There is nothing to send; the buttons stand on the pages of each way out.
    Line("POST", "/{event}/desk/out/", FACILITATOR, ok=422),
    Line("GET", "/{event}/desk/out/{place}/", FACILITATOR),
    Line("POST", "/{event}/desk/out/{place}/", FACILITATOR, {"do": "approve", "telling": "1"}, ok=303),
    Line("POST", "/{event}/desk/out/{place}/", FACILITATOR, {"do": "drop", "telling": "1"}, ok=303),
    Line("POST", "/{event}/desk/out/{place}/", ORGANISER, {"do": "again", "telling": "1"}, ok=303),
    Line("POST", "/{event}/desk/out/{place}/", ORGANISER, {"do": "change", **HOOK}, ok=303),
    Line("POST", "/{event}/desk/out/{place}/", ORGANISER, {"do": "new-secret"}),
    Line("POST", "/{event}/desk/out/{place}/", ORGANISER, {"do": "remove"}, ok=303),
    Line("POST", "/{event}/desk/out/{place}/", ORGANISER, {"do": "resume"}, ok=303),
    Line("POST", "/{event}/desk/out/{place}/", ORGANISER, {"do": "stop"}, ok=303),
    # Nothing is sent inward, which the page says.
    Line("POST", "/{event}/desk/out/{place}/", ORGANISER, {"do": "test"}),
    Line("GET", "/{event}/desk/out/{own}/", FACILITATOR),
    Line("POST", "/{event}/desk/out/{own}/", ORGANISER, {"to": "ada@example.org"}),
    Line("GET", "/{event}/desk/out/new/{outlet}/", ORGANISER),
    Line("POST", "/{event}/desk/out/new/{outlet}/", ORGANISER, HOOK),
    Line("GET", "/{event}/desk/past/", HELPER),
    Line("POST", "/{event}/desk/past/", FACILITATOR, {"do": "card", "card": KNIT, "at": "8"}, ok=303),
    Line("GET", "/{event}/desk/pitch/", HELPER),
    Line("POST", "/{event}/desk/pitch/", HELPER, {"do": "add", "card": KNIT}, ok=303),
    Line("GET", "/{event}/desk/relocate/", HELPER),
    # Nobody lost a cell, so there is nothing to do.
    Line("POST", "/{event}/desk/relocate/", HELPER, ok=422),
    Line("GET", "/{event}/desk/rooms/", HELPER),
    Line("POST", "/{event}/desk/rooms/", HELPER, {"do": "reopen", "cells": FREE}, ok=303, first=SHUT),
    Line("GET", "/{event}/desk/say/", HELPER),
    Line("POST", "/{event}/desk/say/", HELPER, {"do": "announce", "text": "Lunch", "minutes": "5"}, ok=303),
    Line("POST", "/{event}/desk/say/", FACILITATOR, {"do": "freeze", **WHY}, ok=303),
    Line("GET", "/{event}/desk/search/", HELPER),
    Line("POST", "/{event}/desk/search/", HELPER),
    Line("GET", "/{event}/desk/undo/", HELPER, ok=303),
    Line("POST", "/{event}/desk/undo/", HELPER, {"number": "{number}"}, ok=303, first=SHUT),
)
ACCOUNT = (
    Line("GET", "/accounts/", SIGNED_IN, refused=302),
    Line("POST", "/accounts/", SIGNED_IN, {"do": "sign-out-everywhere"}, ok=302, refused=302),
    Line("GET", "/accounts/login/", ANYONE, ok=200),
    Line("POST", "/accounts/login/", ANYONE, {"email": "x"}, ok=422),
    Line("GET", "/accounts/login/code/", ANYONE, ok=302),
    Line("POST", "/accounts/login/code/", ANYONE, {"code": "AAAAAA"}, ok=302),
    Line("GET", "/accounts/login/passkey/", ANYONE, ok=302),
    Line("POST", "/accounts/login/passkey/", ANYONE, {"credential": "{}"}, ok=303),
    Line("POST", "/accounts/logout/", ANYONE, ok=302),
    # Both ask whoever has not just signed in to do so once more.
    Line("GET", "/accounts/passkeys/add/", SIGNED_IN, ok=302, refused=302),
    Line("POST", "/accounts/passkeys/add/", SIGNED_IN, {"credential": "{}"}, ok=302, refused=302),
    Line("POST", "/accounts/passkeys/{pk}/remove/", SIGNED_IN, ok=302, refused=302),
)
LINES = (*CALLS, *FORMS, *DESK_PAGES, *ACCOUNT)

PUBLIC = {
    "/": 302,  # to the only event
    "/api/{event}/board": 200,
    "/embed/{event}/": 200,
    "/healthz": 200,
    "/metrics": 200,
    "/os": 200,
    "/os.png": 200,
    "/{event}/": 200,
    "/{event}/board.csv": 200,
    "/{event}/board.ics": 200,
    "/{event}/board.json": 200,
    "/{event}/board.pdf": 200,
    "/{event}/board.png": 200,
    "/{event}/board.svg": 200,
    "/{event}/board.tsv": 200,
    "/{event}/board.txt": 200,
    "/{event}/board.xlsx": 200,
    "/{event}/cards/{code}.ics": 200,
    "/{event}/cards/{code}/": 200,
    "/{event}/cards/{code}/preview.png": 200,
    "/{event}/changes.atom": 200,
    "/{event}/changes.json": 200,
    "/{event}/contests/": 200,
    "/{event}/days/{day}/": 200,
    "/{event}/days/{day}/preview.png": 200,
    "/{event}/follow/": 200,
    "/{event}/ideas/": 200,
    "/{event}/manifest.webmanifest": 200,
    "/{event}/now/": 200,
    "/{event}/planned/": 200,
    "/{event}/preview.png": 200,
    "/{event}/print/": 200,
    "/{event}/print/board.pdf": 200,
    "/{event}/print/cards.pdf": 200,
    "/{event}/print/doors.pdf": 200,
    "/{event}/print/poster.pdf": 200,
    "/{event}/rooms.json": 200,
    "/{event}/rooms/status.json": 200,
    "/{event}/schedule.json": 200,
    "/{event}/schedule.xml": 200,
    "/{event}/screen/": 200,
}
"""What everybody may read and nobody may write: the press's addresses and those of the live room; and their status."""
STREAMS = ("/{event}/live", "/api/{event}/live", "/api/{event}/changes")
"""What the live room tells as it happens."""
