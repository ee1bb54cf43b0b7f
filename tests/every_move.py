"""Every move, several times, each as somebody asks it of a drawn board: the tests prove them, the docs show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.drawing import EVE, FACILITATOR, HELPER, OPEN, ORGANISER, ZONE, Row, at, cell, cells, code, day_of
from tests.playing import Playing, Wanted

from openspaces.board.moves import (
    AcceptDeal,
    AcceptOffer,
    AddDay,
    AddRoom,
    Announce,
    ApproveCard,
    AskDeal,
    CallOffContest,
    ChangeContest,
    ChangeDay,
    ChangeEvent,
    ChangeRoom,
    ClaimCell,
    CloseCell,
    ConfirmCard,
    CountStars,
    DropClaim,
    DropDeal,
    EditCard,
    EndAnnouncement,
    EraseHosts,
    FollowPlan,
    FollowProgramme,
    FreeRoom,
    FreezeBoard,
    MakeEvent,
    MarkFull,
    MergeCards,
    Move,
    MoveCard,
    OfferCells,
    OpenContest,
    PlaceCard,
    PlaceCards,
    Plan,
    Profile,
    RefuseClaim,
    RemoveAllOf,
    RemoveCard,
    RemoveDay,
    RemoveRoom,
    ReopenCell,
    SetCaution,
    SetPitch,
    SettleContest,
    ShieldCard,
    SwapCards,
    TakeDown,
    TakeUp,
    ThawBoard,
    Undo,
    UnmergeCards,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Board, Policy, Room, Talk, Wished
from openspaces.board.vocabulary import Competing, Deal, Method, Placing
from openspaces.board.voices import OfferToHost, Star, Voice
from openspaces.people.who import PROGRAM, Who

BOARD = """
          oak      elm      ash      elsewhere
  09:00   Knit     .        #paint   Chess at Park + Run at Gate
  10:00   Lunch    Talk     .        .
  11:00   .        "        .        .
  ---
  09:00   .        .        .        .
