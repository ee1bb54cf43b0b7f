"""The log at the desk: who did what, newest first, what of it can be undone, and what was."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell, cells
from tests.intake.calling import Caller
from tests.intake.desk import Sheet, done, with_role
from tests.intake.event import Visitor, furnish, now, titled
from tests.people.signing import sign_in

from openspaces.board.moves import (
    CallOffContest,
    CloseCell,
    EditCard,
    MoveCard,
    OpenContest,
    RemoveAllOf,
    RemoveCard,
    ShieldCard,
    TakeDown,
    Undo,
    WriteCard,
)
from openspaces.intake.web.desk import log, steps
from openspaces.people.members import invite, remove
from openspaces.people.staff import API, give_role, make_token, written
from openspaces.people.who import Role, Who

LOG = f"/{EVENT}/desk/log/"


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


def desk(path: str = "", role: Role = Role.FACILITATOR) -> Sheet:
    return Sheet(with_role(role), LOG + path)


def sentences(sheet: Sheet) -> list[str]:
    """What each step says, its sentences in a row."""
    steps = [[p for p in item.findall("div//p") if not p.attrib] for item in sheet.all("ol[@id='log']/li")]
    return [" | ".join(" ".join("".join(p.itertext()).split()) for p in step) for step in steps]


def facts(sheet: Sheet) -> list[str]:
    """When, who, which number, without the time of day."""
    return [said.partition(" · ")[2] for said in sheet.texts("ol[@id='log']/li/div/p[@class='facts']")]


def why_not(sheet: Sheet) -> list[str]:
    return sheet.texts("p[@class='why-not facts']")


# What it shows


def test_the_newest_step_stands_first_and_a_step_is_one_entry() -> None:
    done(CloseCell(cells=cells("elm 10:00"), reason="Fire"), Who("h", Role.HELPER))
    assert sentences(desk())[:2] == [
        "“Talk” lost its place: Fire | Closed, Fire: Saturday 10:00–11:00, Elm",
        "New card: “Run” | “Run” is on the board: Saturday 11:00–12:00, Gate",
    ]


def test_the_first_entry_is_the_event_itself() -> None:
    assert sentences(desk())[-1] == "“Camp” has a board"


def test_who_did_it_is_named_as_far_as_it_is_known() -> None:
    helper = Who("helpers-phone", Role.HELPER)
    give_role(EVENT, helper.hand, Role.HELPER)
    done(WriteCard(title="Yoga", host="Dan"), Who("dan"))
    done(WriteCard(title="Chess"), Who("eve"))
    done(TakeDown(card=titled("Knit").code), helper)
    done(TakeDown(card=titled("Talk").code), Who("an-old-phone", Role.HELPER))
    first = now().number
    sheet = desk()
    assert facts(sheet)[:4] == [
        f"somebody · no. {first}",
        f"Helper · no. {first - 1}",
        f"a host · no. {first - 2}",
        f"Dan, host · no. {first - 3}",
    ]
    assert facts(sheet)[-1] == "the program · no. 1"


def test_a_colleague_is_named_by_the_note_of_the_link_and_oneself_as_you() -> None:
    Sheet(with_role(Role.HELPER), f"/{EVENT}/desk/cards/{titled('Knit').code}/").press("Take it down")
    mine = with_role(Role.FACILITATOR)
    Sheet(mine, f"/{EVENT}/desk/cards/{titled('Talk').code}/").press("Take it down")
    assert [said.partition(" · ")[0] for said in facts(Sheet(mine, LOG))[:2]] == ["you", "helper's phone, Helper"]


def test_a_program_is_named_by_the_label_of_its_token_whatever_cookies_it_keeps() -> None:
    token = make_token(EVENT, API, role=Role.FACILITATOR, note="Room lights")
    lights, again = (Caller(Authorization=f"Bearer {written(token)}") for _ in range(2))
    for caller, title in ((lights, "Wine"), (lights, "Tea"), (again, "Cake")):
        assert caller.call("POST", "cards", {"title": title}).status_code == 201
    assert [said.partition(" · ")[0] for said in facts(desk())[:3]] == ["Room lights, Facilitator"] * 3


def test_a_colleague_who_is_signed_in_is_named_by_address() -> None:
    member, colleague = invite(EVENT, "ada@example.org", Role.HELPER, by="program"), Visitor()
    colleague.client.cookies["session"] = sign_in(member.email)
    for title in ("Knit", "Talk"):  # the first gives the device its name
        Sheet(colleague, f"/{EVENT}/desk/cards/{titled(title).code}/").press("Take it down")
    assert facts(desk())[0].partition(" · ")[0] == "ada@example.org, Helper"
    remove(EVENT, member.pk)
    assert facts(desk())[0].partition(" · ")[0] == "ada@example.org"


def test_a_hidden_card_is_called_what_it_really_says() -> None:
    done(ShieldCard(card=titled("Knit").code, reason="Rude"))
    assert sentences(desk())[-2:-1] == ["New room: Oak"]
    assert "New card: “Knit” | “Knit” is on the board: Saturday 09:00–10:00, Oak" in sentences(desk())


# Undo


def test_what_was_hidden_or_removed_is_named_with_the_reason() -> None:
    knit, talk = titled("Knit").code, titled("Talk").code
    done(ShieldCard(card=talk, reason="Three people told"), Who("f", Role.FACILITATOR))
    done(RemoveAllOf(card=knit, reason="It insults people"), Who("f", Role.FACILITATOR))
    beside = desk().texts("ol[@id='log']/li/div/p[@class='soft']")
    assert beside == ["“Knit”", "It insults people", "“Talk”", "Three people told"]


def test_the_reason_why_a_contest_was_called_off_is_told() -> None:
    cards = (titled("Knit").code, titled("Talk").code)
    opened = done(OpenContest(cell=cell("oak 09:00"), cards=cards), Who("f", Role.FACILITATOR))
    done(CallOffContest(contest=opened.number, reason="Nobody came to vote"), Who("f", Role.FACILITATOR))
    assert desk().texts("ol[@id='log']/li/div/p[@class='soft']") == ["Nobody came to vote"]


def test_a_step_is_undone_and_both_say_so() -> None:
    done(CloseCell(cells=cells("elm 10:00"), reason="Fire"))
    number = now().number - 1
    sheet = desk().press(f"Undo no. {number}")
    assert sheet.told.startswith("Undone.")
    assert titled("Talk").cells == cells("elm 10:00")
    assert len(sheet.all("li[@class='row step undone']")) == 1
    assert facts(sheet)[0].endswith(f"undoes no. {number}")
    assert facts(sheet)[1] == f"the program · no. {number} · undone"


def test_what_was_undone_can_be_done_again_and_is_no_longer_marked() -> None:
    done(TakeDown(card=titled("Knit").code))
    number = now().number
    sheet = desk().press(f"Undo no. {number}").press(f"Undo no. {number + 1}")
    assert titled("Knit").placement is None
    assert facts(sheet)[1].endswith("undone")
    assert facts(sheet)[2] == f"the program · no. {number}"


def test_what_has_changed_since_says_what_is_to_be_undone_first() -> None:
    done(MoveCard(card=titled("Knit").code, cells=cells("fir 09:00")))
    number = now().number
    done(MoveCard(card=titled("Knit").code, cells=cells("fir 10:00")))
    sheet = desk()
    assert f"Undo no. {number}" not in sheet.buttons
    assert why_not(sheet)[0] == f"“Knit” has changed since. Undo no. {number + 1} first."


def test_a_cell_that_somebody_took_since_is_named() -> None:
    done(TakeDown(card=titled("Knit").code))
    done(WriteCard(title="Fast", cells=cells("oak 09:00")), Who("fast"))
    assert why_not(desk())[0] == "“Fast” holds Oak at 09:00."


def test_a_helper_reads_that_it_takes_somebody_else() -> None:
    done(RemoveCard(card=titled("Knit").code, reason="Spam"))
    takes = "Your role does not allow that. Ask a facilitator or an organiser; nothing was changed."
    assert why_not(desk(role=Role.HELPER))[0] == takes
    assert f"Undo no. {now().number}" in desk().buttons


def test_undoing_what_is_gone_meanwhile_says_why() -> None:
    done(TakeDown(card=titled("Knit").code))
    number = now().number
    sheet = desk()
    done(WriteCard(title="Fast", cells=cells("oak 09:00")), Who("fast"))
    sheet.press(f"Undo no. {number}")
    assert (sheet.status, sheet.told) == (409, "“Fast” holds Oak at 09:00.")


# Looking for something


def test_of_one_card_every_step_is_found_also_those_with_another() -> None:
    done(WriteCard(title="Yoga"), Who("dan"))
    code = titled("Knit").code
    done(MoveCard(card=code, cells=cells("fir 09:00")))
    sheet = desk(f"?card={code}")
    assert sheet.texts("h1") == ["What happened to “Knit”"]
    assert sentences(sheet) == [
        "“Knit” moved: Saturday 09:00–10:00, Fir",
        "New card: “Knit” | “Knit” is on the board: Saturday 09:00–10:00, Oak",
    ]


def test_of_one_room_every_step_is_found() -> None:
    assert sentences(desk("?room=oak")) == [
        "Closed, lunch: Saturday 10:00–11:00, Oak",
        "New card: “Knit” | “Knit” is on the board: Saturday 09:00–10:00, Oak",
    ]


@pytest.mark.parametrize(
    ("kind", "newest"),
    [
        ("rooms", "Closed, lunch: Saturday 10:00–11:00, Oak"),
        ("words", "“Knit” has a new text"),
        ("places", "“Knit” was taken down"),
        ("hidden", "A card is hidden until somebody has read it"),
    ],
)
def test_of_one_kind_the_newest_is_found(kind: str, newest: str) -> None:
    card = titled("Knit")
    done(EditCard(card=card.code, seen=card.edited, text="Bring wool"))
    done(TakeDown(card=card.code))
    done(ShieldCard(card=card.code, reason="Rude"))
    assert sentences(desk(f"?kind={kind}"))[0] == newest


def test_of_one_person_every_step_is_found() -> None:
    done(TakeDown(card=titled("Knit").code), Who("ada"))
    assert sentences(desk("?by=ada")) == [
        "“Knit” was taken down",
        "New card: “Knit” | “Knit” is on the board: Saturday 09:00–10:00, Oak",
    ]
    assert sentences(desk("?by=nobody")) == [""]
    assert desk("?by=nobody").texts("ol[@id='log']/li") == ["Nothing like that has happened."]


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=99999999999", "?card=NOCARD&room=attic&kind=x"])
def test_an_address_that_names_nothing_breaks_nothing(query: str) -> None:
    assert desk(query).status == 200


# Long logs


def test_what_is_older_stands_on_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "STEPS", 2)
    monkeypatch.setattr(steps, "READ_AT_ONCE", 3)
    sheet, visitor, seen = desk(), with_role(Role.FACILITATOR), []
    while older := sheet.values("a[.='Older']", "href"):
        seen += sentences(sheet)
        sheet = Sheet(visitor, LOG + older[0])
    seen += sentences(sheet)
    monkeypatch.undo()
    assert seen == sentences(desk())


def test_an_undone_step_is_marked_on_an_older_page_too(monkeypatch: pytest.MonkeyPatch) -> None:
    done(TakeDown(card=titled("Knit").code))
    number = now().number
    done(Undo(number=number))
    done(WriteCard(title="Yoga"), Who("dan"))
    assert facts(desk(f"?before={number + 1}"))[0] == f"the program · no. {number} · undone"


def test_a_search_that_finds_little_stops_and_goes_on_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST_READ", 3)
    sheet, newest = desk("?by=ada"), now().number
    assert sheet.texts("ol[@id='log']/li") == ["Nothing like that has happened."]
    (older,) = sheet.values("a[.='Older']", "href")
    before = int(older.removeprefix("?by=ada&before="))
    assert newest - before < 5
    while not sentences(sheet)[0]:
        sheet = desk(sheet.values("a[.='Older']", "href")[0])
    assert sentences(sheet) == ["New card: “Knit” | “Knit” is on the board: Saturday 09:00–10:00, Oak"]
