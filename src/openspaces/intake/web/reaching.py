"""How a card's host can be reached: they leave an address, another one, or none. The page never tells it in full."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from openspaces.board.state import Card
from openspaces.intake.reading import reading
from openspaces.intake.web.forms import Typed, email_field
from openspaces.intake.web.visiting import Visit
from openspaces.people.contacts import contact_of, keep_contact

LONGEST_ADDRESS = 254


def email_fault(typed: str) -> str:
    """Why `typed` is no address; "" if it is one, or empty."""
    if not typed.strip():
        return ""
    try:
        validate_email(typed.strip())
    except ValidationError:
        return _("Write an address such as ada@example.org, or leave it empty.")
    return "" if len(typed.strip()) <= LONGEST_ADDRESS else _("This address is too long.")


async def reach(visit: Visit, card: Card) -> str:
    """Keep the address that was typed, or none any more; why it cannot be kept, else ""."""
    typed = "" if visit.typed("do") == "unreach" else visit.typed("email")
    if why := email_fault(typed):
        return why
    if typed.strip() or visit.typed("do") == "unreach":
        await reading(keep_contact, visit.event, card.code, typed)
    return ""


async def reached(visit: Visit, card: Card, error: str = "") -> dict[str, Any]:
    """The form: what is kept, so that its host knows it again and nobody else could write to it, and the field."""
    (field,) = Typed({"email": visit.typed("email") if error else ""}, {"email": error}).filled(email_field())
    return {"kept": _known_again(await reading(contact_of, visit.event, card.code)), "field": field}


def _known_again(address: str) -> str:
    """Such as w…@example.org; nothing where there is none."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}…@{host}" if address else ""
