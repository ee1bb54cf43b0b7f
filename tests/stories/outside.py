"""Everybody outside who is told what happens on a board: phones, mailboxes, social networks, a program; and the worker
that tells them, whose clock the story turns. Each is a server on loopback that checks what the real one checks."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import LazySettings
from tests.delivery.trial import Working
from tests.drawing import EVENT, ORGANISER, at, code
from tests.endpoint import Endpoint, endpoint
from tests.intake.event import furnish, now
from tests.mailbox import Mailbox
from tests.outlets.letters import paragraphs, subject
from tests.outlets.networks import Bluesky, Discord, Mastodon, on_loopback
from tests.outlets.phones import Service, service

from openspaces.board.moves import ChangeEvent, Move
from openspaces.board.moves.event import profile_of
from openspaces.board.outcome import Outcome
from openspaces.board.play import play
from openspaces.board.voices import Star, Voice
from openspaces.delivery.contract import Push
from openspaces.delivery.destinations import set_up
from openspaces.delivery.known import know
from openspaces.lib.addresses import networks
from openspaces.outlets.discord import DISCORD
from openspaces.outlets.email import EMAIL
from openspaces.outlets.phone import PHONE
from openspaces.outlets.social import BLUESKY, MASTODON
from openspaces.outlets.webhook import WEBHOOK
from openspaces.people.contacts import keep_contact
from openspaces.people.phones import Wishes
from openspaces.people.who import Who

STEP = timedelta(minutes=5)
"""Between two looks of the worker at a clock that runs on."""
COMMON = {"minutes": "10", "news": "on"}


class Outside:
    """A board that tells everybody. Its clock shows the story's time, on the first day of a drawn board."""

    def __init__(self, box: Mailbox, phones: Service, mastodon: Mastodon, bluesky: Bluesky, discord: Discord) -> None:
        self.phones, self.mastodon, self.bluesky, self.discord = phones, mastodon, bluesky, discord
        self.box, self._read, self._seen = box, 0, dict[str, int]()
        self.working = Working(at("08:00"))

    def follows(self, hand: str, *cards: str, words: tuple[str, ...] = ()) -> None:
        """Somebody's phone wants to hear, of the cards that they starred and of words."""
        if f"/{hand}" not in self.phones.handsets:
            self.phones.phone(EVENT, hand, Wishes(keywords=words))
        for title in cards:
            self.done(Star(card=code(title)), Who(hand))

    def done(self, move: Move | Voice, by: Who) -> Outcome:
        """Somebody does something now."""
        outcome = play(EVENT, move, by=by, at=self.working.at)
        assert outcome.refusal is None, outcome.refusal
        return outcome

    def at(self, clock: str) -> None:
        """It becomes that time; whatever is due until then is told when it is."""
        while self.working.at < at(clock):
            self._turn(min(self.working.at + STEP, at(clock)))

    def after(self, seconds: float) -> None:
        """So much later."""
        self._turn(self.working.at + timedelta(seconds=seconds))

    def _turn(self, moment: datetime) -> None:
        self.working.at = moment
        for _ in range(3):  # what one reader was told makes room for the next
            self.working.worker.turn(moment)
            self.working.worker.settle(moment)

    # What they heard since they were asked last

    def shown(self, *hands: str) -> dict[str, list[str]]:
        """What phones showed, each line a title and what is beneath it."""
        return {hand: [f"{each['title']} / {each['body']}" for each in self._fresh(hand)] for hand in hands}

    def letters(self) -> list[tuple[str, str, list[str]]]:
        """Whom letters went to, what about, and their paragraphs; in order of the readers."""
        fresh, self._read = self.box.letters[self._read :], len(self.box.letters)
        return sorted((str(each["X-Was-For"]), subject(each), paragraphs(each)) for each in fresh)

    def posts(self) -> list[str]:
        """What everybody reads on Mastodon, without link and tags."""
        return [text.partition("\nhttps://")[0] for text in self.mastodon.texts()]

    def sent(self) -> str:
        """All that ever went to the networks."""
        asked = [each.body for each in (*self.mastodon.asked, *self.bluesky.asked, *self.discord.asked)]
        return b"\n".join(body if body.isascii() else _unescaped(body) for body in asked).decode("utf-8", "replace")

    def _fresh(self, hand: str) -> list[dict[str, str]]:
        every = self.phones.shown.get(f"/{hand}", [])
        seen, self._seen[hand] = self._seen.get(hand, 0), len(every)
        return every[seen:]


def _unescaped(body: bytes) -> bytes:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False).encode()
    except ValueError:
        return body  # a picture


def reached_at(title: str, email: str) -> None:
    """The host of a card leaves an address."""
    keep_contact(EVENT, code(title), email)


@contextmanager
def told_outside(drawn: str, box: Mailbox, settings: LazySettings) -> Iterator[Outside]:
    """A drawn board whose every way out is set up, at eight in the morning."""
    settings.PHONES_TO = settings.SEND_TO = networks("127.0.0.0/8")
    settings.BASE_URL = "https://board.example"
    furnish(drawn)
    profile = replace(profile_of(now()), hashtags=("PyConOpenSpace",))
    assert play(EVENT, ChangeEvent(profile=profile), by=ORGANISER).refusal is None
    with ExitStack() as stack:
        phones, hook = stack.enter_context(service()), stack.enter_context(endpoint())
        mastodon, bluesky, discord = Mastodon(), Bluesky(), Discord()
        for network in (mastodon, bluesky, discord):
            stack.enter_context(on_loopback(network))
        know((EMAIL, PHONE, MASTODON, BLUESKY, DISCORD, WEBHOOK))
        stack.callback(know, ())
        for push, typed in _places(mastodon, bluesky, discord, hook):
            set_up(EVENT, push, str(push.title), typed, asks=False, by="hand", minted=_minted(push))
        outside = Outside(box, phones, mastodon, bluesky, discord)
        stack.callback(outside.working.worker.stop)
        yield outside
        assert phones.wrong == []


def _places(
    mastodon: Mastodon, bluesky: Bluesky, discord: Discord, hook: Endpoint
) -> Iterator[tuple[Push, dict[str, str]]]:
    yield MASTODON, COMMON | {"server": mastodon.address, "token": "swordfish", "visibility": "public"}
    yield BLUESKY, COMMON | {"server": bluesky.address, "handle": "board.example", "password": "swordfish"}
    yield DISCORD, {"url": f"{discord.address}{discord.PATH}"}
    yield WEBHOOK, {"url": f"{hook.address}/hook"}


def _minted(push: Push) -> dict[str, str]:
    return dict(push.mint({}, at("08:00")).keeps) if push.mint else {}
