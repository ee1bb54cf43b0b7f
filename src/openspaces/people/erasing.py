"""What people left with us goes when its time has come: addresses, roles, who holds which card, what phones hear."""

from collections.abc import Collection
from datetime import datetime

from openspaces.people.models import Contact, Holding, MailStopped, Membership, RoleGiven, Subscription


def erase_people(events: Collection[str], left_before: datetime) -> int:
    """Erase what was left at these events before then; how many rows went. Links and tokens open as before."""
    tables = (Contact, Holding, MailStopped, RoleGiven, Membership, Subscription)
    return sum(table.objects.filter(event__in=events, at__lt=left_before).delete()[0] for table in tables)
