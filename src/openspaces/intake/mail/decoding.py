"""From bytes to text: headers and bodies in whatever charset somebody claims, and HTML mail as lines."""

import codecs
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from lxml import etree

MOST_BYTES = 200_000
"""Of one part of a letter; what follows is not read."""
MOST_OF_HEADER = 8000
_FALLBACKS = ("utf-8", "cp1252")
_SLOW = ("punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem")
_BLOCKS = frozenset(
    "address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav"  # noqa: SIM905
    " ol p pre section table tbody tfoot thead tr ul".split()
)
_UNSEEN = ("script", "style", "head", "title", "template", "noscript", "object", "svg")


def header(message: Message, name: str) -> str:
    """A header as it came, with bytes that are no ASCII read; "" if there is none."""
    return next(iter(headers(message, name)), "")


def headers(message: Message, name: str) -> list[str]:
    """The same of each header of that name, the first ten."""
    wanted = name.lower()
    return [_read(value) for each, value in message.raw_items() if each.lower() == wanted][:10]


def header_text(raw: str) -> str:
    """A header as people read it, on one line; what cannot be decoded is replaced."""
    pieces = []
    for piece, charset in _pieces(raw):
        pieces.append(piece if isinstance(piece, str) else bytes_text(piece, charset or ""))
    return " ".join("".join(pieces).split())


def bytes_text(raw: bytes, charset: str) -> str:
    """Bytes as text in `charset` if they are that, else in the likeliest one."""
    # What is called Latin 1 or ASCII is UTF-8 or Windows' Latin, wherever it is not both.
    for name in (*(() if _is_latin(charset) else (charset,)), *_FALLBACKS):
        if _is_charset(name):
            try:
                return raw.decode(name)
            except (UnicodeError, LookupError, ValueError):
                continue
    return raw.decode("latin-1")


def part_text(part: Message) -> str:
    """The text of one part of a letter."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "replace")
    text = bytes_text(raw[:MOST_BYTES], str(part.get_content_charset("") or ""))
    if part.get_content_subtype() == "html":
        return html_text(text)
    flows = str(part.get_param("format", "")).lower() == "flowed"
    return _unflowed(text, deletes=str(part.get_param("delsp", "")).lower() == "yes") if flows else text


def _unflowed(text: str, *, deletes: bool) -> str:
    """Paragraphs of format=flowed (RFC 3676), each on one line; what is quoted stays as it is."""
    lines: list[str] = []
    runs_on = False
    for line in text.splitlines():
        line = line.removeprefix(" ")
        lines[-1:] = [lines[-1] + line] if runs_on else [*lines[-1:], line]
        runs_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if runs_on and deletes:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def html_text(html: str) -> str:
    """An HTML letter as lines of text; what it quotes begins with ">", as in plain letters."""
    clean = html.replace("\0", "").encode("utf-8", "replace")
    root = etree.fromstring(clean, etree.HTMLParser(encoding="utf-8", no_network=True)) if clean.strip() else None
    if root is None:
        return ""
    lines = _Lines()
    for happens, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if not isinstance(node.tag, str):
            lines.add(node.tail if happens in ("comment", "pi") else "")
        elif happens == "start":
            lines.begin(node.tag, node.text)
        else:
            lines.end(node.tag, node.tail)
    return lines.text()


class _Lines:
    """Gathers the text of elements into lines."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._unseen = self._quoted = 0

    def begin(self, tag: str, text: str | None) -> None:
        self._unseen += tag in _UNSEEN
        self._break(tag)
        self._quoted += tag == "blockquote"
        if tag == "li":
            self._line.append("• ")
        self.add(text)

    def end(self, tag: str, tail: str | None) -> None:
        self._unseen -= tag in _UNSEEN
        if tag != "br":
            self._break(tag)
        self._quoted -= tag == "blockquote"
        if tag in ("td", "th"):
            self._line.append(" ")
        if tag == "p":
            self._lines.append("> " * self._quoted)
        self.add(tail)

    def add(self, text: str | None) -> None:
        if text and not self._unseen:
            self._line.append(" ".join(f" {text} ".split(" ")).replace("\n", " ").replace("\r", " "))

    def text(self) -> str:
        self._break("div")
        return "\n".join(self._lines)

    def _break(self, tag: str) -> None:
        if tag != "br" and tag not in _BLOCKS:
            return
        line = " ".join("".join(self._line).split())
        if line or tag == "br":
            self._lines.append("> " * min(self._quoted, 5) + line)
        self._line = []


def _read(value: object) -> str:
    """The parser keeps bytes that are no ASCII as lone surrogates."""
    return bytes_text(str(value)[:MOST_OF_HEADER].encode("utf-8", "surrogateescape"), "")


def _pieces(raw: str) -> list[tuple[bytes | str, str | None]]:
    try:
        return list(decode_header(raw))
    except (ValueError, LookupError, AssertionError, MessageError):
        return [(raw, None)]


def _is_latin(name: str) -> bool:
    return _is_charset(name) and codecs.lookup(name).name in ("iso8859-1", "ascii")


def _is_charset(name: str) -> bool:
    try:
        return bool(name) and codecs.lookup(name).name.replace("_", "-") not in _SLOW
    except (LookupError, ValueError):
        return False
