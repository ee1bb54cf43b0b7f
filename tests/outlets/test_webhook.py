"""Webhooks: every change arrives at a program, signed, as everybody may read it; trouble there is told in words."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError
from tests.delivery.trial import Working, telling
from tests.drawing import EVENT, FACILITATOR, cells, code
from tests.endpoint import Answering, Came, Endpoint, Handler, endpoint, resets, silent, status
from tests.hostile import HOSTILE
from tests.intake.event import furnish

from openspaces.board.moves import EditCard, MoveCard, ShieldCard, TakeDown, WriteCard
from openspaces.board.moves.base import Move
from openspaces.board.play import play
from openspaces.board.public_changes import change_facts
from openspaces.board.read import board_now, changes_after
from openspaces.delivery import destinations, rows
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.models import Delivery
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import State
from openspaces.lib import sending
from openspaces.lib.addresses import networks
from openspaces.outlets.webhook import WEBHOOK
from openspaces.outlets.webhook.outlet import AGAIN
from openspaces.outlets.webhook.signing import mint, signed
from openspaces.wording import tells

DRAWN = """
          oak     elm    fir
  09:00   Knit    Chess  .
  10:00   .       .      .
"""
KNIT, CHESS = code("Knit"), code("Chess")
HEADERS = (
    "host",
    "content-length",
    "accept-encoding",
    "user-agent",
    "content-type",
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _event(database: None, settings: LazySettings) -> None:
    settings.SEND_TO = networks("127.0.0.1")
    furnish(DRAWN)


@pytest.fixture
def there() -> Iterator[Endpoint]:
    with endpoint() as made:
        yield made


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test has no five seconds."""
    usual = sending.request.__kwdefaults__ or {}
    monkeypatch.setattr(sending.request, "__kwdefaults__", {**usual, "timeout": 0.5})


@pytest.fixture
def working() -> Iterator[Working]:
    with telling(WEBHOOK) as working:
        yield working


def hook(there: Endpoint, **typed: str) -> tuple[Row, str]:
    """A hook that is set up, and the secret that was shown."""
    minted = mint({}, datetime.now(UTC))
    settings = {"url": f"{there.address}/hook", **typed}
    row = destinations.set_up(EVENT, WEBHOOK, "Bot", settings, asks=False, by="hand", minted=minted.keeps)
    return row, minted.shown


def do(move: Move) -> int:
    """The desk makes a move; the board's number after it."""
    outcome = play(EVENT, move, by=FACILITATOR)
    assert outcome.refusal is None, outcome.refusal
    return outcome.number


def read(came: Came, secret: str) -> Any:
    """What a program makes of a request; it looks at the signature first."""
    return Webhook(secret).verify(came.body, came.headers)


def told(there: Endpoint) -> list[int]:
    """The numbers that arrived, in order."""
    return [json.loads(came.body)["number"] for came in there.came]


# What arrives


def test_a_change_arrives_signed_as_everybody_may_read_it(there: Endpoint, working: Working) -> None:
    _row, secret = hook(there)
    working.on()
    number = do(MoveCard(card=KNIT, cells=cells("fir 09:00")))
    working.on(SECOND)
    board, (change,) = board_now(EVENT), changes_after(EVENT, number - 1)
    assert board is not None
    (came,) = there.came
    more = {"event": EVENT, "epoch": board.epoch, "says": tells(change, board)}
    assert read(came, secret) == {**change_facts(change, board), **more}
    assert (came.method, came.path, came.headers["content-type"]) == ("POST", "/hook", "application/json")


def test_control_another_secret_does_not_fit(there: Endpoint, working: Working) -> None:
    hook(there)
    working.on()
    do(TakeDown(card=KNIT))
    working.on(SECOND)
    with pytest.raises(WebhookVerificationError):
        read(there.came[0], mint({}, datetime.now(UTC)).shown)


def test_every_change_arrives_and_each_once(there: Endpoint, working: Working) -> None:
    hook(there)
    working.on()
    numbers = [do(MoveCard(card=KNIT, cells=cells(place))) for place in ("fir 09:00", "oak 10:00", "elm 10:00")]
    working.on(SECOND)
    working.on(SECOND)
    assert told(there) == numbers


def test_only_the_kinds_that_were_asked_for_arrive(there: Endpoint, working: Working) -> None:
    hook(there, kinds="card.edited\ncontest.*")
    working.on()
    do(MoveCard(card=KNIT, cells=cells("fir 09:00")))
    number = do(EditCard(card=KNIT, seen=1000, title="Knitting"))
    working.on(SECOND)
    assert told(there) == [number]


