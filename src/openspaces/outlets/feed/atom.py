"""What changed as Atom (RFC 4287)."""

import re
from datetime import datetime
from html import escape

from django.utils.translation import override
from lxml.etree import Element, SubElement, tostring
from lxml.etree import _Element as Node

from openspaces.board.state import Board
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.feed.addresses import home, own, spoken, title
from openspaces.outlets.feed.entries import Entry, entries, feed_id, last_update
from openspaces.outlets.feed.telling import KINDS

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = "application/atom+xml"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""One such character, and no reader reads the feed. Words are cleaned long before; this is the second lock."""


def render(board: Board, variant: Variant) -> bytes:
    """The whole feed. The only markup in it are the paragraphs of an entry."""
    with override(variant.language):
        told = entries(board, variant.log)
        feed = _feed(board, variant, title(board), last_update(board, told))
    for each in told:
        _entry(feed, board, home(board, variant), each)
    made: bytes = tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


ATOM = Pull("feed-atom", ("/{event}/changes.atom",), TYPE, spoken, render, timeless=True, log=KINDS)


def _feed(board: Board, variant: Variant, named: str, updated: datetime) -> Node:
    feed = Element(f"{{{_ATOM}}}feed", {_LANG: variant.language}, nsmap={None: _ATOM})
    _add(feed, "id", feed_id(board).urn)
    _add(feed, "title", named)
    _add(feed, "updated", updated.isoformat())
    _add(_add(feed, "author"), "name", board.name)
    _add(feed, "link", rel="self", type=TYPE, href=own(board, variant, "changes.atom"))
    _add(feed, "link", rel="alternate", type="text/html", href=home(board, variant))
    return feed


def _entry(feed: Node, board: Board, home: str, told: Entry) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", told.id.urn)
    _add(entry, "title", told.title)
    _add(entry, "published", board.local(told.published).isoformat())
    _add(entry, "updated", board.local(told.updated).isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=home + told.path)
    _add(entry, "category", term=told.lead.value)
    _add(entry, "content", "".join(f"<p>{escape(line)}</p>" for line in told.text.splitlines() if line), type="html")


def _add(parent: Node, name: str, text: str = "", **attributes: str) -> Node:
    child = SubElement(parent, f"{{{_ATOM}}}{name}", {key: _clean(value) for key, value in attributes.items()})
    child.text = _clean(text) or None
    return child


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
