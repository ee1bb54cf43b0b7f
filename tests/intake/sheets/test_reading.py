"""Sheets are read whatever program wrote them, with any separator and encoding; their columns are guessed, and said."""

import random
import zipfile
from contextlib import suppress
from datetime import date, time
from io import BytesIO

import pytest
from tests.drawing import EVENT, drawn
from tests.intake.sheets.workbooks import ods, xlsx

from openspaces.board.state import Board
from openspaces.intake.sheets import (
    FIELDS,
    BadRow,
    Guess,
    Ready,
    UnknownColumn,
    WrongSheet,
    chosen,
    guessed,
    read_rows,
    read_sheet,
)

BOARD = drawn("""
          oak    elm      elsewhere
  09:00   .      Talk     .
  10:00   .      #lunch   .
  ---
  09:00   .      .        .
""")
"""Two days, 17 and 18 May 2031."""
ROWS = (("Title", "Host"), ("Größe, und mehr", "Ada"), ("Zwei; Zeilen", "Bo"))


def cells(raw: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_sheet(raw).rows]


def text(*rows: tuple[str, ...], separator: str = ",", end: str = "\r\n") -> str:
    quoted = ([cell if separator not in cell else f'"{cell}"' for cell in row] for row in rows)
    return "".join(separator.join(row) + end for row in quoted)


def guess(*lines: str, board: Board = BOARD) -> Guess:
    """The guess for a sheet of these lines, with bars between the columns."""
    return guessed(read_sheet("\n".join(lines).encode()), board)


def rows(*lines: str, place: bool = False) -> list[Ready | BadRow]:
    return list(read_rows(guess(*lines), BOARD, place=place))


def moves(*lines: str, place: bool = False) -> list[tuple[str | None, ...]]:
    """What each card says, and the cell that it takes or wishes for."""
    found: list[tuple[str | None, ...]] = []
    for row in rows(*lines, place=place):
        assert isinstance(row, Ready)
        found.append((row.move.title, row.move.host, ", ".join(map(str, row.move.cells)) or None, row.move.wish))
    return found


# Text and workbooks


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_encoding_and_line_end_is_found(separator: str, encoding: str, end: str) -> None:
    assert cells(text(*ROWS, separator=separator, end=end).encode(encoding)) == list(ROWS)


def test_an_arabic_sheet_of_old_is_read_by_its_headers() -> None:
    sheet = text(("العنوان", "المضيف"), ("بايثون للمبتدئين", "ليلى"))
    assert cells(sheet.encode("cp1256"))[1] == ("بايثون للمبتدئين", "ليلى")


def test_what_it_was_read_as_is_said() -> None:
    assert read_sheet(text(*ROWS, separator=";").encode()).kind == "text with semicolons, UTF-8"
    assert read_sheet(xlsx(Cards=ROWS)).kind == "workbook, sheet “Cards”"


def test_quotes_hold_separators_line_ends_and_quotes() -> None:
    sheet = b'Title,Text\n"One, two","He said ""no"".\nThen he left."\n'
    assert cells(sheet) == [("Title", "Text"), ("One, two", 'He said "no".\nThen he left.')]


def test_a_quote_that_is_never_closed_is_named_with_its_row() -> None:
    with pytest.raises(WrongSheet) as refused:
        read_sheet(b'Title,Host\nOne,Ada\n"Two,Bo\nThree,Cy\n')
    assert str(refused.value) == "Row 3 opens a quotation mark that is never closed."


def test_what_begins_like_a_formula_is_text_and_our_own_quote_before_it_goes() -> None:
    sheet = b"Title,Host\n=1+1 is not 2,@ada\n'=1+1 is not 2,-\n'tis the season,+1\n"
    assert cells(sheet)[1:] == [("=1+1 is not 2", "@ada"), ("=1+1 is not 2", "-"), ("'tis the season", "+1")]
    assert moves("Title|Host", "=1+1 is not 2|@ada") == [("=1+1 is not 2", "@ada", None, None)]


@pytest.mark.parametrize(
    "made",
    [xlsx(Cards=(("Title", "Day"), ("=A1", date(2031, 5, 17)))), ods((("Title", "Day"), ("=A1", date(2031, 5, 17))))],
)
def test_workbooks_are_read_with_their_dates(made: bytes) -> None:
    assert cells(made) == [("Title", "Day"), ("=A1", "2031-05-17")]


