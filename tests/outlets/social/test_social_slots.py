"""What is posted by itself about a slot: in time, once, kept true, and nothing that is hidden."""

import pytest
from tests.delivery.trial import MINUTE, Working
from tests.drawing import at, cells, code
from tests.intake.event import now
from tests.outlets.networks import Bluesky, Mastodon
from tests.outlets.social.posting import ADDRESS, FIRST, TOLD, do, to

from openspaces.board.moves import (
    ApproveCard,
    EditCard,
    MergeCards,
    MoveCard,
    RemoveCard,
    ShieldCard,
    TakeDown,
    UnmergeCards,
    WriteCard,
)

# A slot before it begins


def test_a_slot_is_told_ten_minutes_before_it_begins_with_a_picture(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:49")
    assert mastodon.texts() == []
    to(on_mastodon, "08:50")
    (status,) = mastodon.statuses.values()
    assert status == {
        "id": "101",
        "status": FIRST,
        "language": "en",
        "visibility": "unlisted",
        "media_ids": ["m1"],
    }
    assert mastodon.media["m1"] == "The board at 09:00. Oak: Knit; Elm: Talk; Gate: Run"


def test_each_slot_is_told_once_and_an_empty_one_not_at_all(mastodon: Mastodon, on_mastodon: Working) -> None:
    for clock in ("08:50", "08:55", "09:50", "10:50", "11:30", "12:00", "20:00"):
        to(on_mastodon, clock)
    assert [text.partition("\n")[0] for text in mastodon.texts()] == ["Next, 09:00:", "Next, 10:00:"]


def test_the_same_on_bluesky_whose_links_and_tags_are_in_their_places(bluesky: Bluesky, on_bluesky: Working) -> None:
    do(WriteCard(title="Größe & 👩‍👩‍👧‍👦", cells=cells("fir 09:00"), code="2AAAAA"))
    to(on_bluesky, "08:50")
    (record,) = bluesky.records.values()
    assert record["text"] == FIRST.replace("\nGate", "\nFir: Größe & 👩‍👩‍👧‍👦\nGate")
    assert [list(facet["features"][0].values())[1] for facet in record["facets"]] == [ADDRESS, "PyCamp", "OpenSpaces"]
    assert record["embed"]["images"][0]["alt"].startswith("The board at 09:00. Oak: Knit; ")
    assert record["langs"] == ["en"]


def test_what_was_written_within_three_minutes_comes_in_when_it_has_stood_for_them(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    do(WriteCard(title="Late", cells=cells("fir 09:00"), code="2AAAAA"), TOLD - 2 * MINUTE)
    to(on_mastodon, "08:50")
    assert mastodon.texts() == [FIRST]
    to(on_mastodon, "08:52")
    assert (mastodon.texts(), "Late" in mastodon.media["m1"]) == ([FIRST.replace("\nGate", "\nFir: Late\nGate")], False)


def test_an_edit_within_three_minutes_is_held_too(mastodon: Mastodon, on_mastodon: Working) -> None:
    do(EditCard(card=code("Knit"), title="Rude", seen=now().number), TOLD - 2 * MINUTE)
    to(on_mastodon, "08:50")
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]
    assert "Rude" not in str(mastodon.media)


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "control: not hidden"])
def test_a_bad_card_that_is_hidden_within_the_hold_is_never_posted(
    mastodon: Mastodon, on_mastodon: Working, hidden: bool
) -> None:
    do(WriteCard(title="Rude", cells=cells("fir 09:00"), code="2AAAAA"), TOLD - 2 * MINUTE)
    if hidden:
        do(ShieldCard(card="2AAAAA", reason="Rude"), TOLD + MINUTE / 2)
    for clock in ("08:50", "08:53", "08:58"):
        to(on_mastodon, clock)
    said = b"".join(asked.body for asked in mastodon.asked)
    assert (b"Rude" in said) is not hidden


def test_a_card_that_was_approved_has_to_stand_for_three_minutes_again(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    do(ShieldCard(card=code("Knit"), reason="?"), TOLD - 9 * MINUTE)
    do(ApproveCard(card=code("Knit")), TOLD - MINUTE)
    to(on_mastodon, "08:50")
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]
    to(on_mastodon, "08:53")
    assert mastodon.texts() == [FIRST]


