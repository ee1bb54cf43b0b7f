"""The desk as staff use it without a script: what stands on a page, and the buttons that they press there."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from tests.drawing import EVENT
from tests.intake.event import Visitor, now, titled

from openspaces.board.moves import AddDay, AddRoom, MakeEvent, Move, Profile, WriteCard
from openspaces.board.play import Outcome, play
from openspaces.board.state import Day, Policy, Room, Slot
from openspaces.board.vocabulary import Cell, Competing, Placing
from openspaces.board.voices import Report, Voice, What
from openspaces.people.staff import LINK, make_token, written
from openspaces.people.who import PROGRAM, Role, Who

DESK = f"/{EVENT}/desk/"
EMPTY = "Nothing needs you. Enjoy the hall."
KEPT_BY_THE_DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)


def with_role(role: Role) -> Visitor:
    """Somebody whose device opened a link of that role."""
    visitor = Visitor()
    visitor.send("staff/", token=written(make_token(EVENT, LINK, role=role, note=f"{role}'s phone")))
    return visitor


def desk(role: Role = Role.FACILITATOR) -> "Sheet":
    """The desk's list, as somebody with that role sees it."""
    return Sheet(with_role(role), DESK)


class Sheet:
    """One page: its sentences, its buttons by the names that everybody hears, and what their forms send."""

    def __init__(self, visitor: Visitor, path: str) -> None:
        self._visitor = visitor
        self._read(visitor.client.get(path if path.startswith("/") else f"/{EVENT}/{path}"))

    def _read(self, answer: Any) -> None:
        self.status = answer.status_code
        self.path = answer.request["PATH_INFO"]
        self.source = answer.content.decode()
        self.page = _Tree(self.source).root

    def all(self, path: str) -> list[Element]:
        """The elements of a path as ElementTree writes it."""
        return self.page.findall(f".//{path.removeprefix('//')}")

    def values(self, path: str, name: str = "value") -> list[str]:
        """What they have as an attribute."""
        return [each.attrib[name] for each in self.all(path) if name in each.attrib]

    def texts(self, path: str) -> list[str]:
        """What they say."""
        return [_text(each) for each in self.all(path)]

    @property
    def items(self) -> list[str]:
        """The sentences of the list."""
        return self.texts("ul[@id='items']/li/h2")

    @property
    def told(self) -> str:
        """What is said of what was done, or was not."""
        return " ".join(self.texts("div[@id='told']//p"))

    @property
    def buttons(self) -> list[str]:
        """The names of the buttons that send something."""
        return [_name(button) for form in self.all("form") for button in _buttons(form)]

    def send(self, **fields: Any) -> "Sheet":
        """Send fields to the page itself, files among them."""
        self._read(self._visitor.client.post(self.path, fields))
        return self

    def press(self, name: str, /, **typed: str) -> "Sheet":
        """Press the only button of that name, with something typed into the fields of its form."""
        (found,) = [(form, each) for form in self.all("form") for each in _buttons(form) if _name(each) == name]
        form, button = found
        fields = {**_filled(form), **typed}
        if button.get("name"):
            fields[button.get("name", "")] = button.get("value", "")
        answer: Any = self._visitor.client.post(form.get("action") or self.path, fields)
        if answer.status_code == 303:
            answer = self._visitor.client.get(answer["Location"])
        self._read(answer)
        return self


class _Tree(HTMLParser):
    """A page as a tree. It has to be closed as XML is, but for what HTML never closes."""

    VOID = ("input", "img", "meta", "link", "br", "hr")

    def __init__(self, source: str) -> None:
        super().__init__()
        self._tree = TreeBuilder()
        self._tree.start("page", {})
        self.feed(source)
        self._tree.end("page")
        self.root = self._tree.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in self.VOID:
            self._tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self._tree.end(tag)

    def handle_data(self, data: str) -> None:
        self._tree.data(data)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _buttons(form: Element) -> list[Element]:
    return [each for each in form.iter("button") if "disabled" not in each.attrib and each.get("type") != "button"]


def _name(button: Element) -> str:
    return " ".join((button.get("aria-label") or _text(button)).split())


def _filled(form: Element) -> dict[str, str]:
    """What the form sends before anybody has typed."""
    fields = {}
    for each in form.iter("input"):
        if "name" in each.attrib and (each.get("type") != "checkbox" or "checked" in each.attrib):
            fields[each.attrib["name"]] = each.get("value", "")
    fields |= {each.attrib["name"]: each.text or "" for each in form.iter("textarea")}
    for each in form.iter("select"):
        (chosen,) = [option for option in each.iter("option") if "selected" in option.attrib] or [
            next(each.iter("option"))
        ]
        fields[each.attrib["name"]] = chosen.get("value", "")
    return fields


def done(move: Move | Voice, by: Who = PROGRAM) -> Outcome:
    """A move or voice of somebody else that is not refused."""
    outcome = play(EVENT, move, by=by)
    assert outcome.refusal is None, outcome.refusal
    return outcome


def claim(title: str, cell: Cell, hand: str = "") -> str:
    """A host's card that asks for a cell; its code."""
    move = WriteCard(title=title, host=title[0] + "…", cells=(cell,), claim=True)
    return done(move, Who(hand or title.lower())).changes[0].card


def told_of(title: str, people: int, what: What = What.ABUSE, reason: str = "Rude", present: bool = True) -> None:
    """Some people tell something of a card."""
    for number in range(people):
        done(Report(card=titled(title).code, what=what, reason=reason), Who(f"reader{number}", present=present))


def contest() -> int:
    """The number of the newest contest."""
    return max(now().contests)


def furnish_the_present(policy: Policy = Policy(), ago: int = 20) -> tuple[Slot, Slot]:  # noqa: B008 - it is frozen
    """An event that runs now: two slots of an hour, the first of which began so many minutes ago."""
    starts = datetime.now(UTC) - timedelta(minutes=ago)
    on = starts.date()
    times = [starts + timedelta(hours=hours) for hours in range(3)]
    slots = [Slot(f"{at:%m%d-%H%M}", on, at, until) for at, until in pairwise(times)]
    rooms = ("oak", "elm")
    done(MakeEvent(profile=Profile(name="Camp", timezone="UTC", policy=policy)))
    for key in rooms:
        done(AddRoom(room=Room(key, key.capitalize())))
    done(AddDay(day=Day(on, tuple(slots), rooms)))
    return slots[0], slots[1]
