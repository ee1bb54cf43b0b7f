"""Every answer has the headers by which browsers guard it, without exceptions: each address, each kind of answer."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import httpx
import pytest
from tests.routes import FILLED, LINES, PUBLIC, STREAMS
from tests.servers import Installation, installation, serving

PAGE = (
    "connect-src 'self'; img-src 'self' data:; manifest-src 'self'; style-src 'self'; base-uri 'none'; "
    "default-src 'none'; font-src 'self'; script-src 'self'; form-action 'self'; frame-ancestors 'none'"
)
FRAMED = PAGE.replace("form-action 'self'", "form-action 'none'").replace("frame-ancestors 'none'", "frame-ancestors *")
NOTHING = "default-src 'none'"
POLICIES = {
    "image/svg+xml": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "application/pdf": "base-uri 'none'; form-action 'none'",
}
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000",
}
OF_PAGES = {"x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin"}
STRANGE = (
    "/nowhere/", "/race/nowhere", "/static/nothing.css", "/race", "/favicon.ico", "/robots.txt", "/os?day=x",
    "/oembed?url=x", "/race/board.png?w=x", "/race/cards/NOCARD/", "/api/race/nothing", "/api/nowhere/board", "//race/",
)  # fmt: skip
NAMES = ("content-security-policy", "cross-origin-resource-policy", *ALWAYS, *OF_PAGES)


class Asked(NamedTuple):
    """A question, and the headers of its answer."""

    what: str
    status: int
    headers: httpx.Headers

    def guards(self) -> dict[str, str]:
        """Those by which a browser guards it."""
        return {name: in_order(self.headers[name]) for name in NAMES if name in self.headers}

    def expected(self) -> dict[str, str]:
        """What they must be. A browser keeps those that it was told with the page: a 304 says none anew, or weaker."""
        if self.status == 304:
            return {}
        kind = self.headers.get("content-type", "").partition(";")[0]
        framed, is_open = self.what.startswith("GET /embed/"), "access-control-allow-origin" in self.headers
        policy = (FRAMED if framed else PAGE) if kind == "text/html" else POLICIES.get(kind, NOTHING)
        by_django = OF_PAGES if "x-frame-options" in self.headers else {}  # it says so of JSON too
        own = "cross-origin" if framed or is_open else "same-origin"
        of_pages = OF_PAGES if kind == "text/html" and not framed else by_django
        strict = {"content-security-policy": PAGE if by_django else policy}
        strict = {name: in_order(value) for name, value in strict.items()}
        return {**ALWAYS, **strict, "cross-origin-resource-policy": own, **of_pages}


def in_order(policy: str) -> str:
    """The same policy, its directives in one order."""
    return "; ".join(sorted(policy.split("; ")))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """Every address, asked in every way."""
    with (
        installation(tmp_path_factory.mktemp("guards")) as home,
        serving(Public(**vars(home))) as (server,),
        httpx.Client(base_url=server.address, timeout=60) as client,
    ):
        return list(asked(client))


class Public(Installation):
    """The same, with a public address."""

    def environment(self) -> dict[str, str]:
        return super().environment() | {"OPENSPACES_URL": "https://board.example"}


def asked(client: httpx.Client) -> Iterator[Asked]:
    code = client.post("/api/race/cards", json={"title": "Chess"}).json()["code"]
    day = client.get("/race/board.json").json()["slots"][0]["day"]
    filled = {**FILLED, "event": "race", "code": code, "day": day, "number": "1", "contest": "1", "place": "1"}
    filled |= {"member": "1", "device": "1"}
    static = sorted(set(re.findall(r'/static/[^"]+', client.get("/race/").text)))
    reads = dict.fromkeys([*PUBLIC, *(line.path for line in LINES if line.method == "GET")])
    for path in [*(each.format(**filled) for each in reads if not each.endswith("/live")), *static, *STRANGE]:
        yield said(client.get(path), f"GET {path}")
    for line in (line for line in LINES if line.method != "GET"):
        path = line.path.format(**filled)
        yield said(client.request(line.method, path, json={}), f"{line.method} {path}")
    for path in ("/race/", "/race/board.ics", "/os.png"):
        tag = client.get(path).headers["etag"]
        yield said(client.get(path, headers={"If-None-Match": tag}), f"GET {path} again")
    for path in ("/race/cards/new/", "/api/race/cards", "/accounts/login/"):
        away = client.post(path, headers={"Sec-Fetch-Site": "cross-site"})
        yield said(away, f"POST {path} from another site")
    for path in STREAMS[:2]:
        with client.stream("GET", path.format(event="race")) as stream:
            yield said(stream, f"GET {path}")


def said(answer: httpx.Response, what: str) -> Asked:
    return Asked(what, answer.status_code, answer.headers)


def test_every_answer_has_its_guards_and_no_weaker_ones(answers: list[Asked]) -> None:
    wrong = {(each.what, each.status): each.guards() for each in answers if each.guards() != each.expected()}
    assert wrong == {}
    assert {each.status // 100 for each in answers} == {2, 3, 4}
    assert [each.status for each in answers if each.what.endswith(" again")] == [304] * 3


def test_control_an_answer_without_one_is_found(answers: list[Asked]) -> None:
    page = next(each for each in answers if each.what == "GET /race/")
    for name in page.guards():
        less = httpx.Headers({key: value for key, value in page.headers.items() if key != name})
        assert page._replace(headers=less).guards() != page._replace(headers=less).expected(), name
