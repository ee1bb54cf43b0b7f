"""The page of messages on this device: a browser's line is kept sealed, wishes are kept, and nobody is flooded."""

from collections.abc import Iterator

import pytest
from tests.drawing import EVENT, drawn
from tests.intake.event import Visitor, furnish
from tests.outlets.phones import Handset

from openspaces.delivery.known import know
from openspaces.delivery.models import Delivery
from openspaces.delivery.sealing import unseal
from openspaces.intake.web.notices import STRANGERS, usual
from openspaces.outlets.phone import PHONE
from openspaces.people.models import Subscription
from openspaces.people.phones import phones

KNOWN = "https://updates.push.services.mozilla.com/wpush/v2/one"
SAVED = {
    "do": "save",
    "keywords": " Knitting,python , ,Knitting",
    "quiet_from": "23",
    "quiet_until": "8",
    "budget": "5",
}


@pytest.fixture(autouse=True)
def _event(database: None) -> Iterator[None]:
    furnish()
    know([PHONE])
    yield
    know(())


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def switched_on(visitor: Visitor, endpoint: str = KNOWN) -> Handset:
    handset = Handset(endpoint)
    assert visitor.leads_to("notices/", do="start", **handset.describes) == f"/{EVENT}/notices/?done=start"
    return handset


def test_switched_on_the_device_has_a_line_that_nobody_can_read_in_the_database(visitor: Visitor) -> None:
    handset = switched_on(visitor)
    (there,) = phones(EVENT)
    row = Subscription.objects.get()
    assert unseal(there.sealed) == handset.describes
    assert (there.service, "mozilla" in row.sealed, "wpush" in row.mark) == (
        "updates.push.services.mozilla.com",
        False,
        False,
    )
    assert Delivery.objects.get().recipient == str(there.id)
    assert "Switch it off" in visitor.get("notices/").buttons


def test_switched_off_it_has_none_and_what_its_owner_wished_is_kept(visitor: Visitor) -> None:
    switched_on(visitor)
    visitor.post("notices/", **SAVED)
    visitor.post("notices/", do="stop")
    page = visitor.get("notices/")
    assert phones(EVENT) == []
    assert ("Switch it off" in page.buttons, page.fields["keywords"]) == (False, "Knitting, python")
    switched_on(visitor)
    (there,) = phones(EVENT)
    assert (there.wishes.keywords, there.wishes.quiet, there.wishes.budget) == (("Knitting", "python"), (1380, 480), 5)


def test_wishes_are_kept_without_a_line_and_without_a_script(visitor: Visitor) -> None:
    assert visitor.leads_to("notices/", **SAVED) == f"/{EVENT}/notices/?done=save"
    assert (Subscription.objects.get().budget, phones(EVENT)) == (5, [])


def test_a_browser_that_lost_its_cookie_has_one_line(visitor: Visitor) -> None:
    switched_on(visitor)
    switched_on(Visitor())
    assert len(phones(EVENT)) == 1


def test_a_message_to_try_it_is_planned_only_where_there_is_a_line(visitor: Visitor) -> None:
    visitor.post("notices/", do="try")
    assert Delivery.objects.count() == 0
    switched_on(visitor)
    visitor.post("notices/", do="try")
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://updates.push.services.mozilla.com/one"},
        {"endpoint": "https://user:secret@updates.push.services.mozilla.com/one"},
        {"endpoint": "https://[::1]/one"},
        {"endpoint": "ftp://example.org/"},
        {"endpoint": ""},
        {"endpoint": "https://" + "x" * 2000},
        {"p256dh": "AAAA"},
        {"p256dh": "B" + "A" * 86},
        {"auth": "AAAA"},
        {"auth": "é"},
    ],
)
def test_what_is_no_browser_is_not_kept(visitor: Visitor, wrong: dict[str, str]) -> None:
    page = visitor.post("notices/", do="start", **{**Handset(KNOWN).describes, **wrong})
    assert (page.status, len(page.refusals), Subscription.objects.count()) == (422, 1, 0)


def test_nobody_is_flooded_through_lines_to_a_service_that_nobody_knows() -> None:
    for place in range(STRANGERS):
        switched_on(Visitor(), f"https://victim.example/{place}")
    assert Visitor().post("notices/", do="start", **Handset("https://victim.example/one").describes).status == 422
    switched_on(Visitor(), KNOWN)


@pytest.mark.parametrize(
    "wrong",
    [{"keywords": ",".join(f"word{place}" for place in range(11))}, {"keywords": "x" * 41}, {"budget": "1000"}],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(visitor: Visitor, wrong: dict[str, str]) -> None:
    page = visitor.post("notices/", **{**SAVED, **wrong})
    assert (page.status, len(page.refusals), Subscription.objects.count()) == (422, 1, 0)
    assert page.fields["keywords"] == {**SAVED, **wrong}["keywords"]


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [
        (("09:00", "17:00"), (22, 7)),
        (("07:00", "23:00"), (0, 6)),
        (("12:00", "18:00", "24:30"), (2, 7)),
        (("00:00", "23:00"), (0, 0)),
    ],
)
def test_nobody_is_quiet_while_the_board_has_hours_unless_they_say_so(
    hours: tuple[str, ...], quiet: tuple[int, int]
) -> None:
    board = drawn("oak\n" + "".join(f"{hour}   .\n" for hour in hours))
    assert usual(board).quiet == (quiet[0] * 60, quiet[1] * 60)
