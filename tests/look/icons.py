"""How the icons of an app on a phone are drawn: by the typesetter, from the one icon of the look."""

from pathlib import Path

import typst

import openspaces.look

FOLDER = Path(openspaces.look.__file__).parent / "static" / "look"
ICON = FOLDER / "icon.svg"
ROUNDED, FULL = ' rx="7"', ""
INSIDE = 'transform="translate(16 16) scale(.84) translate(-16 -16)"'
"""What keeps the picture within the circle that a phone may cut out of it: four fifths of the width."""
PAGE = """
#set page(width: {pixels}pt, height: {pixels}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""


def drawn(svg: str, pixels: int) -> bytes:
    """A square PNG of a picture."""
    page = PAGE.format(pixels=pixels).encode()
    made = typst.compile(page, format="png", ppi=72.0, sys_inputs={"svg": svg})
    assert isinstance(made, bytes)
    return made


def maskable(svg: str) -> str:
    """The icon without its round corners, for those who cut it into a shape of their own."""
    ground, _, signs = svg.replace(ROUNDED, FULL).partition("/>")
    return f"{ground}/><g {INSIDE}>{signs.removesuffix('</svg>')}</g></svg>"
