"""Letters as mail programs write them, and the board that they are sent to."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from openspaces.board.moves import FollowPlan, Plan
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board, Card
from openspaces.intake.file import read_file
from openspaces.people.who import PROGRAM

EVENT = "pyconus2022"
ADDRESS = f"{EVENT}@board.example"
ADA = "Ada Lovelace <ada@example.org>"
LINE = (
    "April 29, Room 250DE from 7pm - 8pm: Open Teams Incubator will focus on entrepreneurship, connecting those"
    " interested in learning about starting their own Python company, investing in a start-up and more."
)
"""A planned session as the page of PyCon US 2022 lists it."""
EXAMPLES = Path(__file__).parents[3] / "src" / "openspaces" / "examples"


def letter(
    text: str,
    subject: str = "",
    sender: str = ADA,
    to: str = ADDRESS,
    message_id: str = "<1@example.org>",
    **headers: str,
) -> bytes:
    """A letter in plain text; `headers` have underscores for hyphens."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def html_letter(html: str, subject: str = "", sender: str = ADA, message_id: str = "<1@example.org>") -> bytes:
    """A letter in HTML alone."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, ADDRESS, subject, message_id
    mail.set_content(html, subtype="html")
    return mail.as_bytes()


def raw(*lines: str | bytes) -> bytes:
    """A letter as it goes over the wire, line by line."""
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)


def furnish(event: str = EVENT) -> None:
    """Make an event of our example files in the database, without the cards that its file has."""
    follow(read_file(EXAMPLES / f"{event}.toml"))


def follow(plan: Plan) -> None:
    """Make or change the event of a plan, without its cards."""
    assert play(plan.event, FollowPlan(plan=replace(plan, cards=())), by=PROGRAM).refusal is None


def now(event: str = EVENT) -> Board:
    """The board as the database has it."""
    board = board_now(event)
    assert board is not None
    return board


def cards(event: str = EVENT) -> list[Card]:
    """Every card, oldest first."""
    return now(event).in_order()
