"""The desk's page of the ways out: set up, tried, watched, approved; and its secrets are on no page ever again."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from tests.delivery.trial import Ear, Working, telling, trial
from tests.drawing import EVENT, FACILITATOR, cells, code
from tests.endpoint import Endpoint, endpoint, status
from tests.hostile import HOSTILE
from tests.intake.desk import DESK, Sheet, with_role
from tests.intake.event import furnish, now

from openspaces.board.memory import MEMORY
from openspaces.board.moves import MoveCard, ShieldCard, TakeDown
from openspaces.board.play import play
from openspaces.delivery import destinations
from openspaces.delivery.contract import Destination, Field, Push, Refused
from openspaces.delivery.models import Delivery
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import State
from openspaces.lib.addresses import networks
from openspaces.lib.plaintext import one_line
from openspaces.outlets.registry import PULLS
from openspaces.outlets.webhook import WEBHOOK
from openspaces.people.who import Role

OUT = f"/{EVENT}/desk/out/"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
WORD = "swordfish"
FIELDS = (
    Field("place", "Where", help="Any place will do."),
    Field("password", "Password", kind="secret"),
    Field("loud", "Loudly", kind="flag", needed=False),
    Field("how", "How", kind="choice", choices=(("post", "By post"), ("drum", "By drum")), needed=False),
)


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    settings.SEND_TO = networks("127.0.0.1")
    furnish()


@pytest.fixture
def there() -> Iterator[Endpoint]:
    with endpoint() as made:
        yield made


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def working(ear: Ear) -> Iterator[Working]:
    """The program has a trial outlet, webhooks, and one outlet that lacks something."""
    push = trial(ear, fields=FIELDS, try_out=_try_out)
    letters = Push("letters", "Letters", push.promise, lambda news: (), push.compose, push.send, ready=lambda: False)
    with telling(push, WEBHOOK, letters) as working:
        yield working


def _try_out(destination: Destination, _board: object) -> None:
    if destination.settings["place"] != "Paris":
        raise Refused(f"Nobody lives in {destination.settings['place']}.")


def page(path: str = OUT, role: Role = Role.ORGANISER) -> Sheet:
    return Sheet(with_role(role), path)


def set_up(place: str = "Paris", /, **sent: str) -> Sheet:
    """The page of a trial destination that was set up just now."""
    typed = {"name": "Post", "set-place": place, "set-password": WORD, **sent}
    return page(f"{OUT}new/trial/").press("Set it up", **typed)


def hooked(there: Endpoint) -> tuple[Sheet, str]:
    """The page on which a hook's secret is shown, and that."""
    sheet = page(f"{OUT}new/webhook/").press("Set it up", **{"name": "Bot", "set-url": f"{there.address}/hook"})
    return sheet, sheet.values("input[@id='given']")[0]


def move_to(place: str) -> None:
    assert play(EVENT, MoveCard(card=code("Knit"), cells=cells(place)), by=FACILITATOR).refusal is None


def states(sheet: Sheet) -> list[str]:
    return sheet.texts("ul[@class='rows']/li/p[2]")


# The list


def test_every_way_out_is_listed_with_how_it_is_doing(working: Working) -> None:
    set_up()
    sheet = page()
    assert sheet.texts("li[@class='way']/div/h2") == ["Trial", "Webhook", "Letters"]
    assert states(sheet) == ["Works; nothing was told yet"]
    assert sheet.values("a[@class='button-quiet']", "href") == [
        f"{OUT}new/trial/",
        f"{OUT}new/webhook/",
        f"{OUT}letters/",
    ]
    assert sheet.texts("li[@id='way-3']/p") == ["Off."]


def test_where_there_was_nothing_left_to_say_all_is_well(working: Working, ear: Ear) -> None:
    set_up()
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    for move in (TakeDown(card=code("Knit")), ShieldCard(card=code("Knit"), reason="Three people")):
        assert play(EVENT, move, by=FACILITATOR).refusal is None
    working.on(2 * MINUTE)
    assert [row.state for row in Delivery.objects.order_by("id")] == [State.SENT, State.DROPPED]
    assert states(page()) == ["Works"]


