"""What card a letter becomes, by the rules of docs/mail.md."""

from datetime import date

import pytest
from tests.intake.mail.letters import LINE, letter
from tests.intake.wishes.boards import board_of, eve_of

from openspaces.intake.mail.card import Asked, read_card
from openspaces.intake.mail.letter import read_letter

REST = (
    "will focus on entrepreneurship, connecting those interested in learning about starting their own Python company,"
    " investing in a start-up and more."
)
WISH = "April 29, Room 250DE from 7pm - 8pm"


def asked(
    text: str, subject: str = "", event: str = "pyconus2022", sender: str = "Ada Lovelace <ada@example.org>"
) -> Asked:
    """The card that a letter asks for, on the day before the event."""
    board = board_of(event)
    return read_card(read_letter(letter(text, subject, sender)), board, eve_of(board))


def test_the_line_of_the_page_becomes_the_card_of_the_page() -> None:
    card = asked(f"{LINE}\n", "Planned Open Space", sender="Open Teams <hello@example.org>")
    assert (card.title, card.text, card.host, card.wish) == ("Open Teams Incubator", REST, "Open Teams", WISH)
    assert (card.understood.day, card.understood.slots, card.understood.room) == (
        date(2022, 4, 29),
        ("0429-1900",),
        "250de",
    )
    assert (card.idea, card.cut) == (False, False)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("", LINE),
        ("Open Space", f"Hi all,\n\n{LINE}\n\nThanks,\nAda\n"),
        ("Planned Open Spaces for PyCon US 2022!", f"• {LINE}"),
        ("Open Teams Incubator", LINE),
        ("Planned Open Space: Open Teams Incubator", f"{WISH}\n\n{REST}"),
        (f"{WISH}: Open Teams Incubator", REST),
        (f"Open Teams Incubator, {WISH}", REST),
        ("Open Space", f"Open Teams Incubator – {WISH}\n{REST}"),
        (
            "hello",
            f"Title: Open Teams Incubator\nWhen: April 29 from 7pm - 8pm\nWhere: Room 250DE\nDescription: {REST}",
        ),
    ],
)
def test_however_it_is_written_it_is_the_same_card(subject: str, text: str) -> None:
    card = asked(text, subject)
    assert (card.title, card.text, card.understood.slots, card.understood.room) == (
        "Open Teams Incubator",
        REST,
        ("0429-1900",),
        "250de",
    )


def test_named_fields_count_before_everything_else() -> None:
    named = "Title: Knitting\nHost: Grace\nWhen: Friday 2pm\nHandle: @grace\nLink: example.org/wool\n"
    card = asked(f"{named}Text: Bring wool.\nAnd needles.", "About my session")
    assert (card.title, card.host, card.wish, card.handle) == ("Knitting", "Grace", "Friday 2pm", "@grace")
    assert (card.text, card.link) == ("Bring wool.\nAnd needles.", "https://example.org/wool")


def test_a_name_is_the_title_where_nothing_else_is_and_else_the_hosts() -> None:
    one = asked("Please list us.\n\nName: PyLadies lunch\nDay: Saturday\nTime: noon", "Open Space")
    assert (one.title, one.host, one.understood.slots) == ("PyLadies lunch", "Ada Lovelace", ("0430-1200",))
    other = asked("Title: Knitting\nName: Grace\nWhen: Friday 2pm")
    assert (other.title, other.host) == ("Knitting", "Grace")


def test_a_line_may_say_what_kind_of_letter_it_is_before_the_title() -> None:
    card = asked("Open Space: Mentoring\nSaturday, April 30th, 10 AM\n\nCome and talk.", "Request")
    assert (card.title, card.text, card.understood.slots) == ("Mentoring", "Come and talk.", ("0430-1000",))


def test_a_wish_at_the_end_of_a_sentence_leaves_it_whole() -> None:
    card = asked("We'd like to meet for an hour, maybe around 4pm on Saturday.", "Board games")
    assert card.text == "We'd like to meet for an hour, maybe around 4pm on Saturday."
    assert card.understood.slots == ("0430-1600",)


def test_fields_are_named_in_german_and_hindi_too() -> None:
    german = asked("Titel: Stricken\nGastgeberin: Grete\nWann: Samstag um 14 Uhr\nBeschreibung: Wolle mitbringen", "x")
    assert (german.title, german.host, german.text) == ("Stricken", "Grete", "Wolle mitbringen")
    assert german.understood.slots == ("0430-1400",)
    hindi = asked("शीर्षक: बुनाई\nमेज़बान: गीता\nकब: शनिवार 2 बजे\nविवरण: ऊन लाएँ", "x", "pyconindia2018")
    assert (hindi.title, hindi.host, hindi.text) == ("बुनाई", "गीता", "ऊन लाएँ")
    assert hindi.understood.slots == ("1006-1400",)


