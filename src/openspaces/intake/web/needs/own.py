"""What this host asked for and waits for, and what is so with the card: contest, claim, wish, hidden, still on."""

from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.moves.settling import wanted_in
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Deal, Standing
from openspaces.intake.web.asking_for import do_for
from openspaces.intake.web.contending import decides_says
from openspaces.intake.web.needs.need import Answer, Link, Need, contest_link, offers_of
from openspaces.look.cells import quoted
from openspaces.look.hosting import ASKED_BEFORE, last_contest, nearest, where_says
from openspaces.people.who import Who
from openspaces.wording import in_a_row, outcome_says


def still_on(board: Board, card: Card, at: datetime) -> Need | None:
    """Shortly before its slot, and while that runs, a host is asked whether it is on."""
    if card.placement is None or card.confirmed or board.contest_of(card.code):
        return None
    starts, ends = board.time_of(card.placement)
    if not starts - ASKED_BEFORE <= at < ends:
        return None
    says = _("Is it still on? %(where)s.") % {"where": where_says(board, card.placement)}
    answers = (Answer("still-on", _("Yes, it is on"), main=True), Answer("take-down", _("No, take it down")))
    return Need("still-on", says, urgent=True, answers=answers)


def contest(board: Board, card: Card, by: Who, at: datetime) -> Need | None:
    """Others want the same cell, and how that is decided. Who held the cell first did not ask for it: so it presses."""
    there = board.contest_of(card.code)
    if there is None:
        return None
    wanted = wanted_in(card, there)
    holds = card.placement == wanted
    others = in_a_row(quoted(board.cards[code]) for code in there.cards if code != card.code)
    says = _("Others ask for your place too, %(where)s: %(others)s.") if holds else _waits_says()
    return Need(
        kind="contest",
        says=says % {"where": where_says(board, wanted), "others": others},
        urgent=holds,
        facts=(_decides(board, there, at),),
        links=(contest_link(board, there.id, _("See the contest")), _together(board, card, there)),
        answers=(Answer("give-way", _("Give way")),),
        offers=offers_of(board, nearest(board, card, wanted, at), wanted),
        instead=_("Or take another place, and leave this one to the others:"),
        do=do_for(board, by, card),
        slots=len(wanted.cells),
    )


def won(board: Board, card: Card, at: datetime) -> Need | None:
    """It has the place that others wanted too, until it is asked whether it is on."""
    there = last_contest(board, card)
    if there is None or there.winner != card.code or card.placement is None or there.cell not in card.cells:
        return None
    if board.contest_of(card.code) or at >= board.time_of(card.placement)[0] - ASKED_BEFORE:
        return None
    where = where_says(board, card.placement)
    facts = {"title": quoted(card), "where": where, "how": outcome_says(there, board)}
    links = (contest_link(board, there.id, _("How it was decided")),)
    return Need("won", _("%(title)s has %(where)s: %(how)s.") % facts, links=links)


def claim(board: Board, card: Card) -> Need | None:
    """A claim that waits for the facilitator."""
    if card.claim is None or board.contest_of(card.code):
        return None
    says = _("You asked for %(where)s.") % {"where": where_says(board, card.claim.placement)}
    facts = (
        _("The facilitator decides, and this page says what they answer. Until then you can ask for another hour."),
    )
    return Need("claim", says, facts=facts, answers=(Answer("drop-claim", _("Ask for it no longer")),))


def asking(board: Board, card: Card) -> Need | None:
    """What this host asks of another one, who has not answered."""
    asked = card.deal
    if asked is None:
        return None
    says = _("You asked the host of %(title)s to make one card of both.")
    if asked.kind is Deal.SWAP:
        says = _("You asked the host of %(title)s to change places.")
    facts = (_("Nothing happens until they agree. They read it on the page of their card; best tell them too."),)
    answers = (Answer("drop-deal", _("Take it back")),)
    return Need("asking", says % {"title": quoted(board.cards[asked.other])}, facts=facts, answers=answers)


def hidden(card: Card) -> Need | None:
    """Its text is kept from the public until a person has read it."""
    if card.standing is Standing.HELD:
        return Need("hidden", _("Your card is up; its text appears once somebody has read it."))
    if card.standing is Standing.SHIELDED:
        says = _("Your card was reported: its text is hidden until somebody of the staff has read it.")
        return Need("hidden", says, facts=(_("It keeps its place."),))
    return None


def _waits_says() -> str:
    return _("You asked for %(where)s, and so did others: %(others)s.")


def _decides(board: Board, there: Contest, at: datetime) -> str:
    if there.closes and there.closes <= at:
        return _("Its time is over; the outcome comes in a moment.")
    return decides_says(board, there, at)


def _together(board: Board, card: Card, there: Contest) -> Link:
    """The way to one card of two; with whom, where there is only one other."""
    others = [code for code in there.cards if code != card.code]
    other = f"&with={others[0]}" if len(others) == 1 else ""
    return Link(f"/{board.event}/cards/{card.code}/deals/?deal=merge{other}", _("Propose one card together"))
