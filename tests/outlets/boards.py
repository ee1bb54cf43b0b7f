"""Boards for the tests of outlets, made without a database: rooms, days and cards as one writes them down."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from immutables import Map

from openspaces.board.state import Board, Card, Closure, Day, Placement, Room, Slot
from openspaces.board.vocabulary import ALPHABET, Cell
from openspaces.board.words import Words

TITLES = (
    "Mani/pedi party 💅",
    "AcroYoga in the park 🤸 (meet at door C)",
    "Django async: war stories and what to do about them",
    "A space for organisers of conferences, workshops and diversity initiatives",
    "शुरुआती लोगों के लिए ओपन सोर्स",
    "தமிழ் பைதான் சந்திப்பு",
    "بايثون للمبتدئين: كيف نبدأ معًا؟",
    "מפגש פייתון בעברית",
    "Python で作るロボット入門",
    "파이썬 커뮤니티 운영 이야기",
    "数据可视化与科学计算讨论会",
    "Встреча русскоязычных разработчиков",
    "Größenwahn: ein Betriebssystem in MicroPython",
    "Supercalifragilisticexpialidocious-naming-anti-patterns-in-enterprise-codebases",
    "=1+1 is not 2: spreadsheets and Python",
    "@everyone is welcome #notreally",
    "<b>HTML</b> & \"quotes\" & 'apostrophes'",
    "#panic() $x$ \\ *bold* _it_ `raw` <label> //",
    "👩‍👩‍👧‍👦 Families at conferences",
    "Jam",
)


def board(*, rooms: int = 7, days: int = 1, hours: range = range(8, 21), minutes: int = 60, **more: object) -> Board:
    """A board at number 7 with `rooms` rooms and Elsewhere, and slots from the first hour on, with no card."""
    places = tuple(Room(f"r{i + 1}", f"Room {300 + i}", 40 + 20 * (i % 4)) for i in range(rooms))
    outside = Room("elsewhere", "Elsewhere", elsewhere=True)
    zone = ZoneInfo("America/New_York")
    dates = [date(2025, 5, 17) + timedelta(days=i) for i in range(days)]
    plain = Board(
        event="camp",
        epoch="e1",
        number=7,
        at=datetime(2025, 5, 16, 18, 32, tzinfo=UTC),
        name="PyCamp 2025",
        timezone=zone.key,
        venue="Old Mill, Pittsburgh",
        hashtags=("PyCamp", "OpenSpaces"),
        rooms=(*places, outside),
        days=tuple(_day(on, hours, minutes, zone, (*places, outside)) for on in dates),
    )
    fields = {name: getattr(plain, name) for name in Board.__dataclass_fields__}
    return Board(**{**fields, **more})


def with_cards(plain: Board, count: int, titles: tuple[str, ...] = TITLES) -> Board:
    """`plain` with `count` cards, one after the other on its free cells; every ninth takes two hours, Elsewhere
    every third cell holds two cards."""
    full = plain
    cells = (cell for day in plain.days for cell in plain.cells_of(day))
    serial = plain.last_serial
    for cell in cells:
        if serial - plain.last_serial >= count:
            break
        if not full.is_free(cell):
            continue
        for _each in range(2 if full.is_elsewhere(cell) and serial % 3 == 0 else 1):
            serial += 1
            full = placed(full, cell, titles[serial % len(titles)], serial=serial, length=2 if serial % 9 == 0 else 1)
    return full


def placed(
    full: Board,
    cell: Cell,
    title: str,
    *,
    serial: int,
    length: int = 1,
    host: str | None = None,
    handle: str | None = None,
    text: str = "",
) -> Board:
    """`full` with a new card on `cell`."""
    row = full.run(cell, length)
    free = row if all(full.is_free(each) for each in row) else row[:1]
    hosts = ("Ada", "Grace Hopper", "मीरा", "دينا", "Linus")
    words = Words(
        title,
        text,
        host=hosts[serial % len(hosts)] if host is None else host,
        handle=f"@host{serial}@example.social" if handle is None and serial % 2 else handle or "",
    )
    where = "Door C, on the lawn" if full.is_elsewhere(cell) else ""
    return full.with_card(Card(_code(serial), serial, words, "hand", 5, full.at, 1, Placement(free, where)))


def closed(full: Board, reason: str, *cells: Cell) -> Board:
    """`full` with `cells` closed."""
    from dataclasses import replace

    return replace(full, closures=full.closures.update({cell: Closure(reason, "staff", full.at) for cell in cells}))


def _day(on: date, hours: range, minutes: int, zone: ZoneInfo, rooms: tuple[Room, ...]) -> Day:
    start = datetime.combine(on, time(hours.start), zone)
    count = len(hours) * 60 // minutes
    step = timedelta(minutes=minutes)
    slots = tuple(
        Slot(
            f"{on:%m%d}-{hours.start + i * minutes // 60:02}{i * minutes % 60:02}",
            on,
            (start + i * step).astimezone(UTC),
            (start + (i + 1) * step).astimezone(UTC),
        )
        for i in range(count)
    )
    return Day(on, slots, tuple(room.key for room in rooms))


def _code(serial: int) -> str:
    code = ""
    for _place in range(6):
        serial, index = divmod(serial, len(ALPHABET))
        code = ALPHABET[index] + code
    return code


NOTHING: Map[str, Card] = Map()
