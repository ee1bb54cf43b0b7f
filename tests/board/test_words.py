"""The words of a card: what fits into a field, and which links are links."""

import pytest

from openspaces.board.words import Unfit, clean


@pytest.mark.parametrize(("field", "limit"), [("title", 80), ("text", 400), ("host", 80), ("handle", 80)])
def test_a_field_has_a_length(field: str, limit: int) -> None:
    assert clean(field, "x" * limit) == "x" * limit
    with pytest.raises(Unfit) as unfit:
        clean(field, "x" * (limit + 1))
    assert (unfit.value.field, unfit.value.code, unfit.value.limit) == (field, "too-long", limit)


def test_the_length_counts_what_stays() -> None:
    assert clean("title", "x\u200b" * 80) == "x" * 80


def test_only_the_title_is_needed() -> None:
    assert [clean(field, " ") for field in ("text", "host", "handle", "link")] == ["", "", "", ""]
    with pytest.raises(Unfit):
        clean("title", " ")


def test_only_the_text_has_lines() -> None:
    assert (clean("text", "a\nb"), clean("title", "a\nb")) == ("a\nb", "a b")


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://example.org", "https://example.org"),
        (" https://example.org/a?b=c#d ", "https://example.org/a?b=c#d"),
        ("example.org/talk", "https://example.org/talk"),
        ("HTTPS://Example.org", "HTTPS://Example.org"),
        ("https://例え.jp/道", "https://例え.jp/道"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://[2001:db8::1.2.3.4]/", "https://[2001:db8::1.2.3.4]/"),
        ("", ""),
    ],
)
def test_a_link_is_https(typed: str, link: str) -> None:
    assert clean("link", typed) == link


@pytest.mark.parametrize(
    "typed",
    [
        "http://example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "JavaScript:alert(1)//example.org",
        "javascript://example.org/%0aalert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "mailto:ada@example.org",
        "//example.org",
        "https:example.org",
        "https:///example.org",
        "https://user@example.org",
        "https://user:word@example.org",
        "https://:word@example.org",
        "https://localhost",
        "https://.",
        "https://example.org:port/",
        "https://example.org/<script>",
        'https://example.org/"onclick="x',
        "https://example.org/a b",
        "https://exa\\mple.org",
        "https://[::1",
        "not a link",
        "word",
        "https://example.org/" + "x" * 300,
    ],
)
def test_anything_else_is_not_a_link(typed: str) -> None:
    with pytest.raises(Unfit) as unfit:
        clean("link", typed)
    assert unfit.value.field == "link"
