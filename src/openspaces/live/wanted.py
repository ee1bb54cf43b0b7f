"""What a request asks for: the encoding, and whether it has the answer already."""

from collections.abc import Sequence

from openspaces.lib.languages import by_preference, weighed
from openspaces.outlets.press import ENCODERS


def encoding(header: str, offered: Sequence[str] = tuple(ENCODERS)) -> str:
    """The best encoding that both sides know; "" for none."""
    accepted = {name.lower() for name in by_preference(header)}
    refused = {name.lower() for name, weight in weighed(header) if weight == 0}
    for name in offered:
        if name in accepted or ("*" in accepted and name not in refused):
            return name
    return ""


def is_known(none_match: str, etag: str) -> bool:
    """Whether If-None-Match names `etag`. It compares weakly, as RFC 9110 (13.1.2) says."""
    if none_match == etag or none_match.strip() == "*":
        return True
    return any(tag.strip().removeprefix("W/") == etag for tag in none_match.split(","))
