"""What waits to be read for the first time: its host corrects it meanwhile, and staff approve what they have read."""

from tests.drawing import FACILITATOR, HELPER, STRANGER, cells, code
from tests.playing import Playing
from tests.verify import consistent, stored, verify

from openspaces.board.moves import ApproveCard, EditCard, PlaceCard, RestoreBoard, ShieldCard, Undo, WriteCard
from openspaces.board.public_changes import change_facts
from openspaces.board.read import words_of
from openspaces.board.state import Wished
from openspaces.board.vocabulary import HIDDEN, Code, Standing
from openspaces.board.words import Words
from openspaces.people.who import PROGRAM, Who

BOARD = """
          oak      elm
  09:00   Knit     .
  10:00   .        Talk
"""
WINE = code("Wine")
SENDER = Who("phone", cards=frozenset({WINE}))
MAILED = WriteCard(
    title="Wine", code=WINE, host="Wilma", wish="Elm", wished=Wished(room="elm"), walk_up=True, held=True
)
CORRECTED = EditCard(card=WINE, title="Red wine", wish="Oak", wished=Wished(room="oak"), seen=99)


def waiting() -> Playing:
    """A session that came by mail, and that nobody has read yet."""
    play = Playing(BOARD)
    play.do(MAILED, PROGRAM)
    return play


def test_its_sender_corrects_it_and_it_waits_on() -> None:
    play = waiting()
    play.do(CORRECTED, SENDER)
    card = play.card("Wine")
    assert (card.standing, card.words, card.wished) == (Standing.HELD, Words(HIDDEN, version=2), Wished(room="oak"))
    play.do(ApproveCard(card=WINE), HELPER)
    assert play.card("Wine").words == Words("Red wine", host="Wilma", wish="Oak", version=2)


def test_the_same_words_again_are_no_change_and_a_stale_correction_shows_both_texts() -> None:
    play = waiting()
    assert play.do(EditCard(card=WINE, title="Wine", seen=0), SENDER) == ()
    play.do(CORRECTED, SENDER)
    refusal = play.refused(EditCard(card=WINE, title="White wine", seen=0), SENDER)
    assert (refusal.code, refusal.facts["theirs"]["title"]) == (Code.STALE_EDIT, "Red wine")
    assert (refusal.facts["yours"]["title"], refusal.facts["yours"]["host"]) == ("White wine", "Wilma")


def test_nobody_but_its_sender_and_staff_corrects_it() -> None:
    assert waiting().refused(CORRECTED, STRANGER).code is Code.NOT_ALLOWED
    waiting().do(CORRECTED, HELPER)


def test_what_was_hidden_after_people_had_read_it_stays_as_it_is() -> None:
    play = waiting()
    play.do(ApproveCard(card=WINE), HELPER)
    play.do(ShieldCard(card=WINE, reason="Abuse"), HELPER)
    assert play.refused(CORRECTED, SENDER).code is Code.SHIELDED


def test_staff_approve_only_what_they_have_read() -> None:
    play = waiting()
    read = play.card("Wine").edited
    play.do(CORRECTED, SENDER)
    assert play.refused(ApproveCard(card=WINE, seen=read), HELPER).code is Code.REWORDED
    play.do(ApproveCard(card=WINE, seen=play.card("Wine").edited), HELPER)


def test_a_correction_is_undone_and_it_waits_on() -> None:
    play = waiting()
    play.undo(play.do(CORRECTED, SENDER), HELPER)
    assert (play.card("Wine").standing, play.card("Wine").wished) == (Standing.HELD, Wished(room="elm"))
    play.do(ApproveCard(card=WINE), HELPER)
    assert (play.card("Wine").words.title, play.card("Wine").words.wish) == ("Wine", "Elm")


def test_a_correction_on_the_board_keeps_its_cell() -> None:
    play = waiting()
    play.do(PlaceCard(card=WINE, cells=cells("elm 09:00")), SENDER)
    play.do(CORRECTED, SENDER)
    assert (play.card("Wine").cells, play.card("Wine").hidden) == (cells("elm 09:00"), True)


def test_going_back_does_not_show_it() -> None:
    play = waiting()
    number, past = play.board.number, play.board
    play.do(CORRECTED, SENDER)
    play.do(RestoreBoard(number=number, past=past), FACILITATOR)
    assert play.card("Wine").words.title == HIDDEN


def test_the_tables_keep_its_words_and_nobody_reads_them(database: None) -> None:
    event = stored(BOARD)
    verify(event, MAILED, by=PROGRAM)
    done = verify(event, CORRECTED, by=SENDER)
    board = consistent(event)
    assert (board.cards[WINE].words, words_of(event, WINE)) == (
        Words(HIDDEN, version=2),
        Words("Red wine", host="Wilma", wish="Oak", version=2),
    )
    assert [text for text in ("ine", "Wilma", "Oak") if text in str(change_facts(done.changes[0], board))] == []
    verify(event, Undo(number=done.changes[0].number), by=HELPER)
    verify(event, ApproveCard(card=WINE), by=HELPER)
    assert consistent(event).cards[WINE].words == Words("Wine", host="Wilma", wish="Elm", version=3)
