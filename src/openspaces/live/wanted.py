"""What a request asks for: the language, the encoding, and whether it has the answer already."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from openspaces.outlets.press import ENCODERS


def language(asked: str | None, header: str, default: str) -> str:
    """The language to answer in: the one in the address, else the header's first that we speak, else `default`."""
    spoken = {code.lower(): code for code, _ in settings.LANGUAGES}
    for wanted in ([asked] if asked else []) + list(_by_preference(header)):
        for code in (wanted.lower(), wanted.lower().partition("-")[0]):
            if code in spoken:
                return spoken[code]
    return spoken.get(default.lower()) or spoken.get(default.lower().partition("-")[0]) or "en"


def encoding(header: str, offered: Sequence[str] = tuple(ENCODERS)) -> str:
    """The best encoding that both sides know; "" for none."""
    accepted = {name.lower() for name in _by_preference(header)}
    refused = {name.lower() for name, weight in _weighed(header) if weight == 0}
    for name in offered:
        if name in accepted or ("*" in accepted and name not in refused):
            return name
    return ""


def is_known(none_match: str, etag: str) -> bool:
    """Whether If-None-Match names `etag`. It compares weakly, as RFC 9110 (13.1.2) says."""
    if none_match.strip() == "*":
        return True
    return any(tag.strip().removeprefix("W/") == etag for tag in none_match.split(","))


def _by_preference(header: str) -> Iterator[str]:
    weighed = [(name, weight) for name, weight in _weighed(header) if weight > 0]
    return (name for name, _ in sorted(weighed, key=lambda each: -each[1]))


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            yield name, _weight(parameters)


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.lower().startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