def test_what_people_fetch_is_linked_and_is_there() -> None:
    paths = {path.replace("{event}", EVENT) for pull in PULLS for path in pull.paths}
    linked = [href for href in page().values("div[@id='desk']/p/a", "href") if href.startswith(f"/{EVENT}/")]
    assert (linked, {*linked} <= paths) == ([f"/{EVENT}/follow/"], True)


def test_helpers_see_none_of_it(working: Working) -> None:
    assert page(role=Role.HELPER).status == 403
    assert OUT not in page(DESK, Role.HELPER).values("a", "href")
    assert OUT in page(DESK, Role.FACILITATOR).values("a", "href")


# Setting up


def test_a_destination_is_set_up_from_the_fields_that_its_outlet_names(working: Working) -> None:
    sheet = set_up(**{"set-loud": "on", "set-how": "drum"})
    row = Row.objects.get()
    assert sheet.path == f"{OUT}{row.pk}/"
    assert row.settings == {"place": "Paris", "loud": "on", "how": "drum"}
    assert destinations.opened(row).settings["password"] == WORD
    assert (row.name, row.asks, bool(row.by)) == ("Post", False, True)


def test_a_form_that_is_sent_twice_sets_up_one_destination(working: Working, there: Endpoint) -> None:
    form = page(f"{OUT}new/webhook/")
    typed = {"name": "Bot", "set-url": f"{there.address}/hook", "key": form.values("input[@name='key']")[0]}
    answers = [with_role(Role.ORGANISER).client.post(form.path, typed) for _ in range(2)]
    (row,) = Row.objects.all()
    shown = SECRET.findall(answers[1].content.decode())
    assert set(shown) == {destinations.opened(row).settings["secret"]}


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"set-place": " "}, "set-place", "This is needed."),
        ({"set-password": ""}, "set-password", "This is needed."),
        ({"set-place": "x" * 20_001}, "set-place", "This is too long: 20000 letters at most."),
        ({"set-how": "owl"}, "set-how", "Choose one of these."),
        ({"name": "x" * 81}, "name", "This is too long: 80 letters at most."),
    ],
)
def test_what_is_wrong_stands_at_its_field(typed: dict[str, str], field: str, says: str, working: Working) -> None:
    sent = {"name": "Post", "set-place": "Paris", "set-password": WORD, **typed}
    sheet = page(f"{OUT}new/trial/").press("Set it up", **sent)
    assert (sheet.status, sheet.texts(f"p[@id='{field}-wrong']")) == (422, [says])
    assert (Row.objects.count(), sheet.values("input[@type='password']")) == (0, [])


def test_the_outlet_says_what_else_is_wrong(working: Working) -> None:
    sheet = page(f"{OUT}new/webhook/").press("Set it up", **{"set-url": "somewhere"})
    assert sheet.texts("p[@id='set-url-wrong']") == ["Write a whole web address that begins with https://."]


@pytest.mark.parametrize("typed", [HOSTILE["control"], HOSTILE["line ends"], HOSTILE["turned round"]])
def test_what_is_typed_is_cleaned_as_in_every_form(working: Working, typed: str) -> None:
    sheet = set_up(typed, **{"name": typed, "set-password": f" {WORD}\x00 "})
    row = Row.objects.get()
    kept = (row.name, row.settings["place"], destinations.opened(row).settings["password"])
    assert kept == (one_line(typed), one_line(typed), WORD)
    sheet.press("Save", **{"name": "\x00\u202e", "set-place": "Rome\x00"})
    row.refresh_from_db()
    assert (row.name, row.settings["place"]) == ("Trial", "Rome")


def test_a_secret_stays_unless_another_is_typed(working: Working) -> None:
    sheet = set_up().press("Save", **{"set-place": "Rome", "set-password": ""})
    opened = destinations.opened(Row.objects.get())
    assert (opened.settings["place"], opened.settings["password"]) == ("Rome", WORD)
    sheet.press("Save", **{"set-password": "trout"})
    assert destinations.opened(Row.objects.get()).settings["password"] == "trout"


