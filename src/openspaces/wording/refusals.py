"""Every sentence about a refusal, and about what cannot stand in a field, in the language that is active."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from openspaces.board.vocabulary import Code, Facts, Refusal
from openspaces.board.words import Unfit
from openspaces.wording.times import apart, clock, day_says, in_a_row

NUMBERS = ("minutes", "seconds", "slow", "counts")
"""The fields that hold a number."""


def says(refusal: Refusal) -> str:
    """A refusal in one or two sentences: what happened and why. What is free instead stands in `refusal.free`."""
    return _REFUSALS[refusal.code](_readable(refusal.facts))


def lost_says(refusal: Refusal) -> str:
    """The same to somebody who was writing a card for the cell: who was faster."""
    if refusal.code is not Code.CELL_TAKEN:
        return says(refusal)
    return _("“%(title)s” took %(room)s at %(starts)s while you were writing.") % _readable(refusal.facts)


def unfit_says(unfit: Unfit) -> str:
    """What is wrong with a field, and what would be right."""
    if (unfit.field, unfit.code) == ("reason", "empty"):
        return _("Write why: the board shows it to everyone.")
    if unfit.field in NUMBERS:
        return _("Write a number up to %(limit)d.") % {"limit": unfit.limit}
    if unfit.field == "method":
        return _("Choose how the contest is to be settled.")
    return {
        "empty": _("Write a title: a few words that say what it is about."),
        "too-long": _("Shorten this to %(limit)d letters.") % {"limit": unfit.limit},
        "not-https": _("Write a whole web address that begins with https://, or leave it empty."),
    }[unfit.code]


def _readable(facts: Facts) -> dict[str, Any]:
    """Facts with their times as people write them."""
    plain = dict(facts)
    for name in ("starts", "ends"):
        if name in plain:
            plain[name] = clock(datetime.fromisoformat(plain[name]))
    for name in ("opens", "closed", "until"):
        if name in plain:
            moment = datetime.fromisoformat(plain[name])
            plain[name] = f"{day_says(moment.date())}, {clock(moment)}"
    if "day" in plain:
        plain["day"] = day_says(date.fromisoformat(plain["day"]))
    if get_language_bidi() or not all(str(fact).isascii() for fact in plain.values()):  # most run one way
        plain = {name: apart(fact) if isinstance(fact, str) else fact for name, fact in plain.items()}
    for name in ("cards", "titles"):
        if name in plain:
            plain[name] = in_a_row(_("“%s”") % apart(title) for title in plain[name])
    return plain


def _taken(facts: dict[str, Any]) -> str:
    if facts["host"]:
        return _("“%(title)s” by %(host)s holds %(room)s at %(starts)s.") % facts
    return _("“%(title)s” holds %(room)s at %(starts)s.") % facts


def _too_many(facts: dict[str, Any]) -> str:
    counted = ngettext(
        "Here each host may have %(most)d card on the board.",
        "Here each host may have %(most)d cards on the board.",
        facts["most"],
    )
    return (counted + " " + _("Yours: %(titles)s. Take one down first.")) % facts


def _too_late(facts: dict[str, Any]) -> str:
    sentence = ngettext(
        "%(room)s at %(starts)s can be taken until %(minutes)d minute before it starts.",
        "%(room)s at %(starts)s can be taken until %(minutes)d minutes before it starts.",
        facts["minutes"],
    )
    return sentence % facts


def _changed_since(facts: dict[str, Any]) -> str:
    if facts.get("change"):
        first = _("“%(title)s” has changed since.") if facts.get("title") else _("It has changed since.")
        return " ".join([first, _("Undo no. %(change)s first.")]) % facts
    if facts.get("title"):
        return _("“%(title)s” has changed since, so this cannot be undone any more. Change it by hand.") % facts
    return _("It has changed since, so this cannot be undone any more. Change it by hand.")


_REFUSALS: dict[Code, Callable[[dict[str, Any]], str]] = {
    Code.NOT_ALLOWED: lambda _facts: _(
        "This is not yours to change. Open your edit link, or ask the people who run the board."
    ),
    Code.UNKNOWN_EVENT: lambda facts: _("There is no event “%(event)s” here.") % facts,
    Code.UNKNOWN_CARD: lambda facts: _("There is no card %(card)s on this board.") % facts,
    Code.UNKNOWN_CELL: lambda facts: _("This board has no cell %(cell)s.") % facts,
    Code.UNKNOWN_ROOM: lambda facts: _("There is no room %(room)s.") % facts,
    Code.UNKNOWN_DAY: lambda facts: _("The event has no day %(day)s.") % facts,
    Code.EVENT_EXISTS: lambda facts: _("There is an event “%(event)s” already.") % facts,
    Code.ROOM_EXISTS: lambda facts: _("There is a room %(room)s already.") % facts,
    Code.ROOM_IN_USE: lambda facts: _("%(room)s is in use. Move what stands there first: %(cards)s.") % facts,
    Code.DAY_EXISTS: lambda facts: _("The event has %(day)s already.") % facts,
    Code.SLOTS_OVERLAP: lambda facts: _("The slot %(slot)s of %(day)s overlaps another one in the same room.") % facts,
    Code.SLOT_EXISTS: lambda facts: _("%(day)s has a slot %(slot)s already, and each may be there only once.") % facts,
    Code.SLOT_IN_USE: lambda facts: (
        _("Cards stand on cells of %(day)s that would go. Move them first: %(cards)s.") % facts
    ),
    Code.CELL_TAKEN: _taken,
    Code.CELL_CLOSED: lambda facts: (
        _("%(room)s at %(starts)s is held until %(until)s: %(reason)s.") % facts
        if "until" in facts
        else _("%(room)s is closed at %(starts)s: %(reason)s.") % facts
    ),
    Code.OVER: lambda facts: _("%(room)s at %(starts)s is over.") % facts,
    Code.TOO_LATE: _too_late,
    Code.NOT_OPEN_YET: lambda facts: _("Sign-up for this day opens on %(opens)s.") % facts,
    Code.SIGN_UP_CLOSED: lambda facts: _("Sign-up for this day closed on %(closed)s.") % facts,
    Code.FACILITATORS_PLACE: lambda _facts: _("Here the facilitator puts cards on the board. Ask for this cell."),
    Code.PRESENCE_NEEDED: lambda _facts: _(
        "This is for people who are here. Type the six symbols that the big screen shows, then do it again."
    ),
    Code.SIGN_IN_NEEDED: lambda _facts: _("Sign in first: this board takes cards from people who are signed in."),
    Code.TOO_MANY_CARDS: _too_many,
    Code.CLASH: lambda facts: (
        _("Your card “%(title)s” is in %(room)s from %(starts)s to %(ends)s. Can you be at both?") % facts
    ),
    Code.STALE_EDIT: lambda _facts: _("Somebody changed this card while you were writing. Here are both texts."),
    Code.WITHDRAWN: lambda facts: _("“%(title)s” was withdrawn.") % facts,
    Code.NOT_PLACED: lambda facts: _("“%(title)s” is not on the board any more.") % facts,
    Code.ALREADY_PLACED: lambda facts: _("“%(title)s” is on the board already.") % facts,
    Code.NOT_IN_A_ROW: lambda facts: (
        _("A card holds cells in a row, in one room on one day, %(longest)d at most.") % facts
    ),
    Code.PLACE_NEEDED: lambda _facts: _("Write where it is: people must find it."),
    Code.CODE_TAKEN: lambda _facts: _("That did not work. Please try again."),
    Code.FROZEN: lambda facts: _("The board is paused: %(reason)s. Nothing you typed is lost; try again soon.") % facts,
    Code.SLOW_DOWN: lambda facts: (
        ngettext(
            "The board is in slow mode. Wait %(minutes)d minute, then try again.",
            "The board is in slow mode. Wait %(minutes)d minutes, then try again.",
            facts["minutes"],
        )
        % facts
    ),
    Code.UNKNOWN_CONTEST: lambda facts: _("There is no contest %(contest)s on this board.") % facts,
    Code.UNKNOWN_CHANGE: lambda facts: _("The log has no change %(change)s.") % facts,
    Code.UNKNOWN_ANNOUNCEMENT: lambda _facts: _("That announcement is over already."),
    Code.CLAIMED: lambda facts: _("“%(title)s” asked for %(room)s at %(starts)s first.") % facts,
    Code.IN_CONTEST: lambda facts: (
        _("%(titles)s contend for %(room)s at %(starts)s. Whoever wins has it.") % facts
        if "room" in facts
        else _("“%(title)s” stands in a contest. Wait for its outcome.") % facts
    ),
    Code.NO_CLAIM: lambda facts: _("“%(title)s” asks for no cell any more.") % facts,
    Code.NO_CONTEST_HERE: lambda _facts: _("A contest needs two cards, and the one that has the cell among them."),
    Code.CONTEST_OVER: lambda facts: (
        _("The contest is over: “%(title)s” has it.") % facts if facts.get("title") else _("The contest is over.")
    ),
    Code.NOT_IN_CONTEST: lambda facts: _("This contest is between %(titles)s.") % facts,
    Code.NO_VOTE: lambda _facts: _("This contest is not settled by a vote."),
    Code.WINNER_NEEDED: lambda facts: _("Say who has it: %(titles)s.") % facts,
    Code.COUNTS_NEEDED: lambda facts: _("Type in how many hands went up for each: %(titles)s.") % facts,
    Code.NO_DEAL: lambda facts: _("“%(title)s” asks for nothing any more.") % facts,
    Code.SAME_CARD: lambda _facts: _("That takes two different cards."),
    Code.NOT_MERGED: lambda facts: _("The card %(card)s is a card of its own already.") % facts,
    Code.MERGED: lambda facts: _("“%(title)s” is now part of “%(into)s”.") % facts,
    Code.REMOVED: lambda _facts: _("This card was removed. A facilitator can undo that."),
    Code.SHIELDED: lambda _facts: _("This card is hidden until somebody of the staff has read it."),
    Code.NOT_RUNNING: lambda facts: _("“%(title)s” is not on at the moment.") % facts,
    Code.REWORDED: lambda _facts: _("Somebody has changed what this card says since you read it. Read it again first."),
    Code.CHANGED_SINCE: _changed_since,
    Code.CANNOT_UNDO: lambda _facts: _("This kind of change cannot be undone."),
    Code.HAS_HOST: lambda facts: (
        _("%(host)s hosts “%(title)s” already. You can offer to host it together.") % facts
        if facts.get("host")
        else _("“%(title)s” has a host already. You can offer to host it together.") % facts
    ),
    Code.NO_SUCH_OFFER: lambda facts: _("Nobody offers to host “%(title)s” with you any more.") % facts,
    Code.OWN_TALK: lambda facts: _("Your talk “%(title)s” is from %(starts)s to %(ends)s. Can you be at both?") % facts,
    Code.KEYNOTE: lambda facts: (
        _("“%(title)s” is from %(starts)s to %(ends)s, for everyone. Put your card there all the same?") % facts
    ),
    Code.TRY_AGAIN: lambda _facts: _("Somebody was faster, or the board is busy. Please try again."),
    Code.NOT_NOW: lambda _facts: _("The board cannot write anything down just now. Send this again in a moment."),
}
