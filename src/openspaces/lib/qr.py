"""QR codes as plain SVG, for pictures, pages and print."""

from io import BytesIO

import segno


def svg(text: str, *, dark: str = "#000", light: str = "#fff") -> str:
    """`text` as a QR code: an SVG element with a viewBox and no size, with its quiet zone of four modules."""
    out = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        out, kind="svg", dark=dark, light=light, border=4, xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )
    return out.getvalue().decode().strip()


def modules(text: str) -> int:
    """How many modules the same code is wide, with its quiet zone: what to make it large enough to be read."""
    return int(segno.make(text, error="m", micro=False).symbol_size(border=4)[0])
