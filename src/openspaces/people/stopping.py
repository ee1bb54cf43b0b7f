"""Who wants no more mail of an event: stopped and begun again by a link that only mail to that address carries."""

from collections.abc import Iterable
from hmac import compare_digest

from openspaces.people.keys import mail_stop
from openspaces.people.models import Contact, MailStopped, Membership


def stop_mail(event: str, key: str) -> None:
    """Send nothing more to the address of that link."""
    MailStopped.objects.get_or_create(event=event, address=key)


def begin_mail(event: str, key: str) -> None:
    """Send there again."""
    MailStopped.objects.filter(event=event, address=key).delete()


def is_stopped(event: str, address: str) -> bool:
    """Whether nothing is to be sent to an address."""
    return MailStopped.objects.filter(event=event, address=mail_stop(event, address)).exists()


def stopped(event: str, key: str) -> bool | None:
    """Whether the address of that link is stopped; None if the link is none of ours, or the address is erased."""
    if MailStopped.objects.filter(event=event, address=key).exists():
        return True
    known = {address for table in (Contact, Membership) for address in _addresses(table, event)}
    ours = any(compare_digest(mail_stop(event, each).encode(), key.encode()) for each in known)
    return False if ours else None


def _addresses(table: type[Contact] | type[Membership], event: str) -> Iterable[str]:
    return table.objects.filter(event=event).values_list("email", flat=True)
