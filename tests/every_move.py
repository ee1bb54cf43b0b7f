"""Every move at least once, each as somebody asks it of one drawn board: the tests prove them, the docs show them."""

from tests.drawing import FACILITATOR, ORGANISER, ZONE, cells, code, day_of

from openspaces.board.moves import (
    AddDay,
    AddRoom,
    ChangeDay,
    ChangeEvent,
    ChangeRoom,
    CloseCell,
    EditCard,
    FollowPlan,
    MakeEvent,
    Move,
    MoveCard,
    PlaceCard,
    Plan,
    Profile,
    RemoveDay,
    RemoveRoom,
    ReopenCell,
    SwapCards,
    TakeDown,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Policy, Room
from openspaces.board.vocabulary import Competing, Placing
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
STRICT = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST, cards_per_host=2, stop_taking=5)
SPARE_ROOM = Room("yew", "Yew", 12, ("beamer", "sofa"))
PLAN = Plan(
    event="camp",
    profile=Profile(name="Camp again", timezone=str(ZONE), hashtags=("camp",), policy=STRICT),
    rooms=(SPARE_ROOM, Room("oak", "The oak", 30), Room("elm", "Elm"), Room("elsewhere", "Elsewhere", elsewhere=True)),
    days=(day_of(["09:00", "10:00", "10:30"], ("yew", "oak", "elsewhere")),),
    closures=(CloseCell(cells=cells("yew 09:00", "oak 09:00"), reason="Keynote"),),
    cards=(WriteCard(title="Welcome", code="WELCOM"),),
)
KNIT, LUNCH, TALK, CHESS = (code(title) for title in ("Knit", "Lunch", "Talk", "Chess"))

MAKE: tuple[Move, Who] = (MakeEvent(profile=PLAN.profile), PROGRAM)
DONE: list[tuple[Move, Who]] = [
    (ChangeEvent(profile=Profile(name="Camp", timezone="Europe/Berlin", venue="Aula", policy=STRICT)), ORGANISER),
    (AddRoom(room=Room("fir", "Fir", 12, ("beamer", "sofa"))), ORGANISER),
    (ChangeRoom(room=Room("oak", "The big oak", 200)), ORGANISER),
    (ChangeRoom(room=Room("oak", "Oak", elsewhere=True)), ORGANISER),
    (AddDay(day=day_of(["08:00", "08:20"], ("oak", "elsewhere"), 2)), ORGANISER),
    (ChangeDay(day=day_of(["09:00", "10:00", "11:00", "12:00"], ("elm", "oak", "elsewhere"))), ORGANISER),
    (RemoveDay(day=day_of([], (), 1)), ORGANISER),
    (RemoveRoom(key="yew"), ORGANISER),
    (FollowPlan(plan=PLAN), ORGANISER),
    (WriteCard(title="An idea", code="ANIDEA", idea=True), Who("eve")),
    (
        WriteCard(
            title="Planned", code="PLANNE", text="Two\n\nparagraphs", host="Eve", handle="@eve", link="example.org"
        ),
        Who("eve"),
    ),
    (WriteCard(title="In a row", code="INAROW", cells=cells("oak 11:00")), Who("eve")),
    (
        WriteCard(title="Outside", code="OUTSID", cells=cells("elsewhere 09:00", "elsewhere 10:00"), where="Lawn"),
        Who("eve"),
    ),
    (EditCard(card=KNIT, title="Knit and purl", text="Bring wool", seen=99), Who("knit")),
    (PlaceCard(card=KNIT, cells=cells("ash 10:00", "ash 11:00")), Who("knit")),
    (PlaceCard(card=CHESS, cells=cells("elsewhere 09:00"), where="Bridge"), Who("chess")),
    (MoveCard(card=KNIT, cells=cells("oak 09:00", day=1)), Who("knit")),
    (MoveCard(card=TALK, cells=cells("elm 11:00")), Who("talk")),
    (MoveCard(card=KNIT, cells=cells("elsewhere 11:00"), where="Roof"), Who("knit")),
    (SwapCards(card=KNIT, other=TALK), FACILITATOR),
    (SwapCards(card=TALK, other=CHESS), FACILITATOR),
    (TakeDown(card=TALK), Who("talk")),
    (WithdrawCard(card=CHESS), Who("chess")),
    (CloseCell(cells=cells("ash 09:00", "ash 10:00", "elsewhere 11:00"), reason="Concert"), FACILITATOR),
    (ReopenCell(cells=cells("ash 09:00", "ash 10:00")), FACILITATOR),
]