def test_what_was_hidden_before_it_went_is_masked(there: Endpoint, working: Working) -> None:
    hook(there)
    working.on()
    do(EditCard(card=KNIT, seen=1000, title="Rude words", text="Ruder ones"))
    do(ShieldCard(card=KNIT, reason="Rude"))
    working.on(SECOND)
    assert len(there.came) == 2
    assert [word for word in (b"ude words", b"uder ones", b"Rude") for came in there.came if word in came.body] == []


def test_hostile_words_are_words_in_json_and_nothing_else(there: Endpoint, working: Working) -> None:
    _row, secret = hook(there)
    working.on()
    for words in HOSTILE.values():
        do(WriteCard(title=words, text=words, host=words))
    working.on(SECOND)
    working.on(SECOND)
    board = board_now(EVENT)
    assert board is not None
    bodies = [read(came, secret) for came in there.came]
    assert [each["after"]["words"]["title"] for each in bodies] == [
        board.cards[each["card"]].words.title for each in bodies
    ]
    assert (len(bodies), {tuple(came.headers) for came in there.came}) == (len(HOSTILE), {HEADERS})


# Trouble


def after(first: Answering, then: Answering) -> Answering:
    """One answer, and another one ever after."""
    left = [first]

    def answer(handler: Handler, came: Came) -> None:
        (left.pop() if left else then)(handler, came)

    return answer


@pytest.mark.parametrize(
    "answering",
    [status(500), status(404), status(302, Location="http://127.0.0.1:1"), resets],
    ids=["500", "404", "a detour", "a reset"],
)
def test_what_did_not_arrive_is_sent_again_under_the_same_id(
    answering: Answering, there: Endpoint, working: Working
) -> None:
    _row, secret = hook(there)
    working.on()
    there.answering = after(answering, status(204))
    do(TakeDown(card=KNIT))
    working.on(SECOND)
    assert Delivery.objects.get().state == State.WAITING
    working.on(AGAIN[0])
    first, second = there.came
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert read(first, secret) == read(second, secret)
    assert Delivery.objects.get().state == State.SENT


def test_what_is_sent_again_by_hand_has_the_same_id_too(there: Endpoint, working: Working) -> None:
    hook(there)
    working.on()
    do(TakeDown(card=KNIT))
    working.on(SECOND)
    row = Delivery.objects.get()
    assert rows.send_again(EVENT, row.destination, row.pk, working.at)
    working.on(SECOND)
    first, second = there.came
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_a_change_that_is_not_taken_holds_up_no_other(there: Endpoint, working: Working) -> None:
    hook(there)
    working.on()
    first = do(TakeDown(card=KNIT))
    there.answering = lambda handler, came: status(500 if f'"number":{first},'.encode() in came.body else 200)(
        handler, came
    )
    second = do(TakeDown(card=CHESS))
    working.on(SECOND)
    assert told(there) == [first, second]


def test_who_is_asked_too_often_is_left_alone_as_long_as_it_says(there: Endpoint, working: Working) -> None:
    hook(there)
    working.on()
    there.answering = after(status(429, Retry_After=40), status(200))
    do(TakeDown(card=KNIT))
    do(TakeDown(card=CHESS))
    working.on(SECOND)
    working.on(38 * SECOND)
    assert len(there.came) == 1
    working.on(2 * SECOND)
    assert len(there.came) == 3


def test_who_wants_no_more_is_sent_no_more(there: Endpoint, working: Working) -> None:
    row, _secret = hook(there)
    working.on()
    there.answering = status(410)
    for card in (KNIT, CHESS):
        do(TakeDown(card=card))
    working.on(SECOND)
    working.on(DAY)
    row.refresh_from_db()
    assert (len(there.came), row.stopped is not None, row.stopped_by) == (1, True, "")
    assert row.trouble == "It says that it wants no more (status 410)."


def test_who_says_later_many_times_within_a_minute_is_not_stopped(there: Endpoint, working: Working) -> None:
    row, _secret = hook(there)
    working.on()
    there.answering = status(429, Retry_After=1)
    do(TakeDown(card=KNIT))
    for _ in range(len(AGAIN) + 5):
        working.on(2 * SECOND)
    row.refresh_from_db()
    assert (row.stopped, len(there.came) > len(AGAIN) + 1) == (None, True)
    there.answering = status(204)
    working.on(2 * SECOND)
    assert Delivery.objects.get().state == State.SENT


def test_who_takes_nothing_for_days_is_stopped(there: Endpoint, working: Working) -> None:
    row, _secret = hook(there)
    working.on()
    there.answering = resets
    do(TakeDown(card=KNIT))
    working.on(SECOND)
    for each in AGAIN:
        row.refresh_from_db()
        assert row.stopped is None
        working.on(each)
    row.refresh_from_db()
    assert sum(AGAIN, timedelta()) > 3 * DAY
    assert (row.stopped is not None, len(there.came)) == (True, len(AGAIN) + 1)
    assert row.trouble.startswith("Nothing arrived there for days. http://127.0.0.1 cannot be")


