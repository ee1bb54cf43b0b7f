"""X, which costs, and everything that apprise reaches."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, at, code
from tests.intake.event import now
from tests.outlets.networks import Listener, X, on_loopback
from tests.outlets.social.posting import ADDRESS, COMMON, FIRST, KEYS, do, posting, to

from openspaces.board.moves import (
    RemoveCard,
    ShieldCard,
    TakeDown,
)
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.contract import Destination, Refused
from openspaces.delivery.models import Delivery
from openspaces.delivery.rows import State
from openspaces.lib.addresses import is_public
from openspaces.lib.confining import Bounds
from openspaces.lib.connecting import Allowed
from openspaces.outlets import social
from openspaces.outlets.social.anywhere import opened

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


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
        f"{SLACK}/#general",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
        "tgram://2130706433:abcdefg_hijklmnop/12315544/",
    ],
)
def test_the_addresses_of_the_usual_chats_are_taken(url: str) -> None:
    assert social.ANYWHERE.check({**COMMON, "url": url}) == {}
    assert opened(url) is not None


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("json://10.0.0.1/x", "10.0.0.1 leads into a private network"),
        ("jsons://[::1]/x", "::1 leads into a private network"),
        ("json://2130706433/x", "2130706433 leads into a private network"),
        ("mailto://me:secret@gmail.com?smtp=192.168.0.1", "192.168.0.1 leads into a private network"),
        ("syslog://", "This service is not for posts of a board"),
        ("mqtts://me:secret@mqtt.example/topic", "Apprise does not understand this address"),
        (f"{SLACK}/?template=/etc/passwd", "This address names a file"),
        ("mailto://me:secret@gmail.com?pgppub=/etc/passwd", "This address names a file"),
        ("nonsense://x", "Apprise does not understand this address"),
    ],
)
def test_apprise_is_sent_nowhere_inside_and_reads_no_file(url: str, says: str, settings: LazySettings) -> None:
    settings.SEND_TO = ()
    with pytest.raises(Refused) as refused:
        opened(url)
    assert str(refused.value).startswith(says)


def test_what_is_no_address_at_all_is_said_at_once() -> None:
    assert social.ANYWHERE.check({**COMMON, "url": "nonsense"}) == {
        "url": "Write a whole line such as slack://TokenA/TokenB/TokenC/."
    }


@pytest.mark.parametrize("bounded", [True, False], ids=["confined", "control: not confined"])
def test_a_name_that_leads_inside_a_moment_after_we_looked_leads_apprise_nowhere(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, bounded: bool
) -> None:
    settings.SEND_TO = ()
    if not bounded:
        monkeypatch.setattr("openspaces.outlets.social.anywhere.confined", unbounded)
    with on_loopback(inside := Listener()):
        monkeypatch.setattr(socket, "getaddrinfo", changing(socket.getaddrinfo))
        row = Destination(1, EVENT, "apprise", "There", {"url": f"json://turns.example:{inside.address[17:]}/hook"})
        says = tried_out(social.ANYWHERE, row, now())
    inward = "127.0.0.1 leads into a private network, to which nothing is sent."
    assert (len(inside.asked), says[: len(inward)]) == ((0, inward) if bounded else (1, ""))


def changing(real: Callable[..., Any]) -> Callable[..., Any]:
    """A resolver of a name that leads outside when it is asked first, and inside from then on."""
    answers = ["93.184.216.34"]

    def resolve(host: str, *more: Any, **other: Any) -> Any:
        turns = host == "turns.example"
        return real((answers.pop() if answers else "127.0.0.1") if turns else host, *more, **other)

    return resolve


@contextmanager
def unbounded(_allowed: Allowed) -> Iterator[Bounds]:
    """No bounds at all."""
    yield Bounds(is_public)


def test_no_address_makes_apprise_follow_a_redirect() -> None:
    assert opened("json://127.0.0.1/x?redirect=yes").redirects is False


def test_no_server_names_another_one() -> None:
    """A Matrix server may say that its own is elsewhere, and so may an account of Bluesky, for which there is ours."""
    assert opened("matrixs://me:secret@127.0.0.1/#room").discovery is False
    with pytest.raises(Refused):
        opened("bsky://me.example.org:app-pass-word-once@127.0.0.1")