def test_a_secret_is_on_no_page_again(working: Working, ear: Ear) -> None:
    sheet = set_up()
    pages = [sheet, page(), page(sheet.path), page(DESK), sheet.press("Send a test")]
    pages.append(page(sheet.path).press("Save", **{"set-place": "", "set-password": "trout"}))
    held = [each.source for each in pages]
    assert [word for word in (WORD, "trout", Row.objects.get().sealed) for text in held if word in text] == []


def test_another_installation_s_secrets_are_typed_anew(working: Working, settings: LazySettings) -> None:
    sheet = set_up()
    settings.SECRET_KEY = "another"
    sheet = page(sheet.path)
    says = "Its secrets cannot be read here any more: type them anew."
    assert sheet.texts("section/p[@class='state bad']") == [says]
    sheet.press("Save", **{"set-password": "trout"})
    assert destinations.opened(Row.objects.get()).settings["password"] == "trout"


def test_what_happens_before_a_worker_has_seen_it_is_told_too(working: Working, ear: Ear) -> None:
    set_up()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert ear.heard == ["Knit: elm@0517-0900"]


# Trying, stopping, removing


def test_a_test_says_that_it_arrived_or_what_went_wrong(working: Working) -> None:
    assert set_up().press("Send a test").texts("div[@class='success']") == ["It works: a test arrived."]
    sheet = set_up("Atlantis").press("Send a test")
    assert sheet.texts("div[@class='refusal']") == ["The test did not arrive. Nobody lives in Atlantis."]


def test_a_test_that_arrives_sends_what_waits_for_its_next_try(there: Endpoint, working: Working) -> None:
    there.answering = status(500)
    hooked(there)
    working.on()
    move_to("elm 09:00")
    working.on(SECOND)
    working.on(10 * SECOND)
    assert Delivery.objects.get().due > working.at + MINUTE
    there.answering = status(200)
    working.at = datetime.now(UTC) + SECOND
    page(f"{OUT}{Row.objects.get().pk}/").press("Send a test")
    working.on()
    assert Delivery.objects.get().state == State.SENT


def test_a_destination_is_stopped_and_goes_on(working: Working, ear: Ear) -> None:
    sheet = set_up().press("Stop it")
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert (ear.heard, sheet.texts("section/p[@class='state quiet']")[0][:7]) == ([], "Stopped")
    page(sheet.path).press("Go on")
    working.on()
    move_to("oak 11:00")
    working.on(2 * MINUTE)
    assert ear.heard == ["Knit: oak@0517-1100"]


def test_what_is_removed_is_forgotten(working: Working) -> None:
    sheet = set_up().press("Remove it")
    assert (sheet.path, Row.objects.count()) == (OUT, 0)


# What was told


def test_the_last_tellings_are_listed_and_sent_again(working: Working, ear: Ear) -> None:
    sheet = set_up()
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    sheet = page(sheet.path)
    assert sheet.all("*[@id='told']/*") == []
    assert sheet.texts("ul[@class='rows']/li/p[1]") == ["“Knit” moved: Saturday 09:00–10:00, Elm"]
    assert states(sheet)[0][:10] == "Arrived at"
    sheet.press("Send again: “Knit” moved: Saturday 09:00–10:00, Elm")
    working.on(MINUTE)
    assert ear.heard == ["Knit: elm@0517-0900"] * 2


def test_a_page_from_before_a_restore_sends_nothing_again(working: Working, ear: Ear) -> None:
    """What has that id by now is something else."""
    sheet = set_up()
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    before = page(sheet.path)
    MEMORY.correct(replace(now(), epoch="restored"))
    before.press("Send again: “Knit” moved: Saturday 09:00–10:00, Elm")
    assert [row.state for row in Delivery.objects.all()] == [State.SENT]


