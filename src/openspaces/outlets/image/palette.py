"""The colours of the picture: those of the page, in its two themes."""

HUES = 6
"""Cards take the hues by turn; the hue never carries a meaning."""

LIGHT = {
    "paper": "#faf8f4",
    "ink": "#1d1c1a",
    "quiet": "#5e5a53",
    "line": "#b9b3a7",
    "hatch": "#d8d2c6",
    "closed": "#efebe3",
    "cards": ["#fde9c4", "#d9ecd6", "#d5e6f5", "#f8dcd8", "#e5def3", "#d5ebe9"],
    "edges": ["#b07a12", "#4b8a45", "#3b7db3", "#b9574b", "#7a63b0", "#2f8783"],
}
DARK = {
    "paper": "#17181a",
    "ink": "#f1efea",
    "quiet": "#b3afa7",
    "line": "#5d5f63",
    "hatch": "#3a3c40",
    "closed": "#202225",
    "cards": ["#4a3a17", "#24402a", "#1f3a52", "#50302c", "#3a3156", "#1f4340"],
    "edges": ["#e0a93f", "#79bf73", "#6fb1e6", "#ea8b80", "#ab95e2", "#62c0bb"],
}
THEMES = {"light": LIGHT, "dark": DARK}
PRINTED = {"light": {**LIGHT, "paper": "#ffffff"}, "dark": DARK}
"""On paper the ground is the paper."""
