"""Words that mail programs make a link of by themselves: they stay out of letters that carry our name."""

import re

_LEADING = re.compile(r"(?i)://|\bwww\.|\w@\w|\w\.[a-z]{2,}(?:/|\b)")


def leads_away(text: str) -> bool:
    """Whether anything in `text` looks like an address of the web or of mail."""
    return _LEADING.search(text) is not None
