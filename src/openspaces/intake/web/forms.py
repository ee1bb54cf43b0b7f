"""What somebody typed into a card's form: the fields as they are drawn, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.board.vocabulary import LONGEST_RUN, NAME_LENGTH, Cell, Code
from openspaces.board.words import LIMITS, Unfit, Words, clean
from openspaces.intake.statuses import status_of
from openspaces.wording import unfit_says


@dataclass(frozen=True)
class Field:
    """One field as the template draws it. `limit` is in letters; 0 means that it is not shown."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    limit: int = 0
    required: bool = False
    lines: int = 1
    autocomplete: str = "off"
    inputmode: str = "text"


@dataclass(frozen=True)
class Typed:
    """The values of a form, as typed, and the errors by field. Nothing that was typed is changed."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, "")

    @property
    def slots(self) -> int:
        """How many slots in a row; 0 if what was typed is no number that a card may have."""
        typed = self.value("slots") or "1"
        wanted = int(typed) if typed.isdecimal() and len(typed) <= 3 else 0
        return wanted if wanted <= LONGEST_RUN else 0

    def words(self) -> dict[str, Any]:
        """What the card is to say."""
        return {name: self.value(name) for name in Words.FIELDS}

    def with_errors(self, errors: Mapping[str, str]) -> "Typed":
        """The same with more errors."""
        return Typed(self.values, {**self.errors, **errors})

    def fields(self, *more: Field) -> list[Field]:
        """The fields of a card, with `more` after the title, and what was typed in them."""
        title, *optional = _card_fields()
        return self.filled(title, *more, *optional)

    def filled(self, *drawn: Field) -> list[Field]:
        """These fields with what was typed in them, and what is wrong with it."""
        return [_filled(each, self.value(each.name), self.errors.get(each.name, "")) for each in drawn]

    def fields_of_host(self) -> list[Field]:
        """The fields of whoever says that they host a card: a name is needed then."""
        title, text, host, *rest = _card_fields()
        return self.filled(title, text, replace(host, label=_("Your name"), required=True), *rest)


def typed_in(sent: Mapping[str, str]) -> Typed:
    """What a form sent, with the errors of the card's words."""
    names = (*Words.FIELDS, "slots", "where", "key", "idea", "cell", "email")
    values = {name: str(sent.get(name, "")) for name in names}
    errors = {name: said for name in Words.FIELDS if (said := fault(name, values[name]))}
    return Typed(values, errors)


def fault(name: str, typed: str) -> str:
    """Why `typed` cannot stand in a field of a card; "" if it can."""
    try:
        clean(name, typed)
    except Unfit as unfit:
        return unfit_says(unfit)
    return ""


def where_fault(typed: str) -> str:
    """Why `typed` cannot be the place of a card that is Elsewhere; "" if it can."""
    return fault("host", typed) if typed.strip() else _("Write where it is, so that people find you.")


def slots_fault(board: Board, cell: Cell, slots: int) -> str:
    """Why a card cannot have so many slots in a row from this cell; "" if the board has them."""
    longest = len(board.run(cell, LONGEST_RUN))
    if 1 <= slots <= longest:
        return ""
    return _("Choose a number from 1 to %(longest)d: there are no more hours in a row here.") % {"longest": longest}


def form_status(code: Code) -> int:
    """A refusal's status, but 422 where it is a field of the form that lacks."""
    return 422 if code is Code.PLACE_NEEDED else status_of(code)


def where_field() -> Field:
    """The field for the place, which only Elsewhere has."""
    return Field(
        "where", _("Where is it?"), hint=_("For example: on the lawn by door C"), limit=NAME_LENGTH, required=True
    )


def wish_field() -> Field:
    """The field for when and where a host would like to have it, in their own words."""
    hint = _("In your own words, such as “Friday at 2 pm in the big room”. It is a wish and books nothing.")
    return Field("wish", _optional(_("When and where would you like it?")), hint=hint, limit=LIMITS["wish"])


def email_field() -> Field:
    """The field for an address that is never shown."""
    hint = _(
        "For the edit link, word of what others do with your card, and a reminder on the day. Nobody else sees it, and"
        " it is deleted two weeks after the event."
    )
    return Field("email", _optional(_("Your e-mail address")), hint=hint, autocomplete="email", inputmode="email")


def _card_fields() -> tuple[Field, ...]:
    return (
        Field("title", _("Title"), limit=LIMITS["title"], required=True),
        Field("text", _optional(_("What is it about?")), limit=LIMITS["text"], lines=4),
        Field("host", _optional(_("Your name")), limit=LIMITS["host"], autocomplete="name"),
        Field("handle", _optional(_("Your handle")), hint=_("On any network, so that people can ask you")),
        Field("link", _optional(_("Link")), hint=_("A page with more, beginning with https://"), inputmode="url"),
    )


def _optional(label: str) -> str:
    return _("%(label)s (optional)") % {"label": label}


def _filled(drawn: Field, value: str, error: str) -> Field:
    return replace(drawn, value=value, error=error)


def field_labels() -> list[tuple[str, str]]:
    """The card's fields and what they are called."""
    return [
        ("title", _("Title")),
        ("text", _("What is it about?")),
        ("host", _("Name")),
        ("handle", _("Handle")),
        ("link", _("Link")),
        ("wish", _("Wish")),
    ]
