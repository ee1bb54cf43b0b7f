"""Programmes from the web: bounded, asked again politely, and never from where a stranger's address must not lead."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from tests.intake.programme import making
from tests.intake.programme.making import ZONE, as_json
from tests.intake.programme.serving import Page, Site, site

from openspaces.intake.programme import Damaged, NotFetched, Source, source
from openspaces.intake.programme.source import direct
from openspaces.lib import fetching
from openspaces.lib.addresses import is_public, networks

API = "/api/events/spring/"


@pytest.fixture
def web(settings: LazySettings) -> Iterator[Site]:
    """A site that this installation may fetch from, although it is no public one."""
    settings.FETCH_FROM = networks("127.0.0.1")
    settings.PRETALX_TOKEN = ""
    with site() as made:
        yield made


def publish(web: Site, size: int = 3) -> str:
    """Put up pretalx's API there; the address of its event."""
    base = web.address + API
    for path, answer in making.pretalx_pages(base=base, size=size).items():
        web.pages[API + path] = Page(as_json(answer), headers={"ETag": f'"{path}"'})
    return base


def trouble(address: str) -> str:
    """Why nothing can be had from there."""
    with pytest.raises(NotFetched) as refused:
        Source(address).programme(ZONE)
    return str(refused.value).replace(address, "HERE")


def test_a_document_is_fetched_once_and_then_only_asked_after(web: Site) -> None:
    web.pages["/schedule.json"] = Page(as_json(making.schedule_json()), headers={"ETag": '"one"'})
    source = Source(f"{web.address}/schedule.json")
    first, second = source.programme(ZONE), source.programme(ZONE)
    assert first == second
    assert [headers.get("if-none-match") for _path, headers in web.asked] == [None, '"one"']
    web.pages["/schedule.json"] = Page(as_json(making.schedule_json(making.LECTURES[:1])), headers={"ETag": '"two"'})
    assert len(source.programme(ZONE).talks) == 1


def test_every_page_of_pretalx_is_fetched_with_its_version_and_asked_after_later(web: Site) -> None:
    base = publish(web)
    source = Source(f"{base}slots/")
    assert len(source.programme(ZONE).talks) == len(making.LECTURES)
    assert {headers["pretalx-version"] for _path, headers in web.asked} == {"v2"}
    assert web.paths() == list(web.pages)
    assert source.programme(ZONE) == Source(base).programme(ZONE)
    again = web.asked[len(web.pages) : 2 * len(web.pages)]
    assert [headers.get("if-none-match") for _path, headers in again] == [f'"{path[len(API) :]}"' for path in web.pages]


def test_a_token_goes_to_the_site_that_was_named_and_to_no_other(web: Site, settings: LazySettings) -> None:
    settings.PRETALX_TOKEN = "secret"
    with site() as other:
        other.pages[API] = Page(status=404)
        web.pages[API] = Page(status=302, headers={"Location": other.address + API})
        assert trouble(web.address + API).startswith(f"There is nothing at {other.address}")
        assert [headers.get("authorization") for _path, headers in web.asked] == ["Token secret"]
        assert [headers.get("authorization") for _path, headers in other.asked] == [None]


def test_three_redirects_are_followed_and_not_a_fourth(web: Site) -> None:
    for number in range(4):
        web.pages[f"/{number}"] = Page(status=301, headers={"Location": f"/{number + 1}"})
    web.pages["/4"] = Page(as_json(making.schedule_json()))
    assert len(Source(f"{web.address}/1").programme(ZONE).talks) == len(making.LECTURES)
    assert trouble(f"{web.address}/0") == "HERE leads from one address to the next without end."


@pytest.mark.parametrize("inward", ["http://127.0.0.2:1/", "http://[::1]:1/", "http://[::ffff:127.0.0.2]:1/"])
def test_a_redirect_inward_is_refused(web: Site, inward: str) -> None:
    web.pages["/"] = Page(status=302, headers={"Location": inward})
    assert trouble(f"{web.address}/") == (
        f"{inward} leads into a private network, from which nothing is fetched. If it is yours, name the network in "
        "OPENSPACES_FETCH_FROM."
    )


