"""What the ways out need somebody for: something to approve, or a destination that the program stopped by itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.delivery.destinations import rows_of
from openspaces.delivery.known import push_named
from openspaces.delivery.rows import asked
from openspaces.intake.web.desk.items import Draft, Item, Link
from openspaces.intake.web.desk.visiting import desk_url


@dataclass(frozen=True)
class Wanting:
    """A destination that wants somebody: how many things wait to be approved, or why it was stopped."""

    id: int
    name: str
    asked: int = 0
    trouble: str = ""


def wanting(event: str) -> tuple[Wanting, ...]:
    """Ask the database: two queries."""
    counts = Counter(each.destination for each in asked(event))
    found = (
        Wanting(row.pk, row.name, counts[row.pk], row.trouble if row.stopped and not row.stopped_by else "")
        for row in rows_of(event)
        if push_named(row.outlet)
    )
    return tuple(each for each in found if each.asked or each.trouble)


def way_items(event: str, wanted: tuple[Wanting, ...]) -> Iterator[Draft]:
    """One item for each of them; it is answered on the page of the destination."""
    yield from (partial(_item, event, each) for each in wanted)


def _item(event: str, each: Wanting) -> Item:
    link = Link(desk_url(event, "out", each.id), _("Look at it"))
    if each.asked:
        says = ngettext("%(count)d thing to approve: %(name)s", "%(count)d things to approve: %(name)s", each.asked)
        return Item(f"out-{each.id}", says % {"count": each.asked, "name": each.name}, link=link)
    says = _("Nothing is sent any more: %(name)s") % {"name": each.name}
    return Item(f"out-{each.id}", says, facts=(each.trouble,), link=link)
