"""What the program tells on the terminal: addresses, secrets for the staff, and what it left as it was."""

import gettext
from pathlib import Path
from typing import TYPE_CHECKING

from openspaces.lib import network
from openspaces.starting import HOST, base_url

if TYPE_CHECKING:
    from openspaces.board.moves import Plan

_ = gettext.translation("terminal", Path(__file__).parent / "locale", fallback=True).gettext


def addresses(host: str, port: int) -> list[str]:
    """Where to open the board, how to let others in, and a loud word where limits are off."""
    from openspaces.settings import BASE_URL, LIMITS

    here = network.address(host, port)
    told = [_("Open %(address)s") % {"address": here}]
    if here != BASE_URL:
        told.append(_("Links and QR codes lead to %(url)s (OPENSPACES_URL).") % {"url": BASE_URL})
    if host in network.ANY:
        told.append(_("On this machine also http://127.0.0.1:%(port)d") % {"port": port})
    if host == HOST and network.in_the_network():
        others = network.address("0.0.0.0", port)  # noqa: S104 - a name, nothing listens
        told.append(_("With --host 0.0.0.0, phones on the same network open %(others)s") % {"others": others})
    if not LIMITS:
        told.append(_("*** RATE LIMITS ARE OFF (OPENSPACES_LIMITS=off). Never run like this on an open network. ***"))
    return told


def demo_events() -> list[str]:
    """The demo's events, made if need be, each with its secrets."""
    from openspaces import demo

    told = []
    for event in demo.fill():
        told += ["", *links(staff_links(event))]
    return told


def staff_links(event: str) -> dict[str, str]:
    """An event's address, organiser's link and staff token."""
    from openspaces.people.staff import first_tokens

    link, token = first_tokens(event)
    url = f"{base_url()}/{event}/"
    return {"event": event, "url": url, "organiser_link": f"{url}staff/#{link}", "token": token}


def links(staff: dict[str, str]) -> list[str]:
    """The same as lines to read."""
    return [
        _("Board: %(url)s") % staff,
        _("  Organiser's link (a secret: open it on the devices that run the board): %(organiser_link)s") % staff,
        _("  Staff token (a secret: for programs): %(token)s") % staff,
    ]


def followed(event: str, changes: int) -> str:
    """That an event is as its file says."""
    if not changes:
        return _("%(event)s is as the file says already.") % {"event": event}
    return _("%(event)s is as the file says now. Changes: %(changes)d.") % {"event": event, "changes": changes}


def kept_cells(plan: "Plan") -> list[str]:
    """What the file dropped or closed while cards stand there: a sentence for each of these cells."""
    from openspaces.board.moves.plan import kept_back
    from openspaces.board.read import board_now
    from openspaces.wording import cell_says

    board = board_now(plan.event)
    assert board is not None
    says = _("Kept, for a card stands there: %(cell)s (%(key)s), “%(cards)s”. Move it, then load the file again.")
    cells = [cell for kept in kept_back(board, plan) for cell in kept.cells]
    titles = {cell: "”, “".join(card.words.title for card in board.cards_at(cell)) for cell in cells}
    return [says % {"cell": cell_says(board, cell), "key": cell, "cards": titles[cell]} for cell in cells]