def test_times_and_numbers_of_a_workbook_are_as_one_types_them() -> None:
    made = xlsx(Cards=(("Title", "Time", "Room"), ("Knitting", time(9, 30), 308), ("Chess", 0.5, None)))
    assert cells(made) == [("Title", "Time", "Room"), ("Knitting", "09:30", "308"), ("Chess", "0.5")]


def test_the_first_sheet_with_something_in_it_is_read_and_the_others_are_named() -> None:
    made = read_sheet(xlsx(Empty=(), Cards=ROWS, Notes=(("More",),)))
    assert (made.rows[1].cells, made.others) == (ROWS[1], ("Empty", "Notes"))


def test_rows_keep_the_numbers_that_people_see() -> None:
    assert [row.number for row in read_sheet(b"Title,Host\n\n,\nOne,Ada\n").rows] == [1, 4]
    assert [row.number for row in read_sheet(xlsx(Cards=(("Title",), (None,), ("One",)))).rows] == [1, 3]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "There is nothing in this sheet."),
        (b"\n,,\n", "There is nothing in this sheet."),
        (b"PNG\0\0\0", "This is no text and no workbook. Known are CSV, TSV, XLSX and ODS."),
        (xlsx(Cards=ROWS)[:-40], "This workbook is damaged: its end is missing. Save it again."),
        (b"\xff\xfea\0b", "Line 1 is not UTF-16 text. Save the sheet again, as CSV UTF-8."),
        (xlsx(Empty=()), "There is nothing in this workbook."),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(WrongSheet) as refused:
        read_sheet(raw)
    assert str(refused.value) == says


def test_a_workbook_that_asks_for_all_memory_is_refused_and_nothing_else_happens() -> None:
    rows = tuple((f"Title {number}",) for number in range(3))
    with zipfile.ZipFile(BytesIO(xlsx(Cards=rows))) as good, zipfile.ZipFile(bad := BytesIO(), "w") as far:
        for name in good.namelist():
            far.writestr(name, good.read(name).replace(b'r="A3"', b'r="XFD900000"'))
    with pytest.raises(WrongSheet) as refused:
        read_sheet(bad.getvalue())
    assert str(refused.value) == "This workbook is too large; save the sheet alone, as CSV."


def test_a_sheet_that_is_formatted_to_its_last_row_is_read() -> None:
    rows = [("Title",), ("Knitting",)]
    with zipfile.ZipFile(BytesIO(xlsx(Cards=[*rows, ("",)]))) as good, zipfile.ZipFile(long := BytesIO(), "w") as far:
        for name in good.namelist():
            far.writestr(name, good.read(name).replace(b'r="A3"', b'r="A1048576"'))
    assert cells(long.getvalue()) == rows


@pytest.mark.parametrize("made", [xlsx(Cards=ROWS), ods(ROWS)])
def test_whatever_is_broken_in_a_workbook_it_is_read_or_refused(made: bytes) -> None:
    chance = random.Random(5)
    for _each in range(8):
        broken = bytearray(made)
        for _hit in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(WrongSheet):
            read_sheet(bytes(broken))


def test_whatever_is_broken_in_a_text_it_is_read_or_refused() -> None:
    chance, made = random.Random(5), text(*ROWS, *ROWS).encode()
    for _each in range(300):
        broken = bytearray(made)
        for _hit in range(chance.randint(1, 6)):
            start = chance.randrange(len(broken))
            broken[start : start + chance.choice([0, 1, 9])] = bytes(chance.choices(b"\"',;\t\r\n\x00\xff=", k=3))
        with suppress(WrongSheet):
            list(read_rows(guessed(read_sheet(bytes(broken)), BOARD), BOARD, place=True))


# Columns


@pytest.mark.parametrize(
    "header",
    [
        "Title|Description|Host|Handle|Link|Wish|Day|Time|Room|Tags",
        "Thema|Beschreibung|Wer|Kontakt|Webseite|Wunsch|Tag|Uhrzeit|Raum|Schlagworte",
        "शीर्षक|विवरण|मेज़बान|संपर्क|लिंक|इच्छा|दिन|समय|कमरा|टैग",
        "العنوان|الوصف|المضيف|التواصل|الرابط|الرغبة|اليوم|الوقت|القاعة|الوسوم",
    ],
)
def test_columns_are_known_by_their_names_in_four_languages(header: str) -> None:
    found = guess(header, "Knitting|Bring wool|Ada|@ada|https://x.org|noon|17 May|09:00|Oak|wool")
    assert found.columns == dict(zip(FIELDS, range(10), strict=True))


