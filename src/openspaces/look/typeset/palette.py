"""The colours of the picture: those of the page (look.css), in its two themes."""

ACCENT, PAPER = "#0b5d57", "#f6f3ec"
EDGES = ("#c0922a", "#6c9648", "#4a88b3", "#c06c5c", "#876dbb", "#37907e")
LIGHT = {
    "paper": PAPER,
    "ink": "#211d18",
    "quiet": "#5b544a",
    "line": "#a89d88",
    "closed": "#e9e3d6",
    "hatch": "#d8d1c3",
    "cards": ["#f9ebbf", "#dfeed2", "#d8e9f7", "#f9e0dc", "#e9e2f7", "#d2eee7"],
    "edges": [*EDGES],
}
DARK = {
    "paper": "#171614",
    "ink": "#f3efe7",
    "quiet": "#c3bbae",
    "line": "#6a6357",
    "closed": "#211f1b",
    "hatch": "#3d3932",
    "cards": ["#43391b", "#2c3f23", "#223b4e", "#4b2d28", "#392f4f", "#1d413a"],
    "edges": ["#cba54a", "#8fbb6a", "#6eaedb", "#dd8f80", "#ab93dc", "#5fbba8"],
}
THEMES = {"light": LIGHT, "dark": DARK}
PRINTED = {"light": {**LIGHT, "paper": "#ffffff"}, "dark": DARK}
"""On paper the ground is the paper."""
