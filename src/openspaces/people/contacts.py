"""How to reach a card's host, where they left an address. It is nobody's to read but the program's and the staff's."""

from openspaces.people.models import Contact


def keep_contact(event: str, card: str, email: str) -> None:
    """Keep a card's address in place of the one before; an empty one takes it away."""
    if email.strip():
        Contact.objects.update_or_create(event=event, card=card, defaults={"email": email.strip()})
    else:
        Contact.objects.filter(event=event, card=card).delete()


def contact_of(event: str, card: str) -> str:
    """The address of a card's host; "" if none was left."""
    return Contact.objects.filter(event=event, card=card).values_list("email", flat=True).first() or ""