def test_without_the_setting_loopback_is_no_source(web: Site, settings: LazySettings) -> None:
    settings.FETCH_FROM = ()
    assert trouble(f"{web.address}/").startswith("HERE leads into a private network")
    named = web.address.replace("127.0.0.1", "localhost")
    assert trouble(f"{named}/").startswith("HERE leads into a private network")
    assert web.asked == []


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://user:word@127.0.0.1/"])
def test_a_redirect_leads_to_no_other_kind_of_address(web: Site, there: str) -> None:
    web.pages["/"] = Page(status=302, headers={"Location": there})
    assert trouble(f"{web.address}/") == f"{there} is no address to fetch from: write one that begins with https://."


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (404, "There is nothing at HERE (status 404): look at the address."),
        (401, "HERE is not public (status 401): publish the programme there, or set OPENSPACES_PRETALX_TOKEN."),
        (429, "HERE is asked too often (status 429); try again in some minutes."),
        (500, "HERE answers with status 500; try again later."),
    ],
)
def test_a_status_is_said_with_what_to_do(web: Site, status: int, says: str) -> None:
    web.pages["/"] = Page(status=status)
    assert trouble(f"{web.address}/") == says


def test_a_server_that_is_asked_too_often_is_waited_for_as_it_says(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = list[float]()
    monkeypatch.setattr(source, "sleep", waited.append)
    base = publish(web)
    third = list(web.pages)[2]
    web.pages[third] = Page(status=429, headers={"Retry-After": "7"}, then=web.pages[third])
    assert len(Source(base).programme(ZONE).talks) == len(making.LECTURES)
    assert waited == [7]
    web.pages[third] = Page(status=429, headers={"Retry-After": "25"})
    assert trouble(base).endswith("is asked too often (status 429); try again in some minutes.")
    assert waited == [7, 25, 25]


def test_a_document_that_is_too_large_is_refused(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    web.pages["/"] = Page(b" " * 1001)
    assert trouble(f"{web.address}/") == "HERE has more than 20 MB."
    web.pages["/"] = Page(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".ljust(1000))
    assert Source(f"{web.address}/").programme(ZONE).talks == ()


def test_a_document_that_ends_too_soon_is_not_taken_for_a_whole(web: Site) -> None:
    web.pages["/"] = Page(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", length=5000)
    assert trouble(f"{web.address}/") == (
        "HERE cannot be fetched (incomplete): look at the address, or try again later."
    )


def test_a_server_that_says_nothing_is_not_waited_for(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SILENCE", 0.2)
    web.pages["/"] = Page(b"never sent", stalls=True)
    assert trouble(f"{web.address}/") == "HERE does not answer; try again later."


def test_a_server_that_drips_is_hung_up_on(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WHOLE", 0.2)
    web.pages["/"] = Page(b"never sent", stalls=True)
    assert trouble(f"{web.address}/").startswith("HERE does not answer")


def test_nobody_at_an_address_is_said(web: Site) -> None:
    with site() as gone:
        address = gone.address
    assert (
        trouble(f"{address}/")
        == "HERE cannot be fetched (Connection refused): look at the address, or try again later."
    )


def test_what_is_damaged_on_the_web_is_named_with_its_address(web: Site) -> None:
    base = publish(web)
    first = next(path for path in web.pages if "slots" in path)
    web.pages[first].body = web.pages[first].body.replace(making.LECTURES[1].starts.isoformat().encode(), b"soon", 1)
    web.pages[first].headers = {}
    with pytest.raises(Damaged) as refused:
        Source(base).programme(ZONE)
    assert str(refused.value) == f"{base}, slots/: results[0].start: “soon” is no date and time."


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("0.0.0.0", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("::10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b:1::5db8:d822", False),
        ("2002:a00:1::1", False),
        ("2002:5db8:d822::1", True),
        ("2001:0:5db8:d822::1", False),
    ],
)
def test_an_address_is_judged_by_the_one_that_it_carries(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_networks_of_ones_own_are_named() -> None:
    own = networks("192.168.1.7/24, 127.0.0.1")
    asked = ("192.168.1.200", "::ffff:192.168.1.200", "127.0.0.1", "192.168.2.1", "93.184.216.34")
    assert [is_public(address, own) for address in asked] == [True, True, True, False, True]


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("https://docs.google.com/spreadsheets/d/a-B_9/edit?gid=7#gid=7", "export?format=csv&gid=7"),
        ("https://docs.google.com/spreadsheets/d/a-B_9/edit#gid=12", "export?format=csv&gid=12"),
        ("https://docs.google.com/spreadsheets/d/a-B_9/", "export?format=csv&gid=0"),
        ("https://docs.google.com/spreadsheets/d/a-B_9/export?format=csv&gid=3", "export?format=csv&gid=3"),
        ("cards.csv", ""),
    ],
)
def test_the_page_of_a_google_sheet_leads_to_its_cards(named: str, there: str) -> None:
    assert direct(named) == (f"https://docs.google.com/spreadsheets/d/a-B_9/{there}" if there else named)
