"""What the hosts of cards are told of: what others did, a minute later, and what is due by the clock."""

from collections.abc import Iterator

from openspaces.board.state import Board
from openspaces.delivery.carrying import changes_of
from openspaces.delivery.contract import Job, News, Thing
from openspaces.outlets.email.concerned import PRESSING, TOLD, concerned, hands_of, hands_reached
from openspaces.outlets.email.letter import Letter
from openspaces.outlets.email.news import news_letter
from openspaces.outlets.email.pacing import due

SUBJECT = "news"


def wanted(news: News) -> Iterator[Thing]:
    """One thing for each card and change that is news for its host."""
    changes = [change for change in news.changes if change.kind in TOLD]
    hands = hands_reached(news.board) if changes else {}
    for change in changes if hands else ():
        presses = change.kind in PRESSING
        for code in sorted(concerned(change, news.board) & hands.keys()):
            if change.by not in hands[code]:
                when = due(news.board.event, code, change.at, presses=presses)
                yield Thing(SUBJECT, when, change.number, code, presses=presses)


def letter(job: Job, board: Board) -> Letter | None:
    """What a card's host is told."""
    card = board.cards.get(job.to)
    if card is None:
        return None
    hands = hands_of(board, [card.code])[card.code]
    return news_letter(board, card, changes_of(job), hands, max(job.due, board.at))
