"""Networks on loopback, and a camp about whose first slot there is much to post."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import LazySettings
from tests.delivery.trial import Working
from tests.drawing import ORGANISER
from tests.intake.event import furnish, now
from tests.outlets.networks import Bluesky, Mastodon, X, on_loopback
from tests.outlets.social.posting import DRAWN, account, at_mastodon, do, posting

from openspaces.board.moves import (
    ChangeEvent,
)
from openspaces.board.moves.event import profile_of
from openspaces.lib.addresses import networks
from openspaces.outlets import social


@pytest.fixture(autouse=True)
def _event(database: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEND_TO = networks("127.0.0.0/8")
    settings.BASE_URL = "https://board.example"
    monkeypatch.setattr("openspaces.outlets.social.mastodon.PAUSE", 0.0)
    furnish(DRAWN)
    do(ChangeEvent(profile=replace(profile_of(now()), hashtags=("PyCamp", "OpenSpaces"))), by=ORGANISER)


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


@pytest.fixture
def on_x(settings: LazySettings) -> Iterator[X]:
    with on_loopback(network := X()):
        settings.X_API = network.address
        yield network


KEYS = {"knows": "on", "key": "key", "key_secret": "s", "token": "token", "token_secret": "t"}
