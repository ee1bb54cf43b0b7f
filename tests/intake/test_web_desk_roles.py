"""Who may press which button of the desk: every action, by every role and by somebody without one."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.conf import LazySettings
from tests.drawing import cells
from tests.intake.desk import done, with_role
from tests.intake.event import Visitor, furnish, now, titled
from tests.intake.pages import Page

from openspaces.board.moves import (
    Announce,
    CloseCell,
    EditCard,
    FreezeBoard,
    MergeCards,
    SetPitch,
    ShieldCard,
    TakeDown,
    WriteCard,
)
from openspaces.people.who import Role, Who

ALL, DECIDING = tuple(Role), (Role.ORGANISER, Role.FACILITATOR)
NOT_YOURS = "Your role does not allow that. Ask a facilitator or an organiser; nothing was changed."


class Action(NamedTuple):
    """A form of the desk, what it sends, and who may."""

    path: str
    sent: dict[str, str]
    may: tuple[Role, ...] = ALL
    before: Callable[[], object] = lambda: None


def _other() -> dict[str, str]:
    return {"other": "{talk}"}


def _freeze() -> None:
    done(FreezeBoard(reason="Storm"))


def _announce() -> None:
    done(Announce(text="Lunch"))


def _close() -> None:
    done(CloseCell(cells=cells("elm 09:00"), reason="Paint"))


def _displace() -> None:
    done(CloseCell(cells=cells("oak 09:00"), reason="Paint"))


def _shield() -> None:
    done(ShieldCard(card=titled("Knit").code, reason="Rude"))


def _merge() -> None:
    done(MergeCards(card=titled("Knit").code, into=titled("Talk").code))


def _take_down() -> None:
    done(TakeDown(card=titled("Knit").code))


def _edit() -> None:
    card = titled("Knit")
    done(EditCard(card=card.code, seen=card.edited, title="Defaced"))


def _pitch() -> None:
    done(SetPitch(queue=(titled("Yoga").code,)))


CARD = "cards/{knit}/"
ACTIONS = {
    "close cells": Action("rooms/", {"do": "close", "cell": "elm@0517-0900", "reason": "Paint"}),
    "close cells under a card": Action(
        "rooms/", {"do": "close", "cell": "oak@0517-0900", "reason": "x", "sure": "{knit}"}
    ),
    "reopen": Action("rooms/", {"do": "reopen", "cells": "elm@0517-0900"}, before=_close),
    "place all displaced": Action("relocate/", {"to-{knit}": "fir@0517-0900"}, before=_displace),
    "undo": Action("undo/", {"number": "{now}"}, before=_take_down),
    "undo a freeze": Action("undo/", {"number": "{now}"}, DECIDING, before=_freeze),
    "undo a room": Action("undo/", {"number": "2"}, ()),
    "place a card": Action(CARD, {"do": "place", "cell": "fir@0517-0900"}),
    "take it down": Action(CARD, {"do": "take-down"}),
    "withdraw it": Action(CARD, {"do": "withdraw"}),
    "swap it": Action(CARD, {"do": "swap", "other": "{talk}"}),
    "merge it": Action(CARD, {"do": "merge", "other": "{talk}"}),
    "part it": Action(CARD, {"do": "unmerge"}, before=_merge),
    "open a contest": Action(CARD, {"do": "contest", "other": "{talk}"}),
    "offer cells": Action(CARD, {"do": "offer", "cell": "fir@0517-0900"}, before=_take_down),
    "full": Action(CARD, {"do": "full"}),
    "still on": Action(CARD, {"do": "still-on"}),
    "hide": Action(CARD, {"do": "shield", "reason": "Rude"}),
    "approve": Action(CARD, {"do": "approve"}, before=_shield),
    "remove": Action(CARD, {"do": "remove", "reason": "Rude"}, DECIDING),
    "remove all of a device": Action(CARD, {"do": "remove-all", "reason": "Rude"}, DECIDING),
    "old words": Action(CARD, {"do": "words", "number": "{written}"}, before=_edit),
    "restore a card": Action(CARD, {"do": "restore", "number": "{written}"}, DECIDING, before=_edit),
    "restore a card from the past": Action(
        "past/", {"do": "card", "at": "{start}", "card": "{knit}"}, DECIDING, before=_edit
    ),
    "restore the board": Action("past/", {"do": "board", "at": "{start}", "seen": "{now}"}, DECIDING, before=_edit),
    "announce": Action("say/", {"do": "announce", "text": "Lunch", "minutes": "5"}),
    "end an announcement": Action("say/", {"do": "end", "announcement": "{now}"}, before=_announce),
    "freeze": Action("say/", {"do": "freeze", "reason": "Storm"}, DECIDING),
    "thaw": Action("say/", {"do": "thaw"}, DECIDING, before=_freeze),
    "caution": Action("say/", {"do": "caution", "slow": "5"}, DECIDING),
    "line up": Action("pitch/", {"do": "add", "card": "{yoga}"}),
    "start the pitch": Action("pitch/", {"do": "start"}, before=_pitch),
    "next": Action("pitch/", {"do": "next"}, before=_pitch),
    "end the pitch": Action("pitch/", {"do": "end"}, before=_pitch),
    "place the pitched": Action("pitch/", {"do": "place", "card": "{yoga}", "cell": "fir@0517-0900"}, before=_pitch),
}
PAGES = ("rooms/", "relocate/", "log/", CARD, "search/?q=knit", "past/", "past/?at=5&restore=1", "say/", "pitch/")


@pytest.fixture(autouse=True)
def names(database: None, settings: LazySettings) -> dict[str, str]:
    settings.LIMITS = False
    furnish()
    done(WriteCard(title="Yoga"), Who("dan"))
    codes = {title.lower(): titled(title).code for title in ("Knit", "Talk", "Yoga")}
    return {**codes, "start": str(now().number), "written": str(titled("Knit").edited)}


def sent_by(visitor: Visitor, action: Action, names: dict[str, str]) -> Page:
    known = {**names, "now": str(now().number)}
    fields = {name.format(**known): value.format(**known) for name, value in action.sent.items()}
    return Page(visitor.send(f"desk/{action.path.format(**known)}", **fields))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", ACTIONS)
def test_a_button_does_it_for_those_who_may(name: str, role: Role, names: dict[str, str]) -> None:
    action, visitor = ACTIONS[name], with_role(role)
    action.before()
    before = now().number
    page = sent_by(visitor, action, names)
    if role in action.may:
        assert (page.status, now().number > before) == (303, True)
    elif action.may:
        assert (page.status, now().number, NOT_YOURS in page.source) == (403, before, True)
    else:
        assert (page.status in (403, 409), now().number) == (True, before)


@pytest.mark.parametrize("name", ACTIONS)
def test_a_button_does_nothing_for_a_stranger(name: str, names: dict[str, str]) -> None:
    ACTIONS[name].before()
    before = now().number
    page = sent_by(Visitor(), ACTIONS[name], names)
    assert (page.status, page.headings, now().number) == (
        403,
        ["This is the desk of the people who run the board"],
        before,
    )


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("path", PAGES)
def test_staff_see_each_page_and_nobody_else_does(path: str, role: Role | None, names: dict[str, str]) -> None:
    visitor = with_role(role) if role else Visitor()
    assert visitor.answer(f"desk/{path.format(**names)}").status_code == (200 if role else 403)


@pytest.mark.parametrize("path", PAGES)
def test_of_an_event_that_is_not_there_there_is_no_page(path: str, names: dict[str, str]) -> None:
    assert with_role(Role.ORGANISER).client.get(f"/nowhere/desk/{path.format(**names)}").status_code == 404
