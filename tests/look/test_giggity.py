"""The link into Giggity is read back as Giggity reads it: the address, its entry in the menu, and what one starred."""

from lxml import etree
from tests.drawing import after, card, code, drawn, host_of
from tests.giggity import opened

from openspaces.board.moves import WithdrawCard
from openspaces.board.state import Board
from openspaces.look.giggity import giggity_link
from openspaces.outlets.base import Variant
from openspaces.outlets.schedule import XML

SITE = "https://board.example"
DRAWN = drawn(
    """
              oak        elm
      09:00   Knit       Chess
      ---
      09:00   .          Talk
    """,
    ideas=("Vim",),
)


def serials(board: Board, *titles: str) -> list[int]:
    return [card(board, title).serial for title in titles]


def test_the_link_opens_the_schedule_and_says_how_often_to_look() -> None:
    assert opened(giggity_link(DRAWN, SITE)) == {
        "url": "https://board.example/camp/schedule.xml",
        "json": {
            "url": "https://board.example/camp/schedule.xml",
            "title": "Camp",
            "start": "2031-05-17",
            "end": "2031-05-18",
            "timezone": "Asia/Kolkata",
            "refresh_interval": 300,
            "metadata": {"fosdemRoomStatus": "https://board.example/camp/rooms/status.json"},
        },
        "see": None,
    }


def test_the_link_carries_what_one_starred_as_the_schedule_numbers_it() -> None:
    link = giggity_link(DRAWN, SITE, [code("Talk"), code("Knit"), code("Vim"), "GONE00"])
    assert opened(link)["see"] == serials(DRAWN, "Knit", "Talk")
    events = etree.fromstring(XML.render(DRAWN, Variant(base_url=SITE))).iterfind("day/room/event")
    numbered = {event.findtext("title"): int(event.get("id", "")) for event in events}
    assert opened(link)["see"] == [numbered["Knit"], numbered["Talk"]]


def test_a_card_that_was_withdrawn_is_carried_no_more() -> None:
    gone = after(DRAWN, WithdrawCard(card=code("Knit")), host_of(DRAWN, "Knit"))
    assert opened(giggity_link(gone, SITE, [code("Knit"), code("Chess")]))["see"] == serials(gone, "Chess")


def test_the_same_stars_make_the_same_link_in_any_order() -> None:
    assert giggity_link(DRAWN, SITE, [code("Knit"), code("Chess")]) == giggity_link(
        DRAWN, SITE, [code("Chess"), code("Knit")]
    )
