"""From a telling that is due to a post, and from a service to an outlet: the one way that all of them go."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Kind
from openspaces.delivery.carrying import changes_of
from openspaces.delivery.contract import Job, Message, Push
from openspaces.delivery.holding import HOLD, settled
from openspaces.delivery.rows import last_receipt, tried
from openspaces.look.picture import draw_slot
from openspaces.outlets.social import telling
from openspaces.outlets.social.drafts import Draft, calling_nobody, fitted
from openspaces.outlets.social.service import GONE, Post, Receipt, Service
from openspaces.outlets.social.slots import slot_draft
from openspaces.wording import tells

WIDTHS = (1200, 900, 600)
"""Of the picture, in pixels: the first that the service takes."""


@dataclass(frozen=True, slots=True)
class Say:
    """What to do: `post` in place of what the `receipt` names, or anew; without a post it is taken away."""

    post: Post | None
    receipt: Receipt | None
    marks: tuple[str, ...] = ()


def push_of(service: Service) -> Push:
    """The outlet of a service."""
    return Push(
        name=service.name,
        title=service.title,
        about=service.about,
        promise=service.promise,
        wants=telling.wants,
        coming=telling.coming,
        compose=partial(compose, service),
        send=partial(send, service),
        fields=service.fields,
        check=service.check,
        try_out=service.try_out,
        patience=timedelta(minutes=30),
        can_ask=True,
    )


def compose(service: Service, job: Job, board: Board) -> Message | None:
    """The post as it is to be from now on, and what it is put in place of."""
    what, _space, which = job.subject.partition(" ")
    if what in telling.OF_SLOTS:
        return _slot(service, job, board, which)
    draft = _announced(board, which) if what == telling.SAID else _cells(job, board)
    if draft is None or (job.earlier and what == telling.SAID):
        return None
    return _message(service, job, draft, None)


def send(service: Service, message: Message, job: Job) -> str:
    """Post it, or put it in place of the earlier one, or take that away."""
    say: Say = message.content
    if say.post is None:
        assert service.unsay is not None
        assert say.receipt is not None
        service.unsay(say.receipt.id, job)
        return ""
    id_ = service.change(say.receipt.id, say.post, job) if say.receipt else service.say(say.post, job)
    return Receipt(id_ or GONE, say.marks).written()


# Slots


def _slot(service: Service, job: Job, board: Board, key: str) -> Message | None:
    slot = board.slots.get(key)
    if slot is None or job.destination is None:
        return None
    earlier = Receipt.read(last_receipt(job.destination, *(f"{what} {key}" for what in telling.OF_SLOTS)))
    draft = slot_draft(settled(board, _held_since(job)), slot, earlier)
    begun, hiding = job.due >= slot.starts, job.subject.startswith(telling.HIDES)
    if earlier is None:
        waits = begun or hiding or tried(job)  # what is tried again says all there is by then
        return _message(service, job, draft, None) if draft.lines and not waits else None
    hides = any(card.hidden for card in map(board.cards.get, earlier.cards) if card)
    if hiding and not hides:
        return None
    wrong = set(earlier.lines) - set(draft.marks)
    if draft.marks == earlier.lines or (begun and not hides) or earlier.id == GONE:
        return None
    if not service.edits and not wrong:
        return None  # what was posted is true; more of it is not worth another post
    if service.unsay is None:
        return _corrected(service, job, board, draft, earlier, begun=begun)
    unasked = job.destination.asks and hides  # nobody has approved what would stand in its place
    if not draft.lines or (begun and not service.edits) or unasked:
        return Message(_("The post is deleted."), Say(None, earlier))
    return _message(service, job, draft, earlier)


def _corrected(
    service: Service, job: Job, board: Board, draft: Draft, earlier: Receipt, *, begun: bool
) -> Message | None:
    """Where nothing can be taken back, a second post says what changed; of what was hidden it cannot speak."""
    changed = {line[:6] for line in set(earlier.lines) - set(draft.marks)}
    if begun or not draft.lines or all(board.cards[code].hidden for code in changed if code in board.cards):
        return None
    return _message(service, job, replace(draft, head=_("Corrected. %(says)s") % {"says": draft.head}), earlier)


def _held_since(job: Job) -> datetime:
    """What cards say only since then is held. What somebody approved was on the board when it was laid before them."""
    held = job.due - HOLD
    return min(held, job.since) if job.destination and job.destination.asks and not job.number else held


# The rest


def _announced(board: Board, number: str) -> Draft | None:
    """An announcement that is not over; whoever wrote it meant no mention of anybody."""
    said = next((said for said in board.announcements if str(said.number) == number), None)
    return Draft(board, calling_nobody(said.text)) if said else None


def _cells(job: Job, board: Board) -> Draft | None:
    """Cells that are closed, and how many cards look for others; that they are open again only where it was posted that
    they are not."""
    about = [each for each in changes_of(job) if each.cells and telling.subject_of(each) == job.subject]
    about = [each for each in about if each.kind in (Kind.CELL_CLOSED, Kind.CELL_REOPENED)]
    if not about:
        return None
    last, open_ = about[-1], about[-1].kind is Kind.CELL_REOPENED
    if open_ is not bool(job.earlier) or (not open_ and any(cell not in board.closures for cell in last.cells)):
        return None
    owed = [] if open_ else [card for card in board.cards.values() if card.owed and _lost(board, card.code, last.cells)]
    says = ngettext("%(count)d card looks for a new room.", "%(count)d cards look for a new room.", len(owed))
    return Draft(board, calling_nobody(tells(last, board)), (says % {"count": len(owed)},) if owed else ())


def _lost(board: Board, code: str, cells: tuple[Cell, ...]) -> bool:
    notice = board.cards[code].notice
    return notice is not None and bool(set(notice.lost.cells) & set(cells))


# Posts


def _message(service: Service, job: Job, draft: Draft, earlier: Receipt | None) -> Message:
    settings = job.destination.settings if job.destination else {}
    link = service.links(settings)
    text = fitted(draft, service.measure, link=link)
    picture = _picture(draft, service.pictures)
    post = Post(
        text,
        draft.board.language,
        draft.link if link and draft.link in text else "",
        tuple(tag for tag in draft.tags if tag in text.rpartition("\n")[2].split()),
        picture,
        draft.alt if picture else "",
    )
    shown = "\n\n".join((text, _("[picture] %(alt)s") % {"alt": draft.alt})) if picture else text
    return Message(shown, Say(post, earlier, draft.marks))


def _picture(draft: Draft, most: int) -> bytes:
    """The slot on the board, as large as the service takes it."""
    if draft.slot is None or not most:
        return b""
    address = draft.link.partition(f"/{draft.board.event}/")[0]
    drawn = (draw_slot(draft.board, draft.slot, get_language() or "en", address, width) for width in WIDTHS)
    return next((picture for picture in drawn if len(picture) <= most), b"")
