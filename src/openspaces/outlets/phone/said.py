"""What a phone is to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A message in words, where a tap on it leads, and what it is `about`: of what is about the same thing a phone
    shows the newest. `soon` presses; after `lasts` seconds nobody needs it any more; `always` is told however much was
    told today."""

    title: str
    body: str
    url: str
    about: str
    soon: bool = False
    lasts: int = 6 * 3600
    always: bool = False