def test_the_order_of_columns_and_what_is_not_read_are_said() -> None:
    found = guess("No.|E-mail|Name|Session title|Remarks", "1|a@b.c|Ada|Knitting|none")
    assert found.columns == {"title": 3, "host": 2}
    assert [found.name(column) for column in found.unused] == ["A “No.”", "B “E-mail”", "E “Remarks”"]
    assert found.private == (1,)


def test_the_questions_of_a_form_are_known_by_what_they_mean() -> None:
    found = guess(
        "Timestamp|Your name|Title of your session|What is it about?|Preferred day|Start time|Room preference|"
        "Your e-mail",
        "1 May|Ada|Knitting|Bring wool|Sunday|9:00|any|a@b.c",
    )
    assert found.columns == {"title": 2, "text": 3, "host": 1, "wish": 6, "day": 4, "time": 5}
    assert (found.private, found.unused) == ((7,), (0, 7))
    german = guess(
        "Nr.|Titel der Session|Kurze Beschreibung|Dein Name|Start Datum|Start Uhrzeit", "1|Stricken|Wolle|Ada||"
    )
    assert german.columns == {"title": 1, "text": 2, "host": 3, "day": 4, "time": 5}


@pytest.mark.parametrize("above", [("Our camp||", "in May||"), ("sep=;",)])
def test_names_of_columns_are_found_below_a_heading(above: tuple[str, ...]) -> None:
    found = guess(*above, "Titel|Wer|Raum", "Knitting|Ada|Oak")
    assert (found.columns, [row.number for row in found.rows]) == ({"title": 0, "host": 1, "room": 2}, [len(above) + 2])


def test_titles_alone_above_a_row_of_two_are_no_headings() -> None:
    assert [title for title, *_rest in moves("Knitting|", "Chess|", "Go|Ada")] == ["Knitting", "Chess", "Go"]


@pytest.mark.parametrize("title", ["Time management", "A room of one's own", "Host your own mail", "Session types"])
def test_a_title_that_sounds_like_a_column_is_no_header(title: str) -> None:
    assert moves(f"{title}|Ada Lovelace", "Knitting|Bo")[0][:2] == (title, "Ada Lovelace")


def test_without_names_columns_are_known_by_what_stands_in_them() -> None:
    found = guess(
        "Knitting for all|Ada|Bring wool, or take some of mine, there is enough|https://x.org|2031-05-17|9:00|Oak|@ada",
        "Chess|Bo|We play until somebody wins or the room is needed|https://y.org|Sunday|9:00|Elm|@bo",
    )
    assert found.header is None
    assert found.columns == {"title": 0, "host": 1, "text": 2, "link": 3, "day": 4, "time": 5, "room": 6, "handle": 7}
    assert len(found.first) == 2


def test_a_list_of_titles_alone_is_a_sheet_too() -> None:
    assert moves("Knitting", "Chess in the park") == [
        ("Knitting", None, None, None),
        ("Chess in the park", None, None, None),
    ]


def test_columns_are_chosen_by_letter_number_or_name() -> None:
    found = guess("A thing|Wer|Name", "Knitting|Bo|Ada")
    assert chosen(found, "title=a,host=3").columns == {"title": 0, "host": 2}
    assert chosen(found, "title=A thing, host=wer").columns == {"title": 0, "host": 1}
    assert chosen(found, "title=A,host=").columns == {"title": 0}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("titel=A", f"“titel=A” chooses no column: write FIELD=COLUMN, as in title=A; fields are {', '.join(FIELDS)}."),
        ("title=Q", "There is no column “Q”; there are A “Thing”, B “Wer”."),
        ("title=", "A card needs a title: choose its column, as in --columns title=A."),
    ],
)
def test_a_choice_that_names_nothing_is_answered_with_what_there_is(typed: str, says: str) -> None:
    with pytest.raises(UnknownColumn) as refused:
        chosen(guess("Thing|Wer", "Knitting|Ada"), typed)
    assert str(refused.value) == says


# Rows


def test_a_row_with_a_host_is_planned_and_one_without_is_an_idea() -> None:
    assert moves("Title|Host|Wish", "Knitting|Ada|noon", "Somebody should sing||") == [
        ("Knitting", "Ada", None, "noon"),
        ("Somebody should sing", None, None, None),
    ]


