"""Mail from a board: hosts who left an address, a worker whose clock the test turns, and what lies in the box."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage

from tests.delivery.trial import Working
from tests.drawing import EVE, EVENT, code
from tests.mailbox import Mailbox

from openspaces.board.moves import Move
from openspaces.board.outcome import Outcome
from openspaces.board.play import play
from openspaces.board.voices import Voice
from openspaces.delivery.known import know
from openspaces.outlets.email import EMAIL
from openspaces.people.contacts import keep_contact, linked
from openspaces.people.who import Who

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ADA, BOB = "ada@example.org", "bob@example.org"


class Post:
    """A board that sends mail. `at` is the time there."""

    def __init__(self, box: Mailbox, at: datetime) -> None:
        self.box, self.working = box, Working(at)
        self._read = 0

    @property
    def at(self) -> datetime:
        return self.working.at

    def done(self, move: Move | Voice, by: Who) -> Outcome:
        """Somebody does something now."""
        outcome = play(EVENT, move, by=by, at=self.at)
        assert outcome.refusal is None, outcome.refusal
        return outcome

    def on(self, by: timedelta = timedelta()) -> None:
        """Time goes on."""
        self.working.on(by)

    def tick(self, by: timedelta) -> None:
        """Time goes on, and the worker looks once."""
        self.working.at += by
        self.working.worker.turn(self.at)
        self.working.worker.settle(self.at)

    def until(self, at: datetime) -> None:
        """Time goes on to then."""
        self.on(at - self.at)

    def came(self) -> list[EmailMessage]:
        """The letters that came since this was asked last."""
        letters = self.box.letters[self._read :]
        self._read += len(letters)
        return letters

    def subjects(self) -> list[tuple[str, str]]:
        """To whom they went, and what about; of one reader the first first, for readers do not wait for each other."""
        found = [(str(letter["X-Was-For"]), subject(letter)) for letter in self.came()]
        return sorted(found, key=lambda each: each[0])

    def text(self) -> list[str]:
        """The paragraphs of the only letter that came, without its foot."""
        (letter,) = self.came()
        return paragraphs(letter)


@contextmanager
def sending(box: Mailbox, at: datetime = EVE) -> Iterator[Post]:
    """The program sends mail, and nothing else, from then on."""
    know((EMAIL,))
    post = Post(box, at)
    try:
        yield post
    finally:
        post.working.worker.stop()
        know(())


def reach(title: str, email: str) -> None:
    """The host of a card left an address, and has had the edit link for long."""
    keep_contact(EVENT, code(title), email)
    linked(EVENT, code(title), EVE)


def subject(letter: EmailMessage) -> str:
    """What a letter is about; a long one begins on the line after its name."""
    return str(letter["Subject"]).strip()


def plain(letter: EmailMessage) -> str:
    """A letter as readers of plain text see it."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def marked(letter: EmailMessage) -> str:
    """A letter as HTML."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def paragraphs(letter: EmailMessage) -> list[str]:
    """What a letter says in plain text, without its foot, and without the secrets in its links."""
    said = plain(letter).partition("\n-- \n")[0].strip()
    return re.sub(r"#[A-Z2-7-]{23}", "#KEY", said).split("\n\n")
