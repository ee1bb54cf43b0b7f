"""Sheets of paper: their sizes by the names that people know them by."""

MILLIMETRE = 72 / 25.4
"""In points, in which the typesetter counts."""
SIZES: dict[str, tuple[float, float]] = {
    "a4": (210 * MILLIMETRE, 297 * MILLIMETRE),
    "a3": (297 * MILLIMETRE, 420 * MILLIMETRE),
    "letter": (612, 792),
    "tabloid": (792, 1224),
}
"""Width and height of a sheet that stands upright, in points."""
NAMES = {"a4": "A4", "a3": "A3", "letter": "Letter", "tabloid": "Tabloid"}


def across(paper: str) -> tuple[float, float]:
    """The size of a sheet that lies on its side."""
    width, height = SIZES[paper]
    return height, width
