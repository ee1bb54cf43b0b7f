"""Giggity as far as a link goes: what the app takes from one, in the way its source has it."""

import json
import zlib
from base64 import urlsafe_b64decode
from typing import Any
from urllib.parse import unquote


def opened(link: str) -> dict[str, Any]:
    """What Giggity takes from a link: it splits what is behind the `#`, and what it calls `see` is deflated JSON."""
    site, _, fragment = link.partition("#")
    assert site == "https://ggt.gaa.st/"
    said = dict(part.split("=", 1) for part in fragment.split("&"))
    return {
        "url": unquote(said["url"]),
        "json": json.loads(unpadded(said["json"])),
        "see": json.loads(zlib.decompress(unpadded(said["see"]))) if "see" in said else None,
    }


def unpadded(packed: str) -> bytes:
    return urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