# What becomes wrong


def test_a_card_that_moves_or_is_off_before_it_begins_is_corrected_in_the_post(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    to(on_mastodon, "08:50")
    do(MoveCard(card=code("Knit"), cells=cells("fir 11:00")), at("08:54"))
    do(TakeDown(card=code("Run")), at("08:54"))
    to(on_mastodon, "08:56")
    gone = "“Knit” moved: Saturday 11:00–12:00, Fir\n“Run” is off\n"
    assert mastodon.texts() == [f"Next, 09:00:\nElm: Talk\n{gone}{ADDRESS}\n#PyCamp #OpenSpaces"]
    assert (mastodon.edits, len(mastodon.statuses)) == (1, 1)


def test_on_bluesky_the_post_is_written_anew_and_only_for_what_became_wrong(
    bluesky: Bluesky, on_bluesky: Working
) -> None:
    to(on_bluesky, "08:50")
    do(WriteCard(title="Late", cells=cells("fir 09:00"), code="2AAAAA"), at("08:51"))
    to(on_bluesky, "08:55")
    assert bluesky.texts() == [FIRST]
    do(TakeDown(card=code("Run")), at("08:56"))
    to(on_bluesky, "08:57")
    assert bluesky.texts() == [FIRST.replace("Gate: Run", "Fir: Late\n“Run” is off")]


def test_what_happens_after_a_slot_began_leaves_its_post_alone(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:50")
    do(TakeDown(card=code("Chess")), at("09:20"))
    do(EditCard(card=code("Talk"), title="Walk", seen=now().number), at("09:20"))
    to(on_mastodon, "09:30")
    assert (mastodon.texts(), mastodon.edits) == ([FIRST], 0)


@pytest.mark.parametrize("clock", ["08:52", "09:30"], ids=["before it begins", "long after"])
def test_what_is_hidden_later_goes_from_the_post_and_its_picture_at_once(
    mastodon: Mastodon, on_mastodon: Working, clock: str
) -> None:
    to(on_mastodon, "08:50")
    do(RemoveCard(card=code("Knit"), reason="Rude"), at(clock))
    on_mastodon.at = at(clock)
    on_mastodon.on()
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]
    (status,) = mastodon.statuses.values()
    assert mastodon.media[status["media_ids"][0]] == "The board at 09:00. Elm: Talk; Gate: Run"


def test_a_card_that_is_hidden_after_it_moved_goes_from_the_post_of_where_it_was(
    mastodon: Mastodon, on_mastodon: Working
) -> None:
    to(on_mastodon, "08:50")
    do(MoveCard(card=code("Knit"), cells=cells("fir 11:00")), at("08:54"))
    to(on_mastodon, "08:56")
    do(ShieldCard(card=code("Knit"), reason="Rude"), at("08:57"))
    to(on_mastodon, "08:58")
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\n", "")]


def test_on_bluesky_what_is_hidden_later_takes_the_post_with_it(bluesky: Bluesky, on_bluesky: Working) -> None:
    to(on_bluesky, "08:50")
    do(ShieldCard(card=code("Knit"), reason="Rude"), at("08:52"))
    to(on_bluesky, "08:53")
    assert bluesky.texts() == [FIRST.replace("Oak: Knit\n", "")]
    do(ShieldCard(card=code("Talk"), reason="Rude"), at("09:20"))
    to(on_bluesky, "09:21")
    assert bluesky.texts() == []


@pytest.mark.parametrize("first", ["edited", "hidden"])
def test_a_card_that_is_edited_while_another_is_hidden_comes_back(
    mastodon: Mastodon, on_mastodon: Working, first: str
) -> None:
    to(on_mastodon, "08:50")
    edit, hide = ("08:51", "08:52") if first == "edited" else ("08:52", "08:51")
    for clock in ("08:51", "08:52"):
        if clock == edit:
            do(EditCard(card=code("Knit"), title="Purl", seen=now().number), at(edit))
        if clock == hide:
            do(ShieldCard(card=code("Talk"), reason="Rude"), at(hide))
            on_mastodon.at = at(hide)
            on_mastodon.on()
            assert "Talk" not in mastodon.texts()[0]
    to(on_mastodon, "08:54")
    assert "Purl" not in mastodon.texts()[0]
    to(on_mastodon, "08:56")
    assert mastodon.texts() == [FIRST.replace("Knit\nElm: Talk", "Purl")]


def test_on_bluesky_too_a_card_that_is_edited_while_another_is_hidden_comes_back(
    bluesky: Bluesky, on_bluesky: Working
) -> None:
    to(on_bluesky, "08:50")
    do(EditCard(card=code("Knit"), title="Purl", seen=now().number), at("08:51"))
    do(ShieldCard(card=code("Talk"), reason="Rude"), at("08:52"))
    to(on_bluesky, "08:53")
    assert bluesky.texts() == [FIRST.replace("Oak: Knit\nElm: Talk\n", "")]
    to(on_bluesky, "08:56")
    assert bluesky.texts() == [FIRST.replace("Knit\nElm: Talk", "Purl")]


def test_what_is_hidden_waits_for_no_edit_where_the_network_was_away(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:50")
    mastodon.troubles = [(503, {})] * 2
    do(ShieldCard(card=code("Talk"), reason="Rude"), at("08:52"))
    on_mastodon.at = at("08:52")
    on_mastodon.on()
    do(EditCard(card=code("Knit"), title="Purl", seen=now().number), at("08:52"))
    for clock in ("08:53", "08:54"):
        to(on_mastodon, clock)
    assert "Talk" not in mastodon.texts()[0]


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "control: not hidden"])
def test_the_title_that_two_hosts_agreed_on_is_held_as_any_other(
    mastodon: Mastodon, on_mastodon: Working, hidden: bool
) -> None:
    to(on_mastodon, "08:50")
    do(MergeCards(card=code("Talk"), into=code("Knit"), title="Rude"), at("08:51"))
    to(on_mastodon, "08:53")
    assert mastodon.texts() == [FIRST]
    if hidden:
        do(ShieldCard(card=code("Knit"), reason="Rude"), at("08:53"))
    to(on_mastodon, "08:57")
    says = "Gate: Run" if hidden else "Oak: Rude\nGate: Run\n“Talk” is now part of “Rude”"
    assert mastodon.texts() == [FIRST.replace("Oak: Knit\nElm: Talk\nGate: Run", says)]
    assert ("Rude" in b"".join(asked.body for asked in mastodon.asked).decode("latin-1")) is not hidden