@pytest.mark.parametrize(
    ("subject", "text", "title", "slots", "room"),
    [
        ("حياكة", "مرحبا،\n\nالجمعة ٢٩ أبريل الساعة ٧ مساءً قاعة 250DE\n", "حياكة", ("0429-1900",), "250de"),
        (
            "Tejer juntos",
            "Hola,\n\nsábado a las 5 de la tarde en la sala 251A\n",
            "Tejer juntos",
            ("0430-1700",),
            "251a",
        ),
        ("Tricot", "Bonjour,\n\nle 30 avril à 14h30, salle 251A\n", "Tricot", ("0430-1400",), "251a"),
        ("बुनाई", "नमस्ते,\n\nशनिवार 2 बजे कमरा 250A\n", "बुनाई", ("0430-1400",), "250a"),
        ("Samen breien", "Hallo,\n\nzaterdag om 15 uur\n", "Samen breien", ("0430-1500",), ""),
    ],
)
def test_letters_in_many_languages_are_understood(
    subject: str, text: str, title: str, slots: tuple[str, ...], room: str
) -> None:
    card = asked(text, subject)
    assert (card.title, card.text, card.understood.slots, card.understood.room) == (title, "", slots, room)


def test_a_wish_in_the_middle_of_a_sentence_leaves_it_whole() -> None:
    text = "Hallo zusammen,\n\nich möchte am Samstag um 14 Uhr in Raum 250B stricken.\n\nViele Grüße\nKarl\n"
    card = asked(text, "Stricken für alle", sender="Karl <karl@example.org>")
    assert (card.title, card.host) == ("Stricken für alle", "Karl")
    assert card.text == "ich möchte am Samstag um 14 Uhr in Raum 250B stricken."
    assert (card.wish, card.understood.slots) == ("Samstag um 14 Uhr in Raum 250B", ("0430-1400",))


def test_a_day_in_passing_is_no_wish() -> None:
    card = asked("We met last Friday, and it was good.", "Knitting")
    assert (card.wish, card.text) == ("", "We met last Friday, and it was good.")


@pytest.mark.parametrize("subject", ["Idea: How to avoid burnout", "Re: Idee: How to avoid burnout"])
def test_what_is_called_an_idea_has_no_host(subject: str) -> None:
    card = asked("Somebody should talk about this.", subject)
    assert (card.title, card.idea, card.host) == ("How to avoid burnout", True, "")


@pytest.mark.parametrize(
    "text", ["Idea: Burnout", "Title: Burnout\nHost:", "Title: Burnout\nHost: somebody", "विचार: Burnout"]
)
def test_an_idea_is_known_by_its_fields(text: str) -> None:
    card = asked(text)
    assert (card.title, card.idea, card.host) == ("Burnout", True, "")


def test_without_a_name_and_without_a_wish_it_is_an_idea() -> None:
    assert asked("Somebody should talk about it", "Burnout", sender="ada@example.org").idea is True
    planned = asked("Friday 2pm", "Burnout", sender="ada@example.org")
    assert (planned.idea, planned.host) == (False, "")


def test_an_address_is_never_a_hosts_name() -> None:
    assert asked("Friday 2pm", "Knitting", sender='"ada@example.org" <ada@example.org>').host == ""
    assert asked("Host: ada@example.org\nWhen: Friday 2pm", "Knitting").host == ""


def test_a_long_text_is_cut_at_a_word_and_that_is_told() -> None:
    card = asked("word " * 200, "Knitting")
    assert (len(card.text) <= 400, card.text[-5:], card.cut) == (True, "word…", True)


def test_a_long_subject_keeps_all_its_words() -> None:
    subject = "A space for organisers of conferences, workshops and diversity initiatives, and everybody else who cares"
    card = asked("Come.", subject)
    assert len(card.title) <= 80
    assert card.text == f"{subject}\nCome."


def test_a_letter_without_words_has_no_title() -> None:
    assert asked("", "").title == ""
    assert asked("Hello,\n", "Open Space").title == ""


@pytest.mark.parametrize(
    "subject",
    ["", "(no subject)", "(kein Betreff)", "(sans objet)", "(कोई विषय नहीं)", "(بدون موضوع)", "(ohne Betreff)"],
)
def test_an_empty_subject_takes_the_first_line(subject: str) -> None:
    card = asked("Dear organisers,\n\nKnitting for everybody\nBring wool.", subject)
    assert (card.title, card.text) == ("Knitting for everybody", "Bring wool.")
