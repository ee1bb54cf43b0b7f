"""What a page is made of, for tests to look at."""

from html.parser import HTMLParser

INLINE = ("b", "bdi", "i", "small", "span", "strong", "time")


class Elements(HTMLParser):
    """The elements of a page by id, and what tags, attributes and words it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self._read: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._read += [" "] * (tag not in INLINE)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        self._read.append(data)

    @property
    def said(self) -> str:
        """What a reader reads, on one line."""
        return " ".join("".join(self._read).split())
