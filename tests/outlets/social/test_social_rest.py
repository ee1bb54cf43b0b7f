"""What else is posted: announcements, rooms that are closed; and what somebody approves first."""

from dataclasses import replace

from tests.delivery.trial import Working
from tests.drawing import EVENT, ORGANISER, at, cells, code
from tests.intake.event import now
from tests.outlets.networks import Mastodon
from tests.outlets.social.posting import ADDRESS, FIRST, at_mastodon, do, posting, to

from openspaces.board.moves import (
    Announce,
    ChangeEvent,
    CloseCell,
    EndAnnouncement,
    ReopenCell,
    ShieldCard,
    TakeDown,
    Undo,
    WriteCard,
)
from openspaces.board.moves.event import profile_of
from openspaces.delivery import rows
from openspaces.outlets import social

# The rest that is told


def test_an_announcement_is_posted_unless_it_is_taken_back_within_a_minute(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    do(Announce(text="Lunch is at @noon, see https://lunch.example #food"), at("08:40"))
    do(Announce(text="A slip"), at("08:40"))
    do(EndAnnouncement(announcement=now().announcements[-1].number), at("08:40"))
    to(on_mastodon, "08:42")
    says = "Lunch is at @\u2060noon, see https://lunch.example #food"
    assert mastodon.texts() == [f"{says}\n{ADDRESS}\n#PyCamp #OpenSpaces"]


def test_a_room_that_is_closed_under_a_card_is_posted_and_that_it_is_open_again(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    do(CloseCell(cells=cells("oak 10:00", "elm 10:00"), reason="lunch"), at("08:35"))
    lost = now().number
    do(CloseCell(cells=cells("fir 11:00"), reason="nobody minds"), at("08:35"))
    to(on_mastodon, "08:37")
    assert mastodon.texts() == []
    to(on_mastodon, "08:39")
    closed = "Closed, lunch: Saturday 10:00–11:00, Oak; Saturday 10:00–11:00, Elm\n1 card looks for a new room."
    do(Undo(number=lost), at("08:40"))
    do(ReopenCell(cells=cells("fir 11:00")), at("08:40"))
    to(on_mastodon, "08:44")
    open_ = "Open again: Saturday 10:00–11:00, Oak; Saturday 10:00–11:00, Elm"
    assert mastodon.texts() == [f"{says}\n{ADDRESS}\n#PyCamp #OpenSpaces" for says in (closed, open_)]


def test_a_room_that_is_open_again_within_the_hold_was_never_closed(mastodon: Mastodon, on_mastodon: Working) -> None:
    do(CloseCell(cells=cells("oak 10:00"), reason="lunch"), at("08:35"))
    do(ReopenCell(cells=cells("oak 10:00")), at("08:37"))
    to(on_mastodon, "08:45")
    assert mastodon.texts() == []


# Approved by hand


def test_who_wants_to_approve_reads_it_a_quarter_of_an_hour_before_and_it_goes_out_as_read(mastodon: Mastodon) -> None:
    with posting(social.MASTODON, at_mastodon(mastodon), asks=True) as working:
        to(working, "08:36")
        (asked,) = rows.asked(EVENT)
        do(WriteCard(title="Later", cells=cells("fir 09:00"), code="2AAAAA"), at("08:37"))
        assert rows.approve(EVENT, asked.destination, asked.id)
        to(working, "08:50")
    assert mastodon.texts() == [FIRST]


def test_what_is_hidden_goes_without_a_tap_and_what_comes_in_its_place_waits_for_one(mastodon: Mastodon) -> None:
    with posting(social.MASTODON, at_mastodon(mastodon), asks=True) as working:
        to(working, "08:36")
        approve()
        to(working, "08:50")
        do(WriteCard(title="Late", cells=cells("fir 09:00"), code="2AAAAA"), at("08:51"))
        to(working, "08:55")
        assert (mastodon.texts(), len(rows.asked(EVENT))) == ([FIRST], 1)
        do(ShieldCard(card=code("Knit"), reason="Rude"), at("08:56"))
        to(working, "08:57")
        assert (mastodon.texts(), len(rows.asked(EVENT))) == ([], 1)
        do(TakeDown(card=code("Run")), at("08:57"))
        to(working, "08:58")
        assert mastodon.texts() == []
        approve()
        working.on()
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\nElm: Talk\nGate: Run", "Elm: Talk\nFir: Late")]


def approve() -> None:
    """Somebody at the desk says yes to the only thing that waits."""
    (asked,) = rows.asked(EVENT)
    assert rows.approve(EVENT, asked.destination, asked.id)


def test_posts_speak_the_language_of_the_event(mastodon: Mastodon, on_mastodon: Working) -> None:
    do(ChangeEvent(profile=replace(profile_of(now()), language="en-us")), by=ORGANISER)
    to(on_mastodon, "08:50")
    ((text, language),) = ((status["status"], status["language"]) for status in mastodon.statuses.values())
    assert (text, language) == (FIRST.replace("09:00", "9:00\N{NO-BREAK SPACE}AM"), "en")
