"""The push outlets that this program has; who puts the program together says so: see `asgi` and `commands`."""

from collections.abc import Iterable

from openspaces.delivery.contract import Push

_PUSHES: dict[str, Push] = {}


def know(pushes: Iterable[Push]) -> None:
    """These are the push outlets."""
    _PUSHES.clear()
    _PUSHES.update({push.name: push for push in pushes})


def pushes() -> tuple[Push, ...]:
    """Every push outlet."""
    return tuple(_PUSHES.values())


def push_named(name: str) -> Push | None:
    """The push outlet of that name; None if it is gone."""
    return _PUSHES.get(name)
