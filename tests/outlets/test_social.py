"""What is posted by itself: once a slot, true, in the length that each service takes, and nothing that is hidden."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from tests.delivery.trial import MINUTE, Working, telling
from tests.drawing import EVENT, FACILITATOR, ORGANISER, at, cells, code
from tests.hostile import HOSTILE
from tests.intake.event import furnish, now
from tests.outlets import boards
from tests.outlets.boards import with_cards
from tests.outlets.golden import golden
from tests.outlets.networks import Bluesky, Listener, Mastodon, Network, X, on_loopback

from openspaces.board.moves import (
    Announce,
    ApproveCard,
    ChangeEvent,
    CloseCell,
    EditCard,
    EndAnnouncement,
    MoveCard,
    RemoveCard,
    ReopenCell,
    ShieldCard,
    TakeDown,
    WriteCard,
)
from openspaces.board.moves.base import Move
from openspaces.board.moves.event import profile_of
from openspaces.board.play import play
from openspaces.board.words import clean
from openspaces.delivery import rows
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.contract import Destination, Job, Push
from openspaces.delivery.destinations import opened, set_up
from openspaces.delivery.models import Delivery
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import State
from openspaces.lib.addresses import networks
from openspaces.outlets import social
from openspaces.outlets.social.measures import ANYWHERE, BLUESKY, MASTODON
from openspaces.outlets.social.measures import X as X_
from openspaces.people.who import Who

DRAWN = """
          oak     elm     fir     elsewhere
  09:00   Knit    Talk    .       Run at Gate
  10:00   Chess   .       .       .
  11:00   .       .       .       .
"""
SECOND = timedelta(seconds=1)
TOLD = at("08:50")
"""When the first slot is told."""
ADDRESS = "https://board.example/camp/"
FIRST = f"Next, 09:00:\nOak: Knit\nElm: Talk\nGate: Run\n{ADDRESS}\n#PyCamp #OpenSpaces"
ALL = (social.MASTODON, social.BLUESKY, social.X, social.ANYWHERE)
COMMON = {"minutes": "10", "news": "on"}


@pytest.fixture(autouse=True)
def _event(database: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEND_TO = networks("127.0.0.0/8")
    settings.BASE_URL = "https://board.example"
    monkeypatch.setattr("openspaces.outlets.social.mastodon.PAUSE", 0.0)
    furnish(DRAWN)
    do(ChangeEvent(profile=replace(profile_of(now()), hashtags=("PyCamp", "OpenSpaces"))), by=ORGANISER)


def do(move: Move, moment: object = None, by: Who = FACILITATOR) -> None:
    """A move that is done, at a moment of the event's first day."""
    outcome = play(EVENT, move, by=by, **({"at": moment} if moment else {}))  # type: ignore[arg-type]
    assert outcome.refusal is None, outcome.refusal


@contextmanager
def posting(push: Push, typed: dict[str, str], *, asks: bool = False) -> Iterator[Working]:
    """Somebody has set an outlet up, and it is a minute before the first slot is told."""
    set_up(EVENT, push, "There", COMMON | typed, asks=asks, by="hand")
    with telling(push) as working:
        working.at = TOLD - 20 * MINUTE
        working.on()
        yield working


@pytest.fixture
def mastodon() -> Iterator[Mastodon]:
    with on_loopback(network := Mastodon()):
        yield network


@pytest.fixture
def bluesky() -> Iterator[Bluesky]:
    with on_loopback(network := Bluesky()):
        yield network


@pytest.fixture
def on_mastodon(mastodon: Mastodon) -> Iterator[Working]:
    with posting(social.MASTODON, at_mastodon(mastodon)) as working:
        yield working


@pytest.fixture
def on_bluesky(bluesky: Bluesky) -> Iterator[Working]:
    with posting(social.BLUESKY, account(bluesky)) as working:
        yield working


def at_mastodon(mastodon: Network) -> dict[str, str]:
    return {"server": mastodon.address, "token": "swordfish", "visibility": "unlisted"}


