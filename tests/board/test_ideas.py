"""The rules of what comes before the board: ideas are taken up, hosts take others in, stars are counted."""

import pytest
from tests.drawing import FACILITATOR, HELPER, ORGANISER, STRANGER, after, at, card, cells, code, drawn, refused
from tests.playing import Playing
from tests.verify import consistent, stored, verify

from openspaces.board import read
from openspaces.board.memory import MEMORY
from openspaces.board.moves import (
    AcceptOffer,
    ApproveCard,
    CountStars,
    EditCard,
    FollowProgramme,
    FreezeBoard,
    MergeCards,
    Move,
    PlaceCard,
    RemoveAllOf,
    RemoveCard,
    SetCaution,
    ShieldCard,
    TakeUp,
    Undo,
    UnmergeCards,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Policy, Talk, Wished
from openspaces.board.vocabulary import Code, Kind, Placing, Stage, Standing
from openspaces.board.voices import DeclineOffer, OfferToHost, Star
from openspaces.board.words import Unfit
from openspaces.people.who import PROGRAM, Who

BOARD = """
          oak      elm
  09:00   Knit     .
  10:00   .        Talk
"""
KNIT, TALK, BEES, HONEY, WINE = (code(title) for title in ("Knit", "Talk", "Bees", "Honey", "Wine"))
EVA, IDA, WINO = Who("eva"), Who("ida"), Who("wine")
IDEAS = ("Bees", "Honey")
ELM9 = cells("elm 09:00")
UP = TakeUp(card=BEES, host="Eva")


# Taking up


def test_an_idea_that_is_taken_up_is_planned_and_its_hosts() -> None:
    board = after(drawn(BOARD, ideas=IDEAS), TakeUp(card=BEES, host="Eva", handle="@eva", text="Bring veils"), EVA)
    bees = board.cards[BEES]
    assert (bees.stage, bees.hand, bees.words.title) == (Stage.PLANNED, "eva", "Bees")
    assert (bees.words.host, bees.words.handle, bees.words.text) == ("Eva", "@eva", "Bring veils")


def test_it_is_one_card_from_idea_to_the_board() -> None:
    board = drawn(BOARD, ideas=IDEAS)
    there = after(board, TakeUp(card=BEES, host="Eva", cells=ELM9), EVA)
    assert (there.cards[BEES].stage, there.cards[BEES].cells) == (Stage.PLACED, ELM9)
    assert (there.cards[BEES].serial, len(there.cards)) == (board.cards[BEES].serial, len(board.cards))


def test_an_idea_is_taken_up_once_and_the_second_reads_by_whom() -> None:
    board = after(drawn(BOARD, ideas=IDEAS), UP, EVA)
    refusal = refused(board, TakeUp(card=BEES, host="Ida"), IDA)
    assert (refusal.code, refusal.facts) == (Code.HAS_HOST, {"title": "Bees", "host": "Eva"})


def test_a_card_that_has_a_host_is_not_taken_up() -> None:
    assert refused(drawn(BOARD, planned=("Wine",)), TakeUp(card=WINE, host="Eva"), EVA).code is Code.HAS_HOST


def test_whoever_takes_an_idea_up_says_who_they_are() -> None:
    with pytest.raises(Unfit) as unfit:
        TakeUp(card=BEES, host=" ")
    assert (unfit.value.field, unfit.value.code) == ("host", "empty")


def test_an_idea_whose_cell_is_refused_is_still_nobodys(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    outcome = verify(event, TakeUp(card=BEES, host="Eva", cells=cells("oak 09:00")), by=EVA)
    assert outcome.refusal is not None
    assert outcome.refusal.code is Code.CELL_TAKEN
    bees = consistent(event).cards[BEES]
    assert (bees.stage, bees.hand, bees.words.host) == (Stage.IDEA, "", "")
    assert verify(event, TakeUp(card=BEES, host="Ida", cells=ELM9), by=IDA).refusal is None


@pytest.mark.parametrize(
    ("move", "code_of_refusal"),
    [
        (ShieldCard(card=BEES, reason="Read it first"), Code.SHIELDED),
        (RemoveCard(card=BEES, reason="Abuse"), Code.WITHDRAWN),
        (WithdrawCard(card=BEES), Code.WITHDRAWN),
        (MergeCards(card=BEES, into=HONEY), Code.MERGED),
    ],
    ids=["hidden", "removed", "withdrawn", "merged"],
)
def test_what_is_no_idea_any_more_is_not_taken_up(move: Move, code_of_refusal: Code) -> None:
    board = after(drawn(BOARD, ideas=IDEAS), move, FACILITATOR)
    assert refused(board, UP, EVA).code is code_of_refusal


def test_a_card_that_is_not_there_is_not_taken_up() -> None:
    assert refused(drawn(BOARD), TakeUp(card="NOBODY", host="Eva"), EVA).code is Code.UNKNOWN_CARD


def test_nobody_takes_up_while_the_board_is_paused_but_staff_for_whom_they_have_before_them() -> None:
    board = after(drawn(BOARD, ideas=IDEAS), FreezeBoard(reason="A storm"), FACILITATOR)
    assert refused(board, UP, EVA).code is Code.FROZEN
    done = after(board, TakeUp(card=BEES, host="Eva", walk_up=True), HELPER)
    assert (done.cards[BEES].hand, done.cards[BEES].words.host) == ("", "Eva")


def test_where_the_facilitator_places_an_idea_is_taken_up_and_asks_for_its_cell() -> None:
    board = drawn(BOARD, Policy(placing=Placing.FACILITATORS), ideas=IDEAS)
    assert refused(board, TakeUp(card=BEES, host="Eva", cells=ELM9), EVA).code is Code.FACILITATORS_PLACE
    asking = after(board, TakeUp(card=BEES, host="Eva", cells=ELM9, claim=True), EVA).cards[BEES]
    assert (asking.stage, asking.asks) == (Stage.PLANNED, ELM9)


def test_one_who_holds_enough_cards_takes_an_idea_up_for_later_but_onto_no_cell() -> None:
    board = drawn(BOARD.replace("Knit ", "Knit/eva "), Policy(cards_per_host=1), ideas=IDEAS)
    assert refused(board, TakeUp(card=BEES, host="Eva", cells=ELM9), EVA).code is Code.TOO_MANY_CARDS
    assert after(board, UP, EVA).cards[BEES].stage is Stage.PLANNED


def test_in_a_storm_the_idea_that_a_new_host_takes_up_waits_to_be_read() -> None:
    board = after(drawn(BOARD, ideas=IDEAS), SetCaution(hold=True), FACILITATOR)
    new = after(board, UP, EVA)
    assert (new.cards[BEES].standing, new.cards[BEES].words.title) == (Standing.HELD, "[…]")
    known = after(board, UP, Who("knit"))
    assert known.cards[BEES].standing is Standing.LIVE


def test_taking_up_is_undone_and_the_idea_is_nobodys_again() -> None:
    play = Playing(BOARD, ideas=IDEAS)
    done = play.do(TakeUp(card=BEES, host="Eva", text="Bring veils", cells=ELM9), EVA)
    play.undo(done, HELPER)
    bees = play.card("Bees")
    assert (bees.stage, bees.hand, bees.words.host, bees.words.text, bees.cells) == (Stage.IDEA, "", "", "", ())
    play.do(TakeUp(card=BEES, host="Ida"), IDA)


def test_taking_up_is_not_undone_once_its_host_has_written_more() -> None:
    play = Playing(BOARD, ideas=IDEAS)
    done = play.do(UP, EVA)
    play.do(EditCard(card=BEES, text="Bring veils", seen=99), EVA)
    assert play.refused(Undo(number=done[0].number), HELPER).code is Code.CHANGED_SINCE


# Hosts who take others in


def hosting(name: str = "Ida") -> Playing:
    """The planned card Wine, that somebody on the device ida offered to host too."""
    play = Playing(BOARD, planned=("Wine",))
    play.do(EditCard(card=WINE, host="Wilma", seen=99), WINO)
    play.offers[WINE, "ida"] = name
    return play


def test_a_host_takes_in_who_offered_and_both_may_change_the_card() -> None:
    play = hosting()
    play.do(AcceptOffer(card=WINE, hand="ida"), WINO)
    assert (play.card("Wine").words.host, play.card("Wine").cohosts) == ("Wilma, Ida", ("ida",))
    play.do(PlaceCard(card=WINE, cells=ELM9), IDA)
    play.do(EditCard(card=WINE, text="Red and white", seen=99), WINO)
    assert [card.code for card in play.board.hosted_by("ida")] == [WINE]


def test_an_offer_that_nobody_made_is_not_accepted() -> None:
    refusal = hosting().refused(AcceptOffer(card=WINE, hand="eva"), WINO)
    assert (refusal.code, refusal.facts) == (Code.NO_SUCH_OFFER, {"title": "Wine"})


def test_only_the_host_and_staff_take_somebody_in() -> None:
    for stranger in (IDA, STRANGER, Who("")):
        assert hosting().refused(AcceptOffer(card=WINE, hand="ida"), stranger).code is Code.NOT_ALLOWED
    assert hosting().do(AcceptOffer(card=WINE, hand="ida"), HELPER)[0].kind is Kind.CARD_COHOSTED


def test_who_is_taken_in_already_is_not_named_twice() -> None:
    play = hosting()
    play.do(AcceptOffer(card=WINE, hand="ida"), WINO)
    assert play.do(AcceptOffer(card=WINE, hand="ida"), WINO) == ()


def test_taking_somebody_in_is_undone() -> None:
    play = hosting()
    play.undo(play.do(AcceptOffer(card=WINE, hand="ida"), WINO), HELPER)
    assert (play.card("Wine").words.host, play.card("Wine").cohosts) == ("Wilma", ())
    assert play.refused(EditCard(card=WINE, text="Mine", seen=99), IDA).code is Code.NOT_ALLOWED


def test_an_offer_names_its_maker_and_can_be_taken_back(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    verify(event, OfferToHost(card=BEES, name=" Ida ", handle="@ida"), by=IDA)
    assert [(each.card, each.hand, each.name, each.handle) for each in read.offers_to_host(event)] == [
        (BEES, "ida", "Ida", "@ida")
    ]
    verify(event, OfferToHost(card=BEES, name="Ida B"), by=IDA)
    assert [each.name for each in read.offers_to_host(event)] == ["Ida B"]
    verify(event, OfferToHost(card=BEES, on=False), by=IDA)
    assert read.offers_to_host(event) == []


def test_a_host_declines_an_offer_also_one_for_a_part_of_the_card(database: None) -> None:
    event = stored(BOARD, planned=("Wine",), ideas=IDEAS)
    for offered in (WINE, BEES):
        verify(event, OfferToHost(card=offered, name="Rude"), by=IDA)
    verify(event, OfferToHost(card=WINE, name="Eva"), by=EVA)
    verify(event, MergeCards(card=BEES, into=WINE), by=HELPER)
    refusal = verify(event, DeclineOffer(card=WINE, hand="ida"), by=EVA).refusal
    assert refusal
    assert refusal.code is Code.NOT_ALLOWED
    assert verify(event, DeclineOffer(card=WINE, hand="ida"), by=WINO).refusal is None
    assert [each.name for each in read.offers_to_host(event)] == ["Eva"]
    verify(event, DeclineOffer(card=WINE, hand="eva"), by=HELPER)
    assert read.offers_to_host(event) == []


def test_everything_of_a_device_is_found_in_the_log(database: None) -> None:
    event = stored(BOARD, planned=("Wine",))
    for title, by in (("Buy", "ida"), ("Taken", "ida"), ("Bees", "eva")):
        verify(event, WriteCard(title=title, code=code(title), idea=True), by=Who(by))
    verify(event, TakeUp(card=code("Taken"), host="Eva"), by=EVA)
    assert read.ideas_left(event) == {"ida": [code("Buy")], "eva": [BEES]}
    outcome = verify(event, RemoveAllOf(card=code("Buy"), reason="Spam"), by=FACILITATOR)
    assert [change.card for change in outcome.changes] == [code("Buy")]
    verify(event, Undo(number=outcome.number), by=FACILITATOR)
    verify(event, SetCaution(slow=5), by=FACILITATOR)
    refusal = verify(event, WriteCard(title="More", idea=True), by=IDA).refusal
    assert refusal
    assert refusal.code is Code.SLOW_DOWN


def test_nobody_offers_to_host_their_own_card_or_one_that_is_hidden_or_gone(database: None) -> None:
    event = stored(BOARD, planned=("Wine",), ideas=IDEAS, before=((ShieldCard(card=BEES, reason="Read it"), HELPER),))
    asked = [(WINE, WINO), (BEES, IDA), ("NOBODY", IDA)]
    codes = [verify(event, OfferToHost(card=card, name="Ida"), by=by).refusal for card, by in asked]
    assert [refusal and refusal.code for refusal in codes] == [Code.SAME_CARD, Code.SHIELDED, Code.UNKNOWN_CARD]


@pytest.mark.parametrize("name", ["", " ", "\u200b"])
def test_an_offer_has_a_name(name: str) -> None:
    with pytest.raises(Unfit):
        OfferToHost(card=BEES, name=name)


# Stars


def count(event: str) -> dict[str, int]:
    """The program counts; how many would come to each card that has stars."""
    verify(event, CountStars(), by=PROGRAM)
    return {code: card.stars for code, card in consistent(event).cards.items() if card.stars}


def test_a_device_has_one_star_for_a_card_and_may_take_it_back(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    for hand in ("eva", "ida", "eva"):
        assert verify(event, Star(card=BEES), by=Who(hand)).changes == ()
    assert count(event) == {BEES: 2}
    verify(event, Star(card=BEES, on=False), by=EVA)
    assert (count(event), read.stars_of(event, "eva"), read.stars_of(event, "ida")) == ({BEES: 1}, [], [BEES])


def test_stars_stay_with_the_card_as_it_is_taken_up_and_placed(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    verify(event, Star(card=BEES), by=IDA)
    verify(event, TakeUp(card=BEES, host="Eva", cells=ELM9), by=EVA)
    assert count(event) == {BEES: 1}


def test_a_merged_card_counts_a_device_once_and_parted_ones_count_their_own(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    for card_, hands in ((BEES, ("eva", "ida")), (HONEY, ("ida", "joe"))):
        for hand in hands:
            verify(event, Star(card=card_), by=Who(hand))
    assert count(event) == {BEES: 2, HONEY: 2}
    verify(event, MergeCards(card=BEES, into=HONEY), by=HELPER)
    assert (count(event)[HONEY], read.stars_on(event, (BEES, HONEY))) == (3, 3)
    verify(event, UnmergeCards(card=BEES), by=HELPER)
    assert count(event) == {BEES: 2, HONEY: 2}


def test_merged_ideas_are_one_idea_that_somebody_takes_up() -> None:
    board = after(drawn(BOARD, ideas=IDEAS), MergeCards(card=BEES, into=HONEY, title="Bees and honey"), HELPER)
    board = after(board, TakeUp(card=HONEY, host="Eva"), EVA)
    assert (card(board, "Honey").words.title, card(board, "Honey").stage) == ("Bees and honey", Stage.PLANNED)


def test_an_idea_whose_only_host_parts_from_it_is_nobodys_again() -> None:
    play = Playing(BOARD, planned=("Wine",), ideas=IDEAS)
    play.do(EditCard(card=WINE, host="Wilma", seen=99), WINO)
    play.do(MergeCards(card=WINE, into=BEES), HELPER)
    play.do(EditCard(card=BEES, text="Bees and wine", seen=99), WINO)
    play.do(UnmergeCards(card=WINE), WINO)
    assert (play.card("Bees").stage, play.card("Bees").words.host) == (Stage.IDEA, "")
    play.do(UP, EVA)


def test_who_hosts_a_part_of_a_card_does_not_offer_to_host_the_whole(database: None) -> None:
    event = stored(BOARD, planned=("Wine",), ideas=IDEAS, before=((MergeCards(card=WINE, into=BEES), HELPER),))
    refusal = verify(event, OfferToHost(card=BEES, name="Wilma"), by=WINO).refusal
    assert refusal is not None
    assert refusal.code is Code.SAME_CARD


def test_cards_that_become_one_or_part_are_counted_anew(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    MEMORY.uncounted()
    for move in (MergeCards(card=BEES, into=HONEY), UnmergeCards(card=BEES)):
        verify(event, move, by=HELPER)
        assert MEMORY.uncounted() == [event]
    verify(event, UP, by=EVA)
    assert MEMORY.uncounted() == []


def test_only_the_program_counts_and_says_nothing_where_nothing_changed(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    verify(event, Star(card=BEES), by=EVA)
    refusal = verify(event, CountStars(), by=ORGANISER).refusal
    assert refusal is not None
    assert refusal.code is Code.NOT_ALLOWED
    assert [change.kind for change in verify(event, CountStars(), by=PROGRAM).changes] == [Kind.STARS_COUNTED]
    assert verify(event, CountStars(), by=PROGRAM).changes == ()


def test_what_is_gone_or_paused_is_not_starred(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS, before=((WithdrawCard(card=BEES), HELPER),))
    codes = [verify(event, Star(card=each), by=EVA).refusal for each in (BEES, "NOBODY")]
    assert [refusal and refusal.code for refusal in codes] == [Code.WITHDRAWN, Code.UNKNOWN_CARD]
    verify(event, FreezeBoard(reason="A storm"), by=FACILITATOR)
    paused = verify(event, Star(card=HONEY), by=EVA).refusal
    assert paused is not None
    assert paused.code is Code.FROZEN


def test_who_stars_one_card_is_known_by_what_else_they_star(database: None) -> None:
    event = stored(BOARD, ideas=IDEAS)
    for hand, starred in (("eva", (BEES, KNIT)), ("ida", (BEES, KNIT, TALK)), ("joe", (TALK,))):
        for each in starred:
            verify(event, Star(card=each), by=Who(hand))
    assert read.stars_with(event, BEES) == {KNIT: 2, TALK: 1}
    assert read.starred_by(event, [BEES, TALK, "2THERE"]) == {BEES: {"eva", "ida"}, TALK: {"ida", "joe"}}


# Planned ahead


def test_a_wish_is_kept_as_it_was_typed_with_what_was_understood_and_holds_nothing() -> None:
    wished = Wished(day=at("09:00").date(), slots=("0517-0900",), room="elm")
    board = after(drawn(BOARD), WriteCard(title="Wine", code=WINE, wish="Elm at nine", wished=wished), WINO)
    wine = board.cards[WINE]
    assert (wine.words.wish, wine.wished, wine.stage, board.is_free(ELM9[0])) == (
        "Elm at nine",
        wished,
        Stage.PLANNED,
        True,
    )


def test_another_wish_is_understood_anew_and_other_words_leave_it() -> None:
    elm, oak = Wished(room="elm"), Wished(room="oak")
    board = after(drawn(BOARD), WriteCard(title="Wine", code=WINE, wish="Elm", wished=elm), WINO)
    assert after(board, EditCard(card=WINE, text="Red", seen=99), WINO).cards[WINE].wished == elm
    board = after(board, EditCard(card=WINE, wish="Oak", wished=oak, seen=99), WINO)
    assert board.cards[WINE].wished == oak
    assert after(board, EditCard(card=WINE, wish="", seen=99), WINO).cards[WINE].wished is None


def test_what_came_by_mail_is_read_by_staff_before_anybody_else_reads_it() -> None:
    sent = WriteCard(title="Wine", code=WINE, host="Wilma", wish="Elm", held=True)
    board = after(drawn(BOARD), sent, WINO)
    assert (board.cards[WINE].standing, board.cards[WINE].words.as_said()["wish"]) == (Standing.HELD, "")
    play = Playing(BOARD)
    play.do(sent, WINO)
    play.do(ApproveCard(card=WINE), HELPER)
    assert (play.card("Wine").words.host, play.card("Wine").words.wish) == ("Wilma", "Elm")


# The main programme


def test_a_hosts_own_talk_and_a_keynote_are_told_and_may_be_meant() -> None:
    talks = (
        Talk("k", "Opening", at("09:00"), at("09:30"), "Hall A", keynote=True),
        Talk("t", "Bees in winter", at("10:00"), at("10:30"), "Hall B", ("Eva",)),
    )
    board = after(drawn(BOARD, ideas=IDEAS), FollowProgramme(talks=talks), ORGANISER)
    for wanted, told in ((ELM9, Code.KEYNOTE), (cells("oak 10:00"), Code.OWN_TALK)):
        refusal = refused(board, TakeUp(card=BEES, host="eva", cells=wanted), EVA)
        assert (refusal.code, refusal.confirmable) == (told, True)
        done = after(board, TakeUp(card=BEES, host="eva", cells=wanted, confirmed=True), EVA)
        assert done.cards[BEES].cells == wanted
