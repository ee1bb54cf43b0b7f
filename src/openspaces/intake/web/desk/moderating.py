"""What somebody has to read: reports, hidden texts, the cards of new hosts."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.moves.base import Left
from openspaces.board.moves.moderation import all_of
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage, Standing
from openspaces.board.words import Words
from openspaces.intake.web.desk.items import Answer, Draft, Item, Link, Reasoned, Voices, named, quoted
from openspaces.intake.web.desk.visiting import desk_url
from openspaces.intake.web.links import stage_says
from openspaces.people.keys import is_by_mail
from openspaces.wording import apart, wished_says


def report_items(board: Board, abuse: list[Voices], left: Left, removes: bool) -> Iterator[Draft]:
    """Cards that people reported, and those that are shielded for another reason. What was approved has been read.
    `board` has the true words."""
    for voices in abuse:
        card = board.cards[voices.card]
        if card.standing in (Standing.LIVE, Standing.SHIELDED):
            yield partial(_reported, board, card, voices, left, removes)
    told = {voices.card for voices in abuse}
    for card in board.in_order():
        if card.standing is Standing.SHIELDED and card.code not in told:
            yield partial(_item, board, card, _("A card is hidden until somebody has read it."), left, removes)


def held_items(board: Board, left: Left, removes: bool) -> Iterator[Draft]:
    """Cards of new hosts that nobody can read yet."""
    for card in board.in_order():
        if card.standing is Standing.HELD and not card.withdrawn:
            yield partial(_item, board, card, _waits_says(card), left, removes)


def _waits_says(card: Card) -> str:
    """What waits: what came by mail belongs to no device, and an idea to nobody."""
    if card.hand and not is_by_mail(card.hand):
        return _("A new host's card waits until somebody has read it.")
    if card.stage is Stage.IDEA:
        return _("An idea that came by mail waits until somebody has read it.")
    return _("A session that came by mail waits until somebody has read it.")


def _reported(board: Board, card: Card, voices: Voices, left: Left, removes: bool) -> Item:
    says = ngettext("%(count)d person reports %(title)s.", "%(count)d people report %(title)s.", voices.count) % {
        "count": voices.count,
        "title": quoted(card),
    }
    return _item(board, card, says, left, removes, voices)


def _item(board: Board, card: Card, says: str, left: Left, removes: bool, voices: Voices | None = None) -> Item:
    title = card.words.title
    because = voices.reasons[0] if voices and voices.reasons else ""
    return Item(
        id=f"read-{card.code}",
        says=says,
        whose=named(card),
        card=card.code,
        facts=(*_state(card), *_present(voices), stage_says(board, card), *wish_facts(board, card)),
        words=card.words if _says_more(card.words) else Words(title),
        quotes=voices.reasons if voices else (),
        answers=(Answer(f"approve {card.edited}", _("It may stand"), title),),
        reasoned=tuple(_hiding(board, card, because, left, removes)),
        link=Link(desk_url(board.event, "cards", card.code), _("What happened to it")),
        weighed=True,
    )


def wish_facts(board: Board, card: Card) -> Iterator[str]:
    """What its host wishes for, and what was understood of it."""
    if card.words.wish:
        yield _("Wish: “%(wish)s”") % {"wish": apart(card.words.wish)}
    if wished := wished_says(board, card.wished) if card.wished else "":
        yield _("Understood: %(wish)s.") % {"wish": wished}


def _says_more(words: Words) -> bool:
    return any((words.text, words.host, words.handle, words.link))


def _state(card: Card) -> Iterator[str]:
    if card.hidden:
        yield _("Nobody else can read it now.")
    else:
        yield _("Everybody can read it now.")


def _present(voices: Voices | None) -> Iterator[str]:
    if voices:
        yield ngettext("%(present)d of them is here", "%(present)d of them are here", voices.present) % {
            "present": voices.present
        }


def _hiding(board: Board, card: Card, because: str, left: Left, removes: bool) -> Iterator[Reasoned]:
    """Facilitators remove; helpers hide until a facilitator has read it."""
    why = _("Why? The log keeps this.")
    if not card.hidden:
        yield Reasoned("shield", _("Hide it for now"), why, because)
    if not removes:
        return
    yield Reasoned("remove", _("Remove it"), why, because, danger=True)
    if (theirs := len(all_of(board, card, left))) > 1:
        says = ngettext("Remove its %(cards)d card", "Remove all %(cards)d cards of this device", theirs)
        yield Reasoned("remove-all", says % {"cards": theirs}, why, because, danger=True)