"""
ROOMS = ("oak", "elm", "ash", "elsewhere")
PLANNED = ("Wine", "Tea")
SUGGESTED = ("Bees", "Honey")
STRICT = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST, cards_per_host=2, stop_taking=5)
CONTEST = Policy(competing=Competing.CONTEST)
DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
SPARE_ROOM = Room("yew", "Yew", 12, ("beamer", "sofa"))
PLAN = Plan(
    event="camp",
    profile=Profile(name="Camp again", timezone=str(ZONE), hashtags=("camp",), policy=STRICT),
    rooms=(SPARE_ROOM, Room("oak", "The oak", 30), Room("elm", "Elm"), Room("elsewhere", "Elsewhere", elsewhere=True)),
    days=(day_of(["09:00", "10:00", "10:30"], ("yew", "oak", "elsewhere")),),
    closures=(
        CloseCell(cells=cells("yew 09:00", "oak 09:00"), reason="Keynote"),
        CloseCell(cells=cells("yew 10:30"), reason="Held back", until=at("09:00")),
    ),
    cards=(WriteCard(title="Welcome", code="WELCOM"),),
)
KNIT, LUNCH, TALK, CHESS, RUN, WINE, TEA, BEES, HONEY = (
    code(title) for title in ("Knit", "Lunch", "Talk", "Chess", "Run", "Wine", "Tea", "Bees", "Honey")
)
TALKS = (
    Talk("k1", "Keynote", at("09:00"), at("10:00"), "Hall A", ("Ada",), keynote=True),
    Talk("t2", "Bees in winter", at("10:00"), at("10:30"), "Hall B", ("Eve", "Bob")),
)
VOICES: tuple[tuple[Voice, Who], ...] = (
    (OfferToHost(card=WINE, name="Eve"), Who("eve")),
    (Star(card=KNIT), Who("eve")),
    (Star(card=KNIT), Who("tea")),
    (Star(card=BEES), Who("eve")),
)
SEAL = "0" * 32
"""What every lot of these contests is drawn from, so that the docs stay as they are."""
NOON = EVE + timedelta(hours=3)

Step = tuple[Wanted, Who]


@dataclass(frozen=True)
class Case:
    """A move that is done, on the drawn board after some others."""

    move: Wanted
    by: Who
    before: tuple[Step, ...] = ()
    policy: Policy = OPEN
    at: datetime = EVE
    planned: Row = PLANNED

    def playing(self) -> Playing:
        """The board on which it is asked, without a database."""
        play = Playing(BOARD, self.policy, self.planned, SUGGESTED)
        play.offers[WINE, "eve"] = "Eve"
        play.starred = {KNIT: 2, BEES: 1}
        for wanted, by in (*SPARE, *self.before):
            play.do(wanted, by)
        return play


def contest_of(board: Board) -> int:
    """The number of the contest that is open."""
    return board.open_contests[0].id


def writes(title: str, *names: str, by: str = "eve", claim: bool = False) -> Step:
    """Somebody writes a card, perhaps onto cells, or asks for them."""
    return WriteCard(title=title, code=code(title), cells=cells(*names), claim=claim, seal=SEAL), Who(by)


def claims(title: str, *names: str) -> Step:
    """The host of a planned card asks for cells."""
    return ClaimCell(card=code(title), cells=cells(*names), seal=SEAL), Who(title.lower())


def settles(**how: object) -> Wanted:
    """The contest that is open is settled."""
    return lambda board: SettleContest(contest=contest_of(board), **how)  # type: ignore[arg-type]


def undo_the_last(board: Board) -> Move:
    """What was done last is taken back."""
    return Undo(number=board.number, seal=SEAL)


SPARE: tuple[Step, ...] = ((AddRoom(room=SPARE_ROOM), ORGANISER),)
TWO_CLAIM: tuple[Step, ...] = (claims("Wine", "elm 09:00"), claims("Tea", "elm 09:00"))
"""Where the facilitators place: two cards in a contest for one cell."""
CONTESTED: tuple[Step, ...] = (claims("Wine", "oak 09:00"),)
"""Where hosts place: a contest with the card that has the cell."""
CLOSED: tuple[Step, ...] = ((CloseCell(cells=cells("elm 10:00"), reason="Lunch"), FACILITATOR),)
SHIELDED: tuple[Step, ...] = ((ShieldCard(card=KNIT, reason="Read it first"), HELPER),)
LEFT: tuple[Step, ...] = (
    writes("More", "oak 11:00", by="knit"),
    (WriteCard(title="Buy", code=code("Buy"), idea=True), Who("knit")),
)
FROZEN: tuple[Step, ...] = ((FreezeBoard(reason="A storm"), FACILITATOR),)
MERGED: tuple[Step, ...] = ((MergeCards(card=KNIT, into=TALK, title="Both"), HELPER),)
TAKEN_UP: tuple[Step, ...] = ((TakeUp(card=BEES, host="Eve, Bob", handle="@eve"), Who("eve")),)
ANNOUNCED: tuple[Step, ...] = ((Announce(text="Lunch is ready"), HELPER),)

MAKE: tuple[Move, Who] = (MakeEvent(profile=PLAN.profile), PROGRAM)

ORGANISING = [
    Case(ChangeEvent(profile=Profile(name="Camp", timezone="Europe/Berlin", venue="Aula", policy=STRICT)), ORGANISER),
    Case(AddRoom(room=Room("fir", "Fir", 12, ("beamer", "sofa"))), ORGANISER),
    Case(ChangeRoom(room=Room("oak", "The big oak", 200)), ORGANISER),
    Case(ChangeRoom(room=Room("oak", "Oak", elsewhere=True)), ORGANISER),
    Case(ChangeRoom(room=Room("oak", "Oak", elsewhere=True)), ORGANISER, CONTESTED, CONTEST),
    Case(AddDay(day=day_of(["08:00", "08:20"], ("oak", "elsewhere"), 2)), ORGANISER),
    Case(ChangeDay(day=day_of(["09:00", "10:00", "11:00", "12:00"], ("elm", "oak", "elsewhere"))), ORGANISER),
    Case(ChangeDay(day=day_of(["09:00"], ("oak",), 1)), ORGANISER, (claims("Wine", "elm 09:00"),), DESK),
    Case(
        ChangeDay(day=day_of(["10:00"], ("oak",), 1)),
        ORGANISER,
        (
            (ClaimCell(card=WINE, cells=cells("elm 09:00", day=1)), Who("wine")),
            (ClaimCell(card=TEA, cells=cells("elm 09:00", day=1)), Who("tea")),
            (CloseCell(cells=cells("oak 09:00", day=1), reason="Paint"), HELPER),
        ),
        DESK,
    ),
    Case(RemoveDay(day=day_of([], (), 1)), ORGANISER),
    Case(RemoveRoom(key="yew"), ORGANISER),
    Case(FollowPlan(plan=PLAN), ORGANISER),
]
CARDS = [
    Case(WriteCard(title="An idea", code="ANIDEA", idea=True), Who("eve")),
    Case(
        WriteCard(
            title="Planned", code="PLANNE", text="Two\n\nparagraphs", host="Eve", handle="@eve", link="example.org"
        ),
        Who("eve"),
    ),
    Case(*writes("In a row", "oak 11:00")),
    Case(
        WriteCard(title="Outside", code="OUTSID", cells=cells("elsewhere 09:00", "elsewhere 10:00"), where="Lawn"),
        Who("eve"),
    ),
    Case(WriteCard(title="Walk-up", code="WALKUP", cells=cells("oak 11:00"), walk_up=True), HELPER),
    Case(
        WriteCard(title="New host", code="NEWHOS", cells=cells("oak 11:00")),
        Who("eve"),
        ((SetCaution(hold=True), FACILITATOR),),
    ),
    Case(*writes("Asking", "elm 09:00", claim=True), policy=DESK),
    Case(*writes("Contending", "oak 10:00", claim=True), policy=CONTEST),
    Case(EditCard(card=KNIT, title="Knit and purl", text="Bring wool", seen=99), Who("knit")),
    Case(WriteCard(title="By mail", code="BYMAIL", host="Eve", walk_up=True, held=True), PROGRAM),
    Case(
        WriteCard(title="Wishing", code="WISHES", host="Eve", wish="Elm, after nine", wished=Wished(room="elm")),
        Who("eve"),
    ),
    Case(EditCard(card=WINE, wish="Oak at ten", wished=Wished(slots=("0508-1000",), room="oak"), seen=99), Who("wine")),
    Case(PlaceCard(card=KNIT, cells=cells("ash 10:00", "ash 11:00")), Who("knit")),
    Case(PlaceCard(card=CHESS, cells=cells("elsewhere 09:00"), where="Bridge"), Who("chess")),
    Case(PlaceCard(card=TALK, cells=cells("ash 10:00", "ash 11:00")), Who("talk"), CLOSED, DESK),
    Case(PlaceCard(card=WINE, cells=cells("elm 09:00")), HELPER, (claims("Wine", "elm 09:00"),), DESK),
    Case(
        PlaceCard(card=TEA, cells=cells("elm 09:00")),
        HELPER,
        (*TWO_CLAIM, (lambda board: CallOffContest(contest=contest_of(board), reason="Talk first"), HELPER)),
        DESK,
    ),
    Case(MoveCard(card=KNIT, cells=cells("oak 09:00", day=1)), Who("knit")),
    Case(MoveCard(card=TALK, cells=cells("elm 11:00")), Who("talk")),
    Case(MoveCard(card=KNIT, cells=cells("elsewhere 11:00"), where="Roof"), Who("knit")),
    Case(MoveCard(card=KNIT, cells=cells("ash 10:00")), Who("knit"), CONTESTED, CONTEST),
    Case(SwapCards(card=KNIT, other=TALK), FACILITATOR),
    Case(SwapCards(card=TALK, other=CHESS), FACILITATOR),
    Case(TakeDown(card=TALK), Who("talk")),
    Case(TakeDown(card=KNIT), Who("knit"), (claims("Wine", "oak 09:00"), claims("Tea", "oak 09:00")), CONTEST),
    Case(WithdrawCard(card=CHESS), Who("chess")),
    Case(WithdrawCard(card=WINE), Who("wine"), TWO_CLAIM, DESK),
    Case(WithdrawCard(card=TALK), Who("talk"), ((AskDeal(card=TALK, other=KNIT, deal=Deal.SWAP), Who("talk")),)),
]
CELLS = [
    Case(CloseCell(cells=cells("ash 09:00", "ash 10:00", "elsewhere 11:00"), reason="Concert"), FACILITATOR),
    Case(CloseCell(cells=cells("oak 09:00", "oak 10:00", "elm 10:00", "elsewhere 09:00"), reason="Lunch"), HELPER),
    Case(CloseCell(cells=cells("ash 10:00"), reason="For the speaker", until=NOON), HELPER),
    Case(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER, CONTESTED, CONTEST),
    Case(CloseCell(cells=cells("elm 09:00"), reason="Lunch"), HELPER, TWO_CLAIM, DESK),
    Case(ReopenCell(cells=cells("ash 09:00", "ash 10:00")), FACILITATOR),
    Case(
        ReopenCell(cells=cells("ash 09:00", "ash 10:00"), over=True),
        PROGRAM,
        ((CloseCell(cells=cells("ash 10:00"), reason="For the speaker", until=NOON), HELPER),),
        at=NOON,
    ),
    Case(
        PlaceCards(
            places=(
                PlaceCard(card=TALK, cells=cells("ash 10:00", "ash 11:00")),
                PlaceCard(card=KNIT, cells=cells("elm 09:00")),
            )
        ),
        HELPER,
        CLOSED,
    ),
]
CLAIMS = [
    Case(*claims("Wine", "elm 09:00"), policy=DESK),
    Case(*claims("Wine", "ash 10:00", "ash 11:00"), (claims("Wine", "elm 09:00"),), DESK),
    Case(*claims("Wine", "elm 09:00")),
    Case(*claims("Tea", "elm 09:00"), (claims("Wine", "elm 09:00"),), DESK),
    Case(*claims("Tea", "ash 10:00"), (claims("Wine", "ash 10:00", "ash 11:00"),), DESK),
    Case(*claims("Wine", "oak 09:00"), policy=CONTEST),
    Case(*claims("Tea", "oak 09:00"), CONTESTED, CONTEST),
    Case(*claims("Wine", "oak 10:00", "oak 11:00"), policy=CONTEST),
    Case(*claims("Wine", "ash 10:00"), (*TWO_CLAIM, claims("Knit", "elm 09:00")), DESK),
    Case(DropClaim(card=WINE), Who("wine"), (claims("Wine", "elm 09:00"),), DESK),
    Case(DropClaim(card=WINE), Who("wine"), TWO_CLAIM, DESK),
    Case(DropClaim(card=WINE), Who("wine"), CONTESTED, CONTEST),
    Case(RefuseClaim(card=WINE, reason="No drinks"), HELPER, (claims("Wine", "elm 09:00"),), DESK),
    Case(RefuseClaim(card=WINE, reason="No drinks"), HELPER, TWO_CLAIM, DESK),
    Case(
        OfferCells(card=WINE, cells=cells("ash 10:00"), reason="Bigger"), HELPER, (claims("Wine", "elm 09:00"),), DESK
    ),
    Case(OfferCells(card=TALK, cells=cells("ash 10:00")), HELPER, CLOSED),
    Case(OfferCells(card=KNIT, cells=cells("ash 10:00", "ash 11:00")), HELPER),
]
CONTESTS = [
    Case(settles(counts=((WINE, 7), (TEA, 12)), reason="A show of hands"), HELPER, TWO_CLAIM, DESK),
    Case(OpenContest(cell=cell("elm 09:00"), cards=(WINE, TEA), seal=SEAL), HELPER),
    Case(
        OpenContest(cell=cell("oak 09:00"), cards=(KNIT, WINE), method=Method.LOT, minutes=5, presence=True, seal=SEAL),
        HELPER,
    ),
    Case(OpenContest(cell=cell("elm 10:00"), cards=(WINE, TALK), seal=SEAL), HELPER),
    Case(
        OpenContest(cell=cell("elm 09:00"), cards=(WINE, TEA), seal=SEAL), HELPER, (claims("Wine", "elm 09:00"),), DESK
    ),
    Case(
        lambda board: ChangeContest(contest=contest_of(board), method=Method.HANDS, minutes=5, presence=True),
        HELPER,
        TWO_CLAIM,
        DESK,
    ),
    Case(settles(), PROGRAM, TWO_CLAIM, DESK, EVE + timedelta(hours=1)),
    Case(settles(method=Method.LOT), HELPER, TWO_CLAIM, DESK),
    Case(settles(winner=TEA, reason="She was here first"), FACILITATOR, TWO_CLAIM, DESK),
    Case(settles(method=Method.AGREEMENT, winner=WINE), HELPER, CONTESTED, CONTEST),
    Case(settles(winner=KNIT, reason="It was there"), HELPER, CONTESTED, CONTEST),
    Case(
        settles(winner=TEA, reason="In nobody's way"),
        HELPER,
        (claims("Wine", "elm 10:00"), claims("Tea", "elm 11:00")),
        CONTEST,
    ),
    Case(lambda board: CallOffContest(contest=contest_of(board), reason="Talk first"), HELPER, TWO_CLAIM, DESK),
    Case(lambda board: CallOffContest(contest=contest_of(board), reason="Talk first"), HELPER, CONTESTED, CONTEST),
]
DEALS = [
    Case(AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP), Who("knit")),
    Case(AskDeal(card=WINE, other=TEA, deal=Deal.MERGE, title="Drinks", text="All of them"), Who("wine")),
    Case(DropDeal(card=KNIT), Who("talk"), ((AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP), Who("knit")),)),
    Case(
        AcceptDeal(card=TALK, asking=KNIT),
        Who("talk"),
        ((AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP), Who("knit")),),
    ),
    Case(
        AcceptDeal(card=TEA, asking=WINE),
        Who("tea"),
        ((AskDeal(card=WINE, other=TEA, deal=Deal.MERGE, title="Drinks"), Who("wine")),),
    ),
    Case(
        AcceptDeal(card=TEA, asking=WINE),
        Who("tea"),
        (*TWO_CLAIM, (AskDeal(card=WINE, other=TEA, deal=Deal.MERGE), Who("wine"))),
        DESK,
    ),
    Case(MergeCards(card=KNIT, into=WINE, title="Both"), HELPER),
    Case(MergeCards(card=KNIT, into=TALK), HELPER),
    Case(MergeCards(card=WINE, into=TEA), HELPER, (claims("Wine", "elm 09:00"),), DESK),
    Case(UnmergeCards(card=KNIT), Who("knit"), MERGED),
    Case(UnmergeCards(card=KNIT), HELPER, MERGED),
]
IDEAS = [
    Case(TakeUp(card=BEES, host="Eve", handle="@eve"), Who("eve"), planned=PLANNED),
    Case(TakeUp(card=BEES, host="Eve", text="Bring honey", cells=cells("elm 09:00"), seal=SEAL), Who("eve")),
    Case(TakeUp(card=BEES, host="Eve", cells=cells("elm 09:00"), claim=True, seal=SEAL), Who("eve"), policy=DESK),
    Case(TakeUp(card=BEES, host="Eve", cells=cells("elm 09:00"), walk_up=True), HELPER),
    Case(AcceptOffer(card=WINE, hand="eve"), Who("wine")),
    Case(undo_the_last, HELPER, ((TakeUp(card=BEES, host="Eve", cells=cells("elm 09:00")), Who("eve")),)),
    Case(undo_the_last, HELPER, ((AcceptOffer(card=WINE, hand="eve"), Who("wine")),)),
    Case(MergeCards(card=BEES, into=HONEY), HELPER),
    Case(UnmergeCards(card=BEES), HELPER, ((MergeCards(card=BEES, into=HONEY), HELPER),)),
    Case(CountStars(), PROGRAM),
    Case(EraseHosts(cards=(BEES, WINE)), PROGRAM, TAKEN_UP),
    Case(EraseHosts(cards=(BEES,), names=("Bob",)), PROGRAM, TAKEN_UP),
    Case(FollowProgramme(talks=TALKS), ORGANISER),
    Case(FollowProgramme(talks=TALKS[:1]), PROGRAM, ((FollowProgramme(talks=TALKS), ORGANISER),)),
]
RUNNING = [
    Case(ConfirmCard(card=KNIT), Who("knit")),
    Case(MarkFull(card=KNIT, full=True), Who("knit")),
    Case(MarkFull(card=TALK, full=False), HELPER, ((MarkFull(card=TALK, full=True), Who("talk")),)),
    Case(FreeRoom(card=KNIT), HELPER, at=at("09:10")),
    Case(FreeRoom(card=TALK), HELPER, at=at("11:10")),
]
MODERATION = [
    Case(ShieldCard(card=KNIT, reason="Read it first"), HELPER),
    Case(ShieldCard(card=WINE, reason="Read it first"), HELPER, TWO_CLAIM, DESK),
    Case(ApproveCard(card=KNIT), HELPER),
    Case(ApproveCard(card=KNIT), HELPER, SHIELDED),
    Case(
        ApproveCard(card="NEWHOS"),
        HELPER,
        ((SetCaution(hold=True), FACILITATOR), (WriteCard(title="New", code="NEWHOS"), Who("eve"))),
    ),
    Case(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR),
    Case(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR, SHIELDED),
    Case(RemoveCard(card=WINE, reason="Abuse"), FACILITATOR, TWO_CLAIM, DESK),
    Case(RemoveAllOf(card=KNIT, reason="Abuse"), FACILITATOR, (*LEFT, *SHIELDED)),
    Case(SetCaution(slow=5, hold=True), FACILITATOR),
    Case(SetCaution(), FACILITATOR, ((SetCaution(slow=5), FACILITATOR),)),
]
DESK_MOVES = [
    Case(FreezeBoard(reason="A storm"), FACILITATOR),
    Case(FreezeBoard(reason="A worse storm"), FACILITATOR, FROZEN),
    Case(ThawBoard(), FACILITATOR, FROZEN),
    Case(ThawBoard(), FACILITATOR, (*TWO_CLAIM, *FROZEN), DESK, EVE + timedelta(minutes=10)),
    Case(Announce(text="Lunch is ready", minutes=10), HELPER),
    Case(lambda board: EndAnnouncement(announcement=board.announcements[0].number), HELPER, ANNOUNCED),
    Case(SetPitch(queue=(WINE, TEA, KNIT), seconds=90, started=True), HELPER),
    Case(
        SetPitch(queue=(TEA, WINE)),
        HELPER,
        ((SetPitch(queue=(WINE, TEA)), HELPER), (WithdrawCard(card=WINE), Who("wine"))),
    ),
    Case(SetPitch(queue=()), HELPER, ((SetPitch(queue=(WINE, TEA)), HELPER),)),
]
GOING_BACK = [
    Case(undo_the_last, HELPER, CLOSED),
    Case(undo_the_last, HELPER, (*CLOSED, (undo_the_last, HELPER))),
    Case(undo_the_last, HELPER, ((WithdrawCard(card=KNIT), Who("knit")),)),
    Case(undo_the_last, FACILITATOR, ((RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR),)),
    Case(
        undo_the_last,
        HELPER,
        (*TWO_CLAIM, (settles(winner=TEA, reason="First"), HELPER)),
        DESK,
    ),
]
DONE = [
    *CONTESTS,
    *CELLS,
    *CARDS,
    *CLAIMS,
    *DEALS,
    *IDEAS,
    *RUNNING,
    *MODERATION,
    *DESK_MOVES,
    *GOING_BACK,
    *ORGANISING,
]
