"""A board whose server sends real letters, and the way through its door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect
from tests.camp import SLUG, event_file, written
from tests.mailbox import Mailbox, mailbox
from tests.servers import Installation, serving

ADA = "ada@example.org"


@dataclass(frozen=True)
class WithMail(Installation):
    """An installation that sends mail."""

    smtp: str = ""

    def environment(self) -> dict[str, str]:
        """The same, with a mail server."""
        return super().environment() | {"OPENSPACES_SMTP": self.smtp}


@dataclass(frozen=True)
class Door:
    """A served board with a mailbox for everybody's letters."""

    address: str
    box: Mailbox
    token: str

    def url(self, path: str) -> str:
        """An address of the site."""
        return f"{self.address}{path}"


@contextmanager
def opened(data: Path, placing: str = "anyone") -> Iterator[Door]:
    """A camp under the name that browsers give passkeys to."""
    with mailbox() as (box, port):
        home = WithMail(data / "data", event=SLUG, limits="off", smtp=f"smtp://127.0.0.1:{port}")
        policy = f'[policy]\nplacing = "{placing}"\n'
        home = replace(home, token=home.plan(written(data, event_file() + policy))["token"])
        with serving(home) as (server,):
            yield Door(server.address.replace("127.0.0.1", "localhost"), box, home.token)


def sign_in(page: Page, door: Door, onward: str = "", email: str = ADA) -> None:
    """Ask for a code, read the letter and type it."""
    page.goto(door.url(f"/accounts/login/{onward}"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Type your code")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(door.box.code().lower().replace(" ", ""))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Type your code")).to_have_count(0)


def become_organiser(page: Page, door: Door) -> None:
    """Type the staff token that came with the event."""
    page.goto(door.url(f"/{SLUG}/staff/"))
    page.get_by_label("Token").fill(door.token)
    page.get_by_role("button", name="This is me").click()
    expect(page.get_by_role("heading", name="You are organiser here")).to_be_visible()


@contextmanager
def authenticator(context: BrowserContext, page: Page) -> Iterator[None]:
    """The device has a lock that its owner opens at once."""
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    lock = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**lock, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    device.send("WebAuthn.disable")
