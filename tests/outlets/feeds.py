"""What the formats of feeds ask for, as rules of our own: RFC 4287 (Atom) and JSON Feed 1.1."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
ONCE = {"id", "title", "updated", "author"}
OF_FEED = {*ONCE, "link", "entry"}
OF_ENTRY = {"id", "title", "updated", "published", "link", "category", "content"}


def atom(made: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The feed and its entries, each as what its elements say, after every rule of the format was checked."""
    feed = etree.fromstring(made)
    assert feed.tag == f"{ATOM}feed"
    assert {child.tag.removeprefix(ATOM) for child in feed} <= OF_FEED
    assert all(len(feed.findall(ATOM + name)) == 1 for name in ONCE)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert sorted(link.get("rel") for link in feed.findall(f"{ATOM}link")) == ["alternate", "self"]
    entries = [_entry(entry) for entry in feed.findall(f"{ATOM}entry")]
    names = [entry["id"] for entry in entries]
    assert len(set(names)) == len(names)
    return {**_said(feed), "lang": feed.get("{http://www.w3.org/XML/1998/namespace}lang")}, entries


def _entry(entry: Any) -> dict[str, Any]:
    tags = [child.tag.removeprefix(ATOM) for child in entry]
    assert sorted(tags) == sorted(OF_ENTRY)
    content, link = entry.find(f"{ATOM}content"), entry.find(f"{ATOM}link")
    assert (content.get("type"), link.get("rel"), link.get("type")) == ("html", "alternate", "text/html")
    assert len(entry.find(f"{ATOM}category").get("term")) > 0
    said = _said(entry)
    assert said["title"]
    assert _moment(said["published"]) <= _moment(said["updated"])
    return {**said, "text": _paragraphs(content.text), "kind": entry.find(f"{ATOM}category").get("term")}


def _said(node: Any) -> dict[str, Any]:
    told = {name: node.findtext(ATOM + name) for name in ("id", "title", "updated", "published", "content")}
    links = {link.get("rel"): link.get("href") for link in node.findall(f"{ATOM}link")}
    assert urlsplit(told["id"]).scheme == "urn"
    assert {urlsplit(href).scheme for href in links.values()} == {"https"}
    assert _moment(told["updated"]).tzinfo
    return {**told, "links": links}


def _paragraphs(content: str) -> list[str]:
    """What stands between the paragraphs of HTML; any other markup would be one that somebody wrote."""
    parts = etree.fromstring(f"<all>{content}</all>")
    assert {part.tag for part in parts} == {"p"}
    assert [len(part) for part in parts] == [0] * len(parts)
    return [part.text or "" for part in parts]


def json_feed(made: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The same of a JSON Feed."""
    feed = json.loads(made)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"title", "items", "home_page_url", "feed_url"} <= feed.keys()
    assert all(isinstance(feed[name], str) for name in ("title", "home_page_url", "feed_url", "language"))
    assert [list(author) for author in feed["authors"]] == [["name"]]
    for item in feed["items"]:
        assert set(item) == {"id", "url", "title", "content_text", "date_published", "date_modified", "tags"}
        assert all(isinstance(item[name], str) and item[name] for name in set(item) - {"tags"})
        assert _moment(item["date_published"]) <= _moment(item["date_modified"])
        assert urlsplit(item["url"]).scheme == "https"
    names = [item["id"] for item in feed["items"]]
    assert len(set(names)) == len(names)
    return feed, feed["items"]


def _moment(written: str) -> datetime:
    """RFC 3339, of which ISO 8601 as Python writes it is a part: a date, a T, a time, an offset."""
    assert written[10] == "T"
    moment = datetime.fromisoformat(written)
    assert moment.tzinfo
    return moment