def test_two_cards_that_part_say_nothing_for_three_minutes_either(mastodon: Mastodon, on_mastodon: Working) -> None:
    do(MergeCards(card=code("Talk"), into=code("Knit"), title="Both"), at("08:30"))
    to(on_mastodon, "08:50")
    assert mastodon.texts() == [FIRST.replace("Knit\nElm: Talk", "Both")]
    do(UnmergeCards(card=code("Talk")), at("08:51"))
    to(on_mastodon, "08:53")
    assert mastodon.texts() == [FIRST.replace("Knit\nElm: Talk", "Both")]
    to(on_mastodon, "08:56")
    assert mastodon.texts() == [FIRST.replace("\nElm: Talk", "")]


def test_of_a_post_whose_every_card_is_hidden_nothing_is_left(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:50")
    for title in ("Knit", "Talk", "Run"):
        do(ShieldCard(card=code(title), reason="Rude"), at("08:52"))
    to(on_mastodon, "08:53")
    assert mastodon.texts() == []


def test_a_post_that_somebody_deleted_by_hand_stays_deleted(mastodon: Mastodon, on_mastodon: Working) -> None:
    to(on_mastodon, "08:50")
    mastodon.statuses.clear()
    for title, clock in (("Knit", "08:52"), ("Talk", "08:55")):
        do(TakeDown(card=code(title)), at(clock))
        on_mastodon.at = at(clock) + MINUTE
        on_mastodon.on()
    assert (mastodon.texts(), mastodon.edits) == ([], 1)
