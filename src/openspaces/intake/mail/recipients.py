"""For which event a letter is, by the address that it was sent to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

IDEAS = ("idea", "ideas")


@dataclass(frozen=True, slots=True)
class Recipient:
    """An event, and whether what is sent to the address is an idea whatever it says."""

    event: str
    idea: bool = False


def recipient(address: str, events: Collection[str]) -> Recipient | None:
    """`pyconus2022@…`, `pyconus2022+idea@…`, `openspaces+pyconus2022@…`; where there is one event, any address. None if
    the address is nobody's."""
    local = address.strip("<> ").rpartition("@")[0].lower()
    name, _plus, more = local.partition("+")
    for event, rest in ((name, more), (more, name)):
        if event in events:
            return Recipient(event, rest in IDEAS)
    if len(events) == 1 and local:
        return Recipient(next(iter(events)), name in IDEAS or more in IDEAS)
    return None


def first_recipient(addresses: Iterable[str], events: Collection[str]) -> Recipient | None:
    """The first of several addresses that names an event; where there is one event, that."""
    named = [found for address in addresses if (found := recipient(address, events))]
    if named:
        return named[0]
    return Recipient(next(iter(events))) if len(events) == 1 else None
