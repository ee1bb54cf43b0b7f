"""Whether pictures and print have fonts for what is written here."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from openspaces.board.read import board_now, events
from openspaces.doctor.finding import Finding, fine, look, wrong
from openspaces.look.typeset.typesetter import lacks

SAMPLES = {
    "Latin": "Grüße, Łódź",
    "Greek": "Γειά",
    "Cyrillic": "Привіт",
    "Hindi": "हिन्दी में मशीन",
    "Tamil": "தமிழ்",
    "Arabic": "بايثون للمبتدئين",
    "Hebrew": "עברית",
    "Chinese": "数据",
    "Japanese": "ロボット入門",
    "Korean": "파이썬",
    "emoji": "👍",
}
SHOWN = 20


def look_at_fonts() -> Iterator[Finding]:
    """For the scripts that people write in, and for every letter that stands on a board."""
    if settings.FONTS and not Path(settings.FONTS).is_dir():
        yield wrong("fonts", f"OPENSPACES_FONTS names {settings.FONTS}, and there is no such folder.")
    missing = [name for name, sample in SAMPLES.items() if lacks(sample)]
    if missing:
        says = f"Pictures cannot show {', '.join(missing)}: run make setup again, or put fonts into OPENSPACES_FONTS."
        yield wrong("fonts", says)
    else:
        yield fine("fonts", f"Pictures can show {', '.join(SAMPLES)}.")
    yield from _on_boards()


def _on_boards() -> Iterator[Finding]:
    written = sorted({letter for event in events() for letter in _letters(event) if not letter.isascii()})
    if written and lacks(" ".join(written)):
        unknown = [letter for letter in written if lacks(letter)][:SHOWN]
        says = f"No font has {' '.join(f'{each} (U+{ord(each):04X})' for each in unknown)}, which stand on boards"
        yield look("fonts", f"{says}: pictures show a box there. Put a font that has them into OPENSPACES_FONTS.")


def _letters(event: str) -> set[str]:
    board = board_now(event)
    words = (card.words for card in board.cards.values()) if board else ()
    return {letter for each in words for letter in f"{each.title}{each.host}" if letter.isprintable()}
