"""Text that has broken systems like ours: for every field, and for every sink that it is read from."""

HOSTILE: dict[str, str] = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)> ' onfocus=alert(1) autofocus='",
    "quotes": "<b>HTML</b> & \"quotes\" & 'apostrophes' &amp; &#60;",
    "template": "{{ board.event }} {% now 'Y' %} %(title)s %s {0} ${7*7}",
    "comment": "--> <!-- ]]> <![CDATA[ </title></textarea></style>",
    "control": "bell\x07 escape\x1b[31m null\x00 backspace\x08 delete\x7f next\x85",
    "line ends": "first\r\nSet-Cookie: a=b\r\n\r\nsecond\u2028third\u2029fourth\x0bfifth\x0csixth",
    "calendar": "BEGIN:VEVENT\r\nSUMMARY:x;y,z\\nEND:VEVENT",
    "turned round": "abc \u202egnp.exe\u202c \u2066x\u2069 \u200fy",
    "nothing to see": "Zero\u200bwidth\u200d and\ufeff soft\u00ad hyphen\u2060",
    "tags": "flag \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "formula": "=1+1",
    "formula with a command": '@SUM(1)|cmd!"/C calc"',
    "plus": "+41 79 123 45 67",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 💅",
    "devanagari": "पायथन में मशीन लर्निंग: शुरुआत कैसे करें",
    "tamil": "தமிழ் பைதான் சந்திப்பு",
    "arabic": "بايثون للمبتدئين: كيف نبدأ معًا؟",
    "hebrew": "מפגש פייתון בעברית",
    "cjk": "Python で作るロボット入門 파이썬 数据",
    "many marks": "Z" + "\u0310\u0348\u0353\u031a" * 5 + "algo",
    "long word": "Supercalifragilisticexpialidocious" * 2,
    "longest": "x" * 80,
    "path": "../../etc/passwd %2e%2e%2f \\\\server\\share",
    "address": "javascript:alert(1) https://evil.example/?<x>",
    "command": "$(touch x) `touch y` ; DROP TABLE board_card; --",
    "typesetter": '#panic("x") #read("/etc/passwd") $x$ *b* _i_ `c` @cite <label> \\',
    "everyone": "@everyone is welcome #notreally",
}
"""Each is a title that a card may have once it is cleaned."""

TOO_LONG = {"one more": "x" * 81, "a book": "word " * 50_000, "marks": "e\u0301x" * 81}
"""Titles that are refused."""

NOTHING = {"empty": "", "spaces": " \t\u00a0\u3000 ", "invisible": "\u200b\u200d\ufeff\u202e\x00"}
"""Titles of which nothing is left once they are cleaned."""