def test_a_page_sends_nothing_again_that_was_told_elsewhere(working: Working, ear: Ear) -> None:
    sheet, other = set_up(), set_up("Rome")
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    elsewhere = str(Delivery.objects.exclude(destination=int(sheet.path.split("/")[-2])).get().pk)
    here = page(sheet.path)
    assert other.path != sheet.path
    here.press("Send again: “Knit” moved: Saturday 09:00–10:00, Elm", telling=elsewhere)
    assert [row.state for row in Delivery.objects.all()] == [State.SENT, State.SENT]


def test_what_did_not_arrive_says_why(working: Working, ear: Ear) -> None:
    def refuse(_job: object) -> None:
        raise Refused("It has no ears.")

    ear.trouble = refuse
    sheet = set_up()
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    sheet = page(sheet.path)
    assert states(sheet) == ["Did not arrive: It has no ears."]
    assert sheet.texts("section/p[@class='state bad']") == ["Did not arrive: It has no ears."]


def test_a_facilitator_approves_what_they_read(working: Working, ear: Ear) -> None:
    set_up(asks="1")
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert ear.heard == []
    item = page(DESK, Role.FACILITATOR)
    (link,) = [href for href in item.values("a", "href") if re.fullmatch(rf"{OUT}\d+/", href)]
    assert "1 thing to approve: Post" in item.texts("h2")
    sheet = page(link, Role.FACILITATOR)
    assert (sheet.texts("blockquote"), sheet.all("input[@name='set-place']")) == (["Knit: elm@0517-0900"], [])
    sheet.press("Send it: “Knit” moved: Saturday 09:00–10:00, Elm")
    working.on()
    assert ear.heard == ["Knit: elm@0517-0900"]


def test_what_is_not_approved_is_not_sent(working: Working, ear: Ear) -> None:
    sheet = set_up(asks="1")
    working.on()
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    sheet = page(sheet.path).press("Do not send it: “Knit” moved: Saturday 09:00–10:00, Elm")
    working.on(2 * MINUTE)
    assert (ear.heard, states(sheet)) == ([], ["Was not sent"])


def test_what_the_program_stopped_is_to_do(working: Working) -> None:
    set_up()
    destinations.stop(Row.objects.get().pk, datetime.now(UTC), trouble="It says that it wants no more.")
    item = page(DESK)
    assert "Nothing is sent any more: Post" in item.texts("h2")
    assert "It says that it wants no more." in item.texts("li/p/span")


# A secret of ours


def test_a_secret_of_ours_is_shown_once(there: Endpoint, working: Working) -> None:
    _shown, secret = hooked(there)
    assert SECRET.fullmatch(secret)
    row = Row.objects.get()
    assert destinations.opened(row).settings["secret"] == secret
    pages = [page(f"{OUT}{row.pk}/"), page()]
    assert [found for each in pages for found in SECRET.findall(each.source)] == []


def test_a_new_secret_leaves_the_old_one_for_a_day(there: Endpoint, working: Working) -> None:
    _sheet, old = hooked(there)
    sheet = page(f"{OUT}{Row.objects.get().pk}/").press("Make a new secret")
    (new,) = sheet.values("input[@id='given']")
    kept = destinations.opened(Row.objects.get()).settings
    assert (kept["secret"], kept["before"], new != old) == (new, old, True)


def test_a_way_out_that_this_program_has_no_more_is_nothing_to_do(working: Working) -> None:
    set_up()
    Row.objects.update(outlet="gone", stopped=working.at, trouble="It is gone.")
    sheet = page(DESK)
    assert (sheet.status, [href for href in sheet.values("a", "href") if href.startswith(f"{OUT}")]) == (200, [OUT])


def test_approving_twice_says_so(working: Working) -> None:
    sheet = set_up()
    row = Row.objects.get()
    answer = with_role(Role.FACILITATOR).client.post(sheet.path, {"do": "approve", "telling": "7"})
    assert (answer.status_code, answer["Location"]) == (303, f"{OUT}{row.pk}/?did=late")
