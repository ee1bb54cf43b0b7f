"""What is typed as a secret, at any way out, is in no file, no log, no answer and no trouble."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from tests.delivery.trial import Working, telling
from tests.drawing import EVENT, FACILITATOR, cells, code
from tests.endpoint import Answering, Endpoint, endpoint, resets, status
from tests.intake.desk import DESK, Sheet, with_role
from tests.intake.event import furnish
from tests.outlets.google import PAGE, Google, credentials

from openspaces.board.moves import MoveCard
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.delivery import destinations
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.contract import Push
from openspaces.delivery.models import Destination as Row
from openspaces.lib.addresses import networks
from openspaces.outlets.registry import PUSHES
from openspaces.people.who import Role

WORD = "sWoRdFiSh081547x"
WHOLE_ADDRESS = ("apprise", "discord")
"""Their secret is the whole address, so nobody hears of it here."""
ASKING = [push for push in PUSHES if push.fields]


@pytest.fixture(autouse=True)
def _event(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    settings.SEND_TO = networks("127.0.0.1")
    furnish()


@pytest.fixture
def working() -> Iterator[Working]:
    with telling(*PUSHES) as working:
        yield working


def secret(push: Push, address: str) -> dict[str, str]:
    """Something in each field of an outlet that leads to `address`; the secrets all have the word in them."""
    kinds = {"secret": WORD, "url": address}
    typed = {field.name: kinds.get(field.kind, field.usual or address) for field in push.fields}
    if push.name == "sheet":
        google = Google(Endpoint(address, status(200)))
        key = {**json.loads(credentials(google)), "note": WORD, "token_uri": f"{address}/{WORD}"}
        typed["url"], typed["credentials"] = PAGE, json.dumps(key)
    return typed


@pytest.mark.parametrize("push", ASKING, ids=lambda push: push.name)
@pytest.mark.parametrize("answering", [status(401), status(500), resets], ids=["401", "500", "reset"])
def test_a_secret_is_told_nowhere(
    push: Push, answering: Answering, working: Working, caplog: pytest.LogCaptureFixture, settings: LazySettings
) -> None:
    caplog.set_level(logging.DEBUG)
    with endpoint(answering) as there:
        settings.GOOGLE = settings.X_API = there.address
        minted = {"secret": f"whsec_{WORD}", "before": WORD} if push.mint else {}
        typed = secret(push, there.address)
        row = destinations.set_up(EVENT, push, "There", typed, asks=False, by="hand", minted=minted)
        working.on()
        assert play(EVENT, MoveCard(card=code("Knit"), cells=cells("elm 09:00")), by=FACILITATOR).refusal is None
        working.on(timedelta(minutes=30))
        board = board_now(EVENT)
        assert board is not None
        opened = destinations.opened(row)
        said = tried_out(push, opened, board)
    visitor = with_role(Role.ORGANISER)
    pages = [Sheet(visitor, path).source for path in (f"{DESK}out/", f"{DESK}out/{row.pk}/", DESK)]
    answers = [visitor.client.get(f"/api/{EVENT}/{path}").content.decode() for path in ("contests", "board?at=1")]
    texts = [said, repr(opened), str(opened), repr(row), str(Row.objects.values()), *pages, *answers, caplog.text]
    assert (WORD in json.dumps(dict(opened.settings)), bool(there.came)) == (True, push.name not in WHOLE_ADDRESS)
    assert [text for text in texts if WORD in text] == []
    assert kept() == b""


def kept() -> bytes:
    """What of the word stands in the files of the database."""
    file = Path(str(connection.settings_dict["NAME"]))
    files = [each for each in file.parent.glob(f"{file.name}*") if each.is_file()]
    assert files
    return b"".join(each.name.encode() for each in files if WORD.encode() in each.read_bytes())


def test_control_an_open_setting_stands_there(working: Working) -> None:
    """The word is found where it is."""
    push = next(each for each in ASKING if each.name == "webhook")
    destinations.set_up(EVENT, push, "There", {"url": f"https://example.org/{WORD}"}, asks=False, by="hand")
    assert kept() != b""