def account(bluesky: Network) -> dict[str, str]:
    return {"server": bluesky.address, "handle": "board.example", "password": "swordfish"}


def to(working: Working, clock: str) -> None:
    """Time goes on, with a look each half minute near the end, as the worker has it."""
    for before in (90, 60, 30, 0):
        working.at = max(working.at, at(clock) - timedelta(seconds=before))
        working.on()


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


# A slot before it begins


def test_a_slot_is_told_ten_minutes_before_it_begins_with_a_picture(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:49")
    assert mastodon.texts() == []
    to(on_mastodon, "08:50")
    (status,) = mastodon.statuses.values()
    assert status == {
        "id": "101",
        "status": FIRST,
        "language": "en",
        "visibility": "unlisted",
        "media_ids": ["m1"],
    }
    assert mastodon.media["m1"] == "The board at 09:00. Oak: Knit; Elm: Talk; Gate: Run"


def test_each_slot_is_told_once_and_an_empty_one_not_at_all(mastodon: Mastodon, on_mastodon: Working) -> None:
    for clock in ("08:50", "08:55", "09:50", "10:50", "11:30", "12:00", "20:00"):
        to(on_mastodon, clock)
    assert [text.partition("\n")[0] for text in mastodon.texts()] == ["Next, 09:00:", "Next, 10:00:"]


def test_the_same_on_bluesky_whose_links_and_tags_are_in_their_places(bluesky: Bluesky, on_bluesky: Working) -> None:
    do(WriteCard(title="Größe & 👩‍👩‍👧‍👦", cells=cells("fir 09:00"), code="2AAAAA"))
    to(on_bluesky, "08:50")
    (record,) = bluesky.records.values()
    assert record["text"] == FIRST.replace("\nGate", "\nFir: Größe & 👩‍👩‍👧‍👦\nGate")
    assert [list(facet["features"][0].values())[1] for facet in record["facets"]] == [ADDRESS, "PyCamp", "OpenSpaces"]
    assert record["embed"]["images"][0]["alt"].startswith("The board at 09:00. Oak: Knit; ")
    assert record["langs"] == ["en"]


def test_what_was_written_within_three_minutes_comes_in_when_it_has_stood_for_them(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    do(WriteCard(title="Late", cells=cells("fir 09:00"), code="2AAAAA"), TOLD - 2 * MINUTE)
    to(on_mastodon, "08:50")
    assert mastodon.texts() == [FIRST]
    to(on_mastodon, "08:52")
    assert (mastodon.texts(), "Late" in mastodon.media["m1"]) == ([FIRST.replace("\nGate", "\nFir: Late\nGate")], False)


def test_an_edit_within_three_minutes_is_held_too(mastodon: Mastodon, on_mastodon: Working) -> None:
    do(EditCard(card=code("Knit"), title="Rude", seen=now().number), TOLD - 2 * MINUTE)
    to(on_mastodon, "08:50")
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]
    assert "Rude" not in str(mastodon.media)


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "control: not hidden"])
def test_a_bad_card_that_is_hidden_within_the_hold_is_never_posted(
    mastodon: Mastodon, on_mastodon: Working, hidden: bool
) -> None:
    do(WriteCard(title="Rude", cells=cells("fir 09:00"), code="2AAAAA"), TOLD - 2 * MINUTE)
    if hidden:
        do(ShieldCard(card="2AAAAA", reason="Rude"), TOLD + MINUTE / 2)
    for clock in ("08:50", "08:53", "08:58"):
        to(on_mastodon, clock)
    said = b"".join(asked.body for asked in mastodon.asked)
    assert (b"Rude" in said) is not hidden


def test_a_card_that_was_approved_has_to_stand_for_three_minutes_again(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    do(ShieldCard(card=code("Knit"), reason="?"), TOLD - 9 * MINUTE)
    do(ApproveCard(card=code("Knit")), TOLD - MINUTE)
    to(on_mastodon, "08:50")
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]
    to(on_mastodon, "08:53")
    assert mastodon.texts() == [FIRST]


