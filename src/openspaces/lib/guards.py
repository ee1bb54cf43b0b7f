"""The headers by which browsers guard what we answer. Every answer has them, whoever makes it."""

from functools import cache

from csp.constants import NONE
from csp.utils import build_policy
from django.conf import settings

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
"""What no page of ours asks for, and no script that came into one shall."""
YEAR = 365 * 86_400
_NOTHING = "default-src 'none'"
_PDF = "base-uri 'none'; form-action 'none'"
"""Browsers show these in a page of their own, which a stricter policy would keep from them."""
_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""An SVG that is opened by itself is a document."""


@cache
def guards(content_type: str, *, framed: bool = False, is_open: bool = False) -> tuple[tuple[str, str], ...]:
    """The headers of an answer of this type. `framed` pages may be shown inside those of others, what `is_open` is read
    by scripts of others."""
    kind = content_type.partition(";")[0].strip()
    said = {
        "x-content-type-options": "nosniff",
        "content-security-policy": _policy(kind, framed),
        "referrer-policy": settings.SECURE_REFERRER_POLICY,
        "permissions-policy": PERMISSIONS,
        "cross-origin-resource-policy": "cross-origin" if framed or is_open else "same-origin",
    }
    if kind == "text/html" and not framed:
        said["x-frame-options"] = settings.X_FRAME_OPTIONS
        said["cross-origin-opener-policy"] = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    if settings.BASE_URL.startswith("https:"):
        said["strict-transport-security"] = f"max-age={YEAR}"
    return tuple(said.items())


def _policy(kind: str, framed: bool) -> str:
    if kind == "text/html":
        open_to_frames = {"frame-ancestors": ["*"], "form-action": [NONE]}
        policy: str = build_policy(replace=open_to_frames) if framed else build_policy()
        return policy
    return {"image/svg+xml": _PICTURE, "application/pdf": _PDF}.get(kind, _NOTHING)
