"""What others did with a host's card, in a letter: each thing once, as it has become."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Change, Notice
from openspaces.board.vocabulary import Kind, Standing
from openspaces.look.cells import closes_says, decided_says, quoted
from openspaces.look.hosting import Row, near_lost, notice_says, row_says, where_says
from openspaces.outlets.email.concerned import CONTESTS, LOSSES, PAIRS, PLACES, concerned
from openspaces.outlets.email.letter import Letter, Link
from openspaces.outlets.email.links import calendar_link, contest_link, edit_link
from openspaces.outlets.email.words import masked
from openspaces.wording import apart, tells


@dataclass(frozen=True)
class News:
    """What happened to a card while a letter waited: `by_others` is what its host did not do, among `every` change that
    concerns it. `card` is the one that the host wrote, `whole` what it is part of by now, or itself."""

    board: Board
    card: Card
    whole: Card
    every: Sequence[Change]
    by_others: Sequence[Change]

    def last(self, *kinds: Kind) -> Change | None:
        """The last change of those kinds that its host did not do."""
        return next((change for change in reversed(self.by_others) if change.kind in kinds), None)


def news_letter(
    board: Board, card: Card, changes: Iterable[Change], hands: Collection[str], at: datetime
) -> Letter | None:
    """What others did, for the host of `card`, whose devices `hands` are; None if nothing is left of it by now."""
    every = [change for change in changes if card.code in concerned(change, board)]
    news = News(board, card, board.whole(card), every, [change for change in every if change.by not in hands])
    notice = _notice(news)
    says = [notice_says(board, news.whole, notice)] if notice else []
    says += [each for each in _says(news, notice) if each not in says]
    if not says:
        return None
    rows = near_lost(board, news.whole, notice, at) if notice else []
    offers = tuple(row_says(board, row, notice.lost) for row in rows) if notice else ()
    return Letter(
        about=card.code,
        says=(says[0], *_which(news.whole, says[0]), *says[1:], *_before(board, news.whole, notice, rows)),
        offers=offers,
        link=edit_link(board, card, _button(news, offers)),
        more=(*_contest_link(board, news.whole), *calendar_link(board, news.whole)),
    )


def _says(news: News, notice: Notice | None) -> Iterator[str]:
    yield from _contests(news, notice)
    yield from _deals(news)
    yield from _pairs(news)
    yield from _places(news)
    yield from _reading(news)


# A place that it lost, or did not get


def _notice(news: News) -> Notice | None:
    """What the host has to know of it, while it stands; a host who asks for another place meanwhile has answered."""
    told = news.last(*LOSSES, Kind.CONTEST_SETTLED)
    return news.whole.notice if told and not news.whole.claim and not news.whole.withdrawn else None


def _before(board: Board, whole: Card, notice: Notice | None, rows: Sequence[Row]) -> Iterator[str]:
    """What is said before the offers, or where there are none."""
    if notice and whole.placement:
        yield _("Your card keeps its place: %(where)s.") % {"where": where_says(board, whole.placement)}
    if notice and rows:
        yield _("You are offered:") if rows[0][0] in notice.offered else _("Free near by:")
    elif notice and not whole.placement:
        yield _("No hour near by is free any more.")


def _button(news: News, offers: Collection[str]) -> str:
    if offers:
        return _("Choose a place")
    return _("Say yes or no") if next(_asking(news), None) else _("Open your card")


def _contest_link(board: Board, whole: Card) -> tuple[Link, ...]:
    contest = board.contest_of(whole.code)
    return (contest_link(board, contest.id),) if contest else ()


def _which(whole: Card, says: str) -> Iterator[str]:
    title = apart(whole.words.title)
    if not whole.hidden and title not in says:
        yield _("Your card: %(title)s.") % {"title": quoted(whole)}


# What became of it


def _contests(news: News, notice: Notice | None) -> Iterator[str]:
    """Each contest as it stands. What a notice says of one that was lost is not said twice."""
    contests = [change for change in news.by_others if change.kind in CONTESTS]
    last = {change.after["contest"]["id"] or change.number: change for change in contests}
    for number, change in last.items():
        contest = news.board.contests[number]
        if contest.open:
            yield tells(change, news.board)
            yield _("%(how)s.") % {"how": decided_says(contest, closes_says(news.board, contest))}
        elif not (notice and contest.winner):
            yield tells(change, news.board)


def _deals(news: News) -> Iterator[str]:
    """What another host asks, while they do; and a no to what this one asked."""
    for change in _asking(news):
        yield tells(change, news.board)
    no, done = news.last(Kind.DEAL_DROPPED), {change.step for change in news.every if change.kind in PAIRS}
    if no and no.step not in done and not news.whole.deal:
        other = news.board.cards[no.before["deal"]["other"]]
        yield _("The host of %(title)s would rather not do what you asked.") % {"title": quoted(other)}


def _asking(news: News) -> Iterator[Change]:
    """What was asked, and still is."""
    for change in news.by_others:
        deal = news.board.cards[change.card].deal if change.kind is Kind.DEAL_ASKED else None
        if deal and deal.other == news.card.code:
            yield change


def _pairs(news: News) -> Iterator[str]:
    if change := news.last(*PAIRS):
        yield tells(change, news.board)


def _places(news: News) -> Iterator[str]:
    """Where it is by now, if others brought it there and it is not where it was at first."""
    moves = [change for change in news.every if change.kind in (*PLACES, Kind.CARD_DISPLACED, Kind.CARDS_SWAPPED)]
    last = news.last(*PLACES)
    if last is None or last is not moves[-1] or not _is_so(last, news.whole):
        return
    won = any(change.kind is Kind.CONTEST_SETTLED and change.card == last.card for change in news.by_others)
    if not won and (len(moves) == 1 or moves[0].before.get("cells", []) != _cells(news.whole)):
        yield tells(masked(last, news.board), news.board)


def _is_so(change: Change, card: Card) -> bool:
    if change.kind is Kind.CARD_WITHDRAWN:
        return card.withdrawn
    return not card.withdrawn and change.after.get("cells", []) == _cells(card)


def _cells(card: Card) -> list[str]:
    return [str(cell) for cell in card.cells]


def _reading(news: News) -> Iterator[str]:
    """Whether everybody may read it. Why people reported it is between them and the staff."""
    standing = news.whole.standing
    if standing is Standing.SHIELDED and news.last(Kind.CARD_SHIELDED):
        yield _("Your card was reported: its text is hidden until somebody of the staff has read it.")
        if news.whole.placement:
            yield _("It keeps its place.")
    if standing is Standing.APPROVED and (approved := news.last(Kind.CARD_APPROVED)):
        yield tells(approved, news.board)
    if standing is Standing.REMOVED and (removed := news.last(Kind.CARD_REMOVED)):
        yield _("Your card was removed: %(reason)s.") % {"reason": apart(removed.after["reason"])}
