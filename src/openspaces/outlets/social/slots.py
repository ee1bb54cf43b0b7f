"""The post about one slot: which cards begin then and where, and what is no longer so of what was posted before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Slot
from openspaces.board.vocabulary import Cell
from openspaces.delivery.holding import is_told
from openspaces.lib.graphemes import cut
from openspaces.look.cards import told
from openspaces.look.sharing import harmless
from openspaces.outlets.social.drafts import TITLE, Draft
from openspaces.outlets.social.service import MOST, Receipt, marked
from openspaces.wording import apart, clock, placement_says

ALT = 900
"""Letters of the text for those who do not see the picture."""
_HELD = "…"
"""In place of the line of a card that was posted and will be again: the post is wrong without it."""


def slot_draft(board: Board, slot: Slot, earlier: Receipt | None) -> Draft:
    """What there is to say about a slot, in the language that is active."""
    time = clock(board.local(slot.starts))
    here = list(_cards_in(board, slot))
    said = {card.code: line for card, line in here}
    starts = [line for card, line in here if card.cells and board.slot_of(card.cells[0]) == slot]
    gone = {code: line for code in (earlier.cards if earlier else ()) if (line := _gone(board, code, said))}
    held = {code: _HELD for code in (earlier.cards if earlier else ()) if _is_held(board.cards.get(code))}
    marks = tuple(marked(code, line) for code, line in {**said, **gone, **held}.items())
    alt = _("The board at %(time)s. %(cards)s") % {"time": time, "cards": _("; ").join(said.values())}
    return Draft(
        board,
        _("Next, %(time)s:") % {"time": time},
        (*starts, *gone.values()),
        marks[:MOST],
        slot if len(said) <= MOST else None,  # a picture of more cards than we could remember is not sent
        cut(alt, ALT),
    )


def _is_held(card: Card | None) -> bool:
    """Whether a card that was posted says something else now, which has to stand for a while."""
    return card is not None and not card.hidden and not is_told(card)


def _cards_in(board: Board, slot: Slot) -> Iterator[tuple[Card, str]]:
    """The cards of a slot, room by room, each with its line: all that the picture names."""
    day, seen = board.day(slot.day), set()
    for room in day.rooms if day else ():
        cell = Cell(room, slot.key)
        contest = board.contest_at(cell)
        asking = (*board.claimed_by(cell), *(board.cards[code] for code in (contest.cards if contest else ())))
        for card in (*board.cards_at(cell), *asking):
            if not card.hidden and is_told(card) and card.code not in seen:
                seen.add(card.code)
                yield card, _line(board, card, cell)


def _line(board: Board, card: Card, cell: Cell) -> str:
    room = board.room(cell.room)
    where = told(card, card.placement).where if card.placement and cell in card.cells else ""
    place = harmless(where) or (room.name if room else cell.room)
    return _("%(room)s: %(title)s") % {"room": apart(place), "title": apart(title_of(card))}


def title_of(card: Card) -> str:
    """A card's title as it may stand in a post of ours."""
    return harmless(cut(card.words.title, TITLE))


def _gone(board: Board, code: str, here: dict[str, str]) -> str:
    """What became of a card that was posted with a slot; nothing where that is hidden, or it is still there."""
    card = board.cards.get(code)
    if code in here or card is None or card.hidden or not is_told(card):
        return ""
    whole = board.whole(card)
    facts = {"title": apart(title_of(card)), "other": apart(title_of(whole))}
    if whole.hidden or not is_told(whole):
        return ""
    if whole is not card:
        return _("“%(title)s” is now part of “%(other)s”") % facts
    if card.placement:
        where = harmless(placement_says(board, card.placement))
        return _("“%(title)s” moved: %(where)s") % {**facts, "where": where}
    return (_("“%(title)s” looks for a new room") if card.owed else _("“%(title)s” is off")) % facts
