"""Pages as a person without a mouse reads them: headings, fields, buttons, links, and what is said about errors."""

from html.parser import HTMLParser

from django.http import HttpResponse

Attributes = list[tuple[str, str | None]]
BLOCKS = ("p", "h1", "h2", "h3", "div", "section", "ul", "li", "a", "button")
VOID = ("input", "img", "meta", "link", "br", "hr")


class Page(HTMLParser):
    """One page, read once. Texts have their spaces collapsed."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.status = response.status_code
        self.source = response.content.decode()
        self.headings: list[str] = []
        self.refusals: list[str] = []
        self.notices: list[str] = []
        self.successes: list[str] = []
        self.wrong: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.forms: list[dict[str, str]] = []
        self.buttons: dict[str, dict[str, str]] = {}
        self.links: dict[str, str] = {}
        self.choices: list[str] = []
        self.scripts: list[str] = []
        self.needs: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.ticked: list[str] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(self.source)
        assert self._open == [], f"not closed: {[tag for tag, _, _ in self._open]}"

    def form(self, name: str) -> dict[str, str]:
        """What the first form that has a field of that name would send."""
        return next(form for form in self.forms if name in form)

    def offer(self, label: str) -> dict[str, str]:
        """What the button of a free cell would send beside `do`: the cell, and how many in a row."""
        button = self.buttons[label]
        return {button["name"]: button["value"], "slots": self.form("slots")["slots"]}

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        assert not [name for name in given if name.startswith("on") or name == "style"], given
        if tag == "input" and "name" in given and (given.get("type") != "checkbox" or "checked" in given):
            self._fill(given["name"], given.get("value", ""))
        if given.get("type") == "checkbox" and "checked" in given:
            self.ticked.append(given.get("value", ""))
        if tag == "form":
            self.forms.append({})
        if tag in BLOCKS:
            self.handle_data(" ")
        if tag not in VOID:
            self._open.append((tag, given, []))

    def handle_data(self, data: str) -> None:
        for _, _, text in self._open:
            text.append(data)

    def handle_endtag(self, tag: str) -> None:
        opened, given, texts = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        raw = "".join(texts)
        self._keep(tag, given, raw, " ".join(raw.split()))

    def _fill(self, name: str, value: str) -> None:
        self.fields[name] = value
        self.forms[-1][name] = value

    def _keep(self, tag: str, given: dict[str, str], raw: str, text: str) -> None:
        classes = given.get("class", "").split()
        if tag in ("h1", "h2"):
            self.headings.append(text)
        elif tag == "script":
            self.scripts.append(raw)
        elif tag == "textarea":
            self._fill(given["name"], raw.removeprefix("\n"))
        elif tag == "label" and given.get("for", "").startswith("vote-"):
            self.labels[given["for"]] = text
        elif tag == "option":
            self.choices.append(text)
        elif tag == "button" and text:
            self.buttons[given.get("aria-label", text)] = given
        elif tag == "a":
            self.links[text] = given["href"]
        if "data-need" in given:
            self.needs[given["data-need"]] = text
        for kind, found in (("refusal", self.refusals), ("notice", self.notices), ("success", self.successes)):
            if kind in classes:
                found.append(text)
        if "wrong" in classes:
            self.wrong[given["id"].removesuffix("-wrong")] = text