# What becomes wrong


def test_a_card_that_moves_or_is_off_before_it_begins_is_corrected_in_the_post(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    to(on_mastodon, "08:50")
    do(MoveCard(card=code("Knit"), cells=cells("fir 11:00")), at("08:54"))
    do(TakeDown(card=code("Run")), at("08:54"))
    to(on_mastodon, "08:56")
    gone = "“Knit” moved: Saturday 11:00–12:00, Fir\n“Run” is off\n"
    assert mastodon.texts() == [f"Next, 09:00:\nElm: Talk\n{gone}{ADDRESS}\n#PyCamp #OpenSpaces"]
    assert (mastodon.edits, len(mastodon.statuses)) == (1, 1)


def test_on_bluesky_the_post_is_written_anew_and_only_for_what_became_wrong(
    bluesky: Bluesky, on_bluesky: Working
) -> None:
    to(on_bluesky, "08:50")
    do(WriteCard(title="Late", cells=cells("fir 09:00"), code="2AAAAA"), at("08:51"))
    to(on_bluesky, "08:55")
    assert bluesky.texts() == [FIRST]
    do(TakeDown(card=code("Run")), at("08:56"))
    to(on_bluesky, "08:57")
    assert bluesky.texts() == [FIRST.replace("Gate: Run", "Fir: Late\n“Run” is off")]


def test_what_happens_after_a_slot_began_leaves_its_post_alone(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:50")
    do(TakeDown(card=code("Chess")), at("09:20"))
    do(EditCard(card=code("Talk"), title="Walk", seen=now().number), at("09:20"))
    to(on_mastodon, "09:30")
    assert (mastodon.texts(), mastodon.edits) == ([FIRST], 0)


@pytest.mark.parametrize("clock", ["08:52", "09:30"], ids=["before it begins", "long after"])
def test_what_is_hidden_later_goes_from_the_post_and_its_picture_at_once(
    mastodon: Mastodon, on_mastodon: Working, clock: str
) -> None:
    to(on_mastodon, "08:50")
    do(RemoveCard(card=code("Knit"), reason="Rude"), at(clock))
    on_mastodon.at = at(clock)
    on_mastodon.on()
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]
    (status,) = mastodon.statuses.values()
    assert mastodon.media[status["media_ids"][0]] == "The board at 09:00. Elm: Talk; Gate: Run"


def test_a_card_that_is_hidden_after_it_moved_goes_from_the_post_of_where_it_was(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    to(on_mastodon, "08:50")
    do(MoveCard(card=code("Knit"), cells=cells("fir 11:00")), at("08:54"))
    to(on_mastodon, "08:56")
    do(ShieldCard(card=code("Knit"), reason="Rude"), at("08:57"))
    to(on_mastodon, "08:58")
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]


def test_on_bluesky_what_is_hidden_later_takes_the_post_with_it(bluesky: Bluesky, on_bluesky: Working) -> None:
    to(on_bluesky, "08:50")
    do(ShieldCard(card=code("Knit"), reason="Rude"), at("08:52"))
    to(on_bluesky, "08:53")
    assert bluesky.texts() == [FIRST.replace("Oak: Knit\n", "")]
    do(ShieldCard(card=code("Talk"), reason="Rude"), at("09:20"))
    to(on_bluesky, "09:21")
    assert bluesky.texts() == []


def test_of_a_post_whose_every_card_is_hidden_nothing_is_left(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:50")
    for title in ("Knit", "Talk", "Run"):
        do(ShieldCard(card=code(title), reason="Rude"), at("08:52"))
    to(on_mastodon, "08:53")
    assert mastodon.texts() == []


def test_a_post_that_somebody_deleted_by_hand_stays_deleted(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:50")
    mastodon.statuses.clear()
    for title, clock in (("Knit", "08:52"), ("Talk", "08:55")):
        do(TakeDown(card=code(title)), at(clock))
        on_mastodon.at = at(clock) + MINUTE
        on_mastodon.on()
    assert (mastodon.texts(), mastodon.edits) == ([], 1)


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
    do(CloseCell(cells=cells("fir 11:00"), reason="nobody minds"), at("08:35"))
    to(on_mastodon, "08:37")
    assert mastodon.texts() == []
    to(on_mastodon, "08:39")
    closed = "Closed, lunch: Saturday 10:00–11:00, Oak; Saturday 10:00–11:00, Elm\n1 card looks for a new room."
    do(ReopenCell(cells=cells("oak 10:00", "elm 10:00")), at("08:40"))
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
        assert rows.approve(EVENT, asked.id)
        to(working, "08:50")
    assert mastodon.texts() == [FIRST]


# Trouble


def test_a_lost_answer_does_not_post_twice_and_what_was_hidden_meanwhile_goes(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    posted = mastodon._post

    def lost(asked: object) -> tuple[int, object]:
        posted(asked)  # type: ignore[arg-type]
        mastodon._post = posted  # type: ignore[method-assign]
        return 502, None

    mastodon._post = lost  # type: ignore[method-assign]
    to(on_mastodon, "08:50")
    do(ShieldCard(card=code("Knit"), reason="Rude"), TOLD + SECOND)
    on_mastodon.on(10 * SECOND)
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]
    assert [path for path in mastodon.paths() if path == "POST /api/v1/statuses"] == ["POST /api/v1/statuses"] * 2


def test_a_record_that_was_written_before_the_answer_got_lost_is_written_once(
    bluesky: Bluesky, on_bluesky: Working
) -> None:
    put = bluesky._put

    def lost(asked: object) -> tuple[int, object]:
        put(asked)  # type: ignore[arg-type]
        bluesky._put = put  # type: ignore[method-assign]
        return 502, None

    bluesky._put = lost  # type: ignore[method-assign]
    to(on_bluesky, "08:50")
    do(ShieldCard(card=code("Knit"), reason="Rude"), TOLD + SECOND)
    on_bluesky.on(10 * SECOND)
    assert bluesky.texts() == [FIRST.replace("Oak: Knit\n", "")]


def test_a_session_is_kept_renewed_when_it_is_over_and_begun_anew_where_it_cannot_be(
    bluesky: Bluesky, on_bluesky: Working
) -> None:
    to(on_bluesky, "08:50")
    to(on_bluesky, "09:50")
    assert (len(bluesky.records), bluesky.sessions, bluesky.renewed) == (2, 1, 0)
    bluesky.expire()
    do(TakeDown(card=code("Chess")), at("09:51"))
    to(on_bluesky, "09:53")
    assert (bluesky.sessions, bluesky.renewed) == (1, 1)
    bluesky.expire()
    bluesky.refreshable.clear()
    do(Announce(text="Hello"), at("09:54"))
    to(on_bluesky, "09:56")
    assert (bluesky.sessions, len(bluesky.records)) == (2, 3)


def test_a_password_that_is_wrong_by_now_stops_the_outlet_and_says_what_to_do(bluesky: Bluesky) -> None:
    with posting(social.BLUESKY, {**account(bluesky), "password": "marlin"}) as working:
        to(working, "08:50")
    row = Row.objects.get()
    says = "Bluesky does not know this handle with this app password. Make a new one and type it here."
    assert (row.trouble, row.stopped is not None) == (says, True)


def test_a_picture_that_the_server_does_not_finish_does_not_keep_the_words_back(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    mastodon.ready = NeverReady()
    to(on_mastodon, "08:50")
    assert [(status["status"], status["media_ids"]) for status in mastodon.statuses.values()] == [(FIRST, [])]


class NeverReady(set[str]):
    """Pictures that are worked on for ever."""

    def add(self, element: str) -> None:
        """It is not finished."""


# Trying it out


def test_trying_out_posts_nothing_and_says_what_is_wrong(mastodon: Mastodon, bluesky: Bluesky, on_x: X) -> None:
    tried = {
        social.MASTODON: (at_mastodon(mastodon), {"token": "marlin"}),
        social.BLUESKY: (account(bluesky), {"password": "marlin"}),
        social.X: (KEYS, {"token": "marlin"}),
    }
    says = [trouble(push, right) for push, (right, _wrong) in tried.items()]
    assert says == ["", "", ""]
    says = [trouble(push, right | wrong) for push, (right, wrong) in tried.items()]
    assert says == [
        "The server does not know the access token, or the token may not do this. Make a new one.",
        "Bluesky does not know this handle with this app password. Make a new one and type it here.",
        "X does not know these keys. Make new ones in its developer portal, all four of them.",
    ]
    assert (mastodon.texts(), bluesky.texts(), on_x.posts) == ([], [], {})


def test_trying_apprise_out_sends_a_line_that_says_so() -> None:
    with on_loopback(chat := Listener()):
        assert trouble(social.ANYWHERE, {"url": chat.address.replace("http", "json")}) == ""
        chat.troubles = [(500, None)]
        says = "The service did not take it: look at the address, and at the service's own page."
        assert trouble(social.ANYWHERE, {"url": chat.address.replace("http", "json")}) == says
    assert chat.asked[0].json["message"] == "This is a test: the board of Camp can write here."


def trouble(push: Push, typed: dict[str, str]) -> str:
    """What trying an outlet out says."""
    row = set_up(EVENT, push, "There", COMMON | typed, asks=False, by="hand")
    return tried_out(push, opened(row), now())


# X, and everything else


@pytest.fixture
def on_x(settings: LazySettings) -> Iterator[X]:
    with on_loopback(network := X()):
        settings.X_API = network.address
        yield network


KEYS = {"knows": "on", "key": "key", "key_secret": "s", "token": "token", "token_secret": "t"}


def test_on_x_a_post_has_no_link_unless_it_is_paid_for(on_x: X) -> None:
    with posting(social.X, KEYS) as working:
        to(working, "08:50")
        do(RemoveCard(card=code("Knit"), reason="Rude"), at("08:52"))
        to(working, "08:53")
    assert list(on_x.posts.values()) == ["Next, 09:00:\nElm: Talk\nGate: Run\n#PyCamp #OpenSpaces"]
    assert Delivery.objects.filter(state=State.SENT).count() == 2


def test_x_is_not_set_up_by_who_does_not_know_that_it_costs() -> None:
    assert set(social.X.check({**KEYS, **COMMON, "knows": ""})) == {"knows"}
    assert social.X.check({**KEYS, **COMMON}) == {}


def test_apprise_sends_to_a_chat_and_corrects_with_another_line_but_takes_nothing_back() -> None:
    with on_loopback(chat := Listener()):
        with posting(social.ANYWHERE, {"url": f"{chat.address.replace('http', 'json')}/hook"}) as working:
            to(working, "08:50")
            do(ShieldCard(card=code("Knit"), reason="Rude"), at("08:52"))
            to(working, "08:53")
            do(TakeDown(card=code("Run")), at("08:54"))
            to(working, "08:56")
        says = [asked.json["message"] for asked in chat.asked]
    corrected = f"Corrected. Next, 09:00:\nElm: Talk\n“Run” is off\n{ADDRESS}\n#PyCamp #OpenSpaces"
    assert says == [FIRST, corrected]
    assert len(chat.asked[0].json["attachments"]) == 1


@pytest.mark.parametrize(
    "url",
    [
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
        "tgram://2130706433:abcdefg_hijklmnop/12315544/",
    ],
)
def test_the_addresses_of_the_usual_chats_are_taken(url: str) -> None:
    assert social.ANYWHERE.check({**COMMON, "url": url}) == {}


@pytest.mark.parametrize(
    "url",
    [
        "json://10.0.0.1/x",
        "jsons://[::1]/x",
        "json://2130706433/x",
        "mailto://me:secret@gmail.com?smtp=192.168.0.1",
        "syslog://",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/?template=/etc/passwd",
        "mailto://me:secret@gmail.com?pgppub=/etc/passwd",
        "nostr://nsec1/npub1",
        "nonsense",
    ],
)
def test_apprise_is_sent_nowhere_inside_and_to_no_service_of_this_computer(url: str, settings: LazySettings) -> None:
    settings.SEND_TO = ()
    assert set(social.ANYWHERE.check({**COMMON, "url": url})) == {"url"}


# Words and lengths


@pytest.mark.parametrize("push", ALL, ids=[push.name for push in ALL])
def test_hostile_titles_call_nobody_tag_nothing_and_lead_nowhere(push: Push) -> None:
    shown = "\n".join(previews(push, list(HOSTILE.values())))
    written = golden(f"posts-{push.name}.txt", shown)
    assert shown == written
    users = [line for line in shown.splitlines() if line != ADDRESS and not line.startswith("#PyCamp")]
    assert [line for line in users if re.search(r"[@＠#＃](?!\u2060)\S|://|\w\.\w", line)] == []


def previews(push: Push, titles: list[str]) -> list[str]:
    """The post about each hostile title alone, and about all of them at once."""
    board = now()
    there = Destination(1, EVENT, push.name, "There", COMMON)
    job = Job(EVENT, push.name, there, "", "slot 0517-0900", 0, 0, TOLD, TOLD, "key")
    said = []
    for title in [*titles, "Supercalifragilistic 👩‍👩‍👧‍👦 expialidocious " * 2]:
        (card,) = (card for card in board.cards.values() if card.words.title == "Knit")
        titled = board.with_card(replace(card, words=replace(card.words, title=clean("title", title[:80]))))
        message = push.compose(job, titled)
        assert message is not None
        said.append(message.preview)
    return said


LONG = "Größe, बहुत लंबा शीर्षक, 長い題名の話をしましょう 👩‍👩‍👧‍👦"


@pytest.mark.parametrize("push", ALL, ids=[push.name for push in ALL])
def test_a_slot_of_forty_rooms_says_as_much_as_there_is_room_for(push: Push) -> None:
    full = with_cards(boards.board(rooms=40, hours=range(9, 11)), 60, (LONG,))
    start = full.slots["0517-0900"].starts
    there = Destination(1, full.event, push.name, "There", {**COMMON, "link": "on"})
    job = Job(full.event, push.name, there, "", "slot 0517-0900", 0, 0, start - 10 * MINUTE, start - 10 * MINUTE, "key")
    message = push.compose(job, full)
    assert message is not None
    text: str = message.content.post.text
    lines = text.splitlines()
    measure = {"mastodon": MASTODON, "bluesky": BLUESKY, "x": X_, "apprise": ANYWHERE}[push.name]
    shown = len(lines) - 4
    assert (lines[0], lines[-3], lines[-2:]) == (
        "Next, 09:00:",
        f"and {len([c for c in full.cards.values() if full.slot_of(c.cells[0]).key == '0517-0900']) - shown} more",
        ["https://board.example/camp/", "#PyCamp #OpenSpaces"],
    )
    assert measure.fits(text)
    assert not measure.fits(f"{text}\n{lines[shown]}\n")


@pytest.mark.parametrize(
    ("text", "mastodon", "bluesky", "x"),
    [
        ("plain", 5, 5, 5),
        ("https://a.example/" + "b" * 50, 23, 68, 23),
        ("👩‍👩‍👧‍👦", 1, 3, 2),
        ("日本", 2, 2, 4),
        ("ä – “x”", 7, 7, 7),
    ],
)
def test_each_service_counts_in_its_own_way(text: str, mastodon: int, bluesky: int, x: int) -> None:
    assert tuple(each.count(text) for each in (MASTODON, BLUESKY, X_)) == (mastodon, bluesky, x)
