"""Answers that get lost, sessions that end, passwords that are wrong: nothing twice, nothing stale, and words."""

from tests.delivery.trial import Working
from tests.drawing import EVENT, at, code
from tests.intake.event import now
from tests.outlets.networks import Bluesky, Listener, Mastodon, X, on_loopback
from tests.outlets.social.posting import COMMON, FIRST, KEYS, SECOND, TOLD, account, at_mastodon, do, posting, to

from openspaces.board.moves import (
    Announce,
    ShieldCard,
    TakeDown,
)
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.contract import Push
from openspaces.delivery.destinations import opened, set_up
from openspaces.delivery.models import Destination as Row
from openspaces.outlets import social

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