def test_a_bad_row_is_named_and_the_rest_goes_on() -> None:
    long = "x" * 81
    found = rows(
        "Title|Who|Website", f"{long}|Ada|", "|Bo|", f"Chess|{long}|", "Go|Cy|javascript:x", "Knitting|Di|x.org"
    )
    assert [str(row) for row in found if isinstance(row, BadRow)] == [
        "Row 2, column A “Title”: Shorten this to 80 letters.",
        "Row 3, column A “Title”: Write a title: a few words that say what it is about.",
        "Row 4, column B “Who”: Shorten this to 80 letters.",
        "Row 5, column C “Website”: Write a whole web address that begins with https://, or leave it empty.",
    ]
    assert [row.number for row in found if isinstance(row, Ready)] == [6]


def test_day_time_and_room_become_a_wish_that_is_understood() -> None:
    (row,) = rows("Title|Host|Day|Time|Room", "Knitting|Ada|Sunday|9:00|Oak")
    assert isinstance(row, Ready)
    assert row.move.wish == "Sunday, 9:00, Oak"
    assert row.move.wished
    assert [str(cell) for cell in row.move.wished.cells] == ["oak@0518-0900"]


def test_tags_stand_below_the_text() -> None:
    (row,) = rows("Title|Description|Tags", "Knitting|Bring wool|wool, slow crafts; #fun")
    assert isinstance(row, Ready)
    assert row.move.text == "Bring wool\n#wool #slowcrafts #fun"


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("2031-05-17", "09:00"),
        ("17.5.2031", "9:00"),
        ("17.05.", "9 Uhr"),
        ("5/17/2031", "9am"),
        ("May 17", "9:00 AM"),
        ("Saturday", "09:00-10:00"),
        ("Samstag", "9.00 Uhr"),
        ("Samstag, 17. Mai", "9h"),
        ("शनिवार", "९:०० बजे"),
        ("السبت", "٩:٠٠"),
        ("2031-05-17 09:00", ""),
        ("", "2031-05-17 09:00"),
    ],
)
def test_a_cell_is_named_as_people_write_days_and_times(day: str, clock: str) -> None:
    sheet = ("Title|Day|Time|Room", f"Knitting|{day}|{clock}|Oak")
    assert moves(*sheet, place=True)[0][2] == "oak@0517-0900"


def test_only_who_asks_for_it_gets_cards_on_cells() -> None:
    sheet = ("Title|Day|Time|Room", "Knitting|17 May|9:00|Oak")
    assert [moves(*sheet)[0][2], moves(*sheet, place=True)[0][2]] == [None, "oak@0517-0900"]


def test_a_row_whose_place_is_not_exact_stays_planned_and_says_why() -> None:
    found = rows(
        "Title|Host|Day|Time|Room",
        "One|Ada|Sunday|9:00|Oak",
        "Two|Ada|Sunday|9:00|Oak",
        "Three|Ada|Sunday|9:30|Oak",
        "Four|Ada|Monday|9:00|Oak",
        "Five|Ada|Sunday|9:00|Attic",
        "Six|Ada|Sunday|9:00|Elsewhere",
        "Seven|Ada|||",
        place=True,
    )
    assert [(row.move.title, len(row.move.cells), row.note) for row in found if isinstance(row, Ready)] == [
        ("One", 1, ""),
        ("Two", 0, "a row above takes Sunday 09:00–10:00, Oak"),
        ("Three", 0, "its day, time and room name no cell of this board exactly"),
        ("Four", 0, "its day, time and room name no cell of this board exactly"),
        ("Five", 0, "its day, time and room name no cell of this board exactly"),
        ("Six", 0, "Sunday 09:00–10:00, Elsewhere needs a place written in"),
        ("Seven", 0, ""),
    ]


def test_a_row_is_known_again_by_title_and_host_whatever_stands_above_it() -> None:
    first = rows("Title|Host", "Chess|Ada", "Chess|Ada", "Chess|Bo")
    again = rows("Title|Host|Description", "New|Cy|", "Chess|Bo|changed", "Chess|Ada|", "Chess|Ada|")
    codes = [next(row.codes(EVENT)) for row in first if isinstance(row, Ready)]
    assert len(set(codes)) == 3
    assert [next(row.codes(EVENT)) for row in again if isinstance(row, Ready)][1:] == [codes[2], codes[0], codes[1]]