def test_one_change_that_is_never_taken_stops_nothing(there: Endpoint, working: Working) -> None:
    row, _secret = hook(there)
    working.on()
    first = do(TakeDown(card=KNIT))
    there.answering = lambda handler, came: status(400 if f'"number":{first},'.encode() in came.body else 200)(
        handler, came
    )
    working.on(SECOND)
    do(TakeDown(card=CHESS))
    for each in (SECOND, *AGAIN):
        working.on(each)
    row.refresh_from_db()
    assert row.stopped is None
    assert list(Delivery.objects.order_by("id").values_list("state", flat=True)) == [State.FAILED, State.SENT]


def test_a_dead_program_holds_up_no_other(there: Endpoint, working: Working, hasty: None) -> None:
    with endpoint(silent) as dead:
        hook(dead)
        hook(there)
        working.on()
        do(TakeDown(card=KNIT))
        working.at += SECOND
        working.worker.turn(working.at)
        there_first = wait_for(there)
        assert (there_first, Delivery.objects.filter(state=State.SENT).count()) == (True, 0)
        working.on()
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [State.SENT, State.WAITING]


def wait_for(there: Endpoint) -> bool:
    """Whether something comes while others still wait for the dead one."""
    for _ in range(200):
        if there.came:
            return True
        there.wait(0.01)
    return False


# Words


@pytest.mark.parametrize(
    ("answering", "says"),
    [
        (status(200), ""),
        (status(410), "It says that it wants no more (status 410)."),
        (status(401), "It does not let us in (status 401): does its address carry all that it wants?"),
        (status(404), "There is nothing at this address (status 404): look at it."),
        (
            status(301, Location="http://127.0.0.1:1"),
            "It leads elsewhere (status 301), and hooks do not follow: write the address it leads to.",
        ),
        (status(500), "It answers with status 500: something is wrong there."),
        (status(429), "It was asked too often (status 429)."),
        (status(400), "It did not take it (status 400): its own log may say why."),
        (silent, "http://127.0.0.1 does not answer within five seconds."),
        (resets, "http://127.0.0.1 cannot be reached (Connection reset by peer): look at the address."),
    ],
)
def test_a_test_says_what_is_wrong(answering: Answering, says: str, there: Endpoint, hasty: None) -> None:
    row, secret = hook(there)
    there.answering = answering
    board = board_now(EVENT)
    assert board is not None
    assert tried_out(WEBHOOK, destinations.opened(row), board) == says
    assert read(there.came[0], secret)["kind"] == "test"


def test_a_private_address_is_told(there: Endpoint, settings: LazySettings) -> None:
    settings.SEND_TO = ()
    row, _secret = hook(there)
    board = board_now(EVENT)
    assert board is not None
    assert tried_out(WEBHOOK, destinations.opened(row), board) == (
        "http://127.0.0.1 leads into a private network, to which nothing is sent. If it is yours, name the network in "
        "OPENSPACES_SEND_TO."
    )
    assert there.came == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"url": "https://example.org/x"}, {}),
        ({"url": "https://example.org", "kinds": "card.placed, card.*\n"}, {}),
        ({"url": "example.org"}, {"url": "Write a whole web address that begins with https://."}),
        ({"url": ""}, {"url": "Write a whole web address that begins with https://."}),
        ({"url": "http://a:b@example.org"}, {"url": "Write a whole web address that begins with https://."}),
        (
            {"url": "https://example.org", "kinds": "card.eaten"},
            {"kinds": "There is no such kind of change: card.eaten"},
        ),
    ],
)
def test_settings_that_cannot_be_are_told(typed: dict[str, str], wrong: dict[str, str]) -> None:
    assert {name: str(says) for name, says in WEBHOOK.check(typed).items()} == wrong


# The secret


def test_while_a_secret_changes_both_fit_for_a_day() -> None:
    now = datetime.now(UTC)
    old = mint({}, now - DAY)
    new = mint(old.keeps, now)
    headers = signed("{}", "id", new.keeps, now)
    assert [Webhook(secret).verify("{}", headers) for secret in (old.shown, new.shown)] == [{}, {}]
    later = signed("{}", "id", new.keeps, now + DAY)
    assert len(later["webhook-signature"].split()) == 1
    assert len(signed("{}", "id", old.keeps, now)["webhook-signature"].split()) == 1


def test_a_secret_is_in_no_table_and_no_text(there: Endpoint) -> None:
    row, secret = hook(there)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delivery_destination")
        kept = str(cursor.fetchall())
    opened = destinations.opened(row)
    bare = secret.removeprefix("whsec_")
    assert opened.settings["secret"] == secret
    assert [text for text in (kept, repr(opened), str(opened), repr(mint({}, row.at))) if bare in text] == []
