"""Every address of an event that anybody can read, as the routes have them."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from openspaces.outlets.registry import PULLS


@dataclass(frozen=True)
class Names:
    """What stands in addresses in place of their names; `last` is the number of the newest change."""

    event: str
    code: str
    cell: str
    day: str
    last: int
    contest: int = 1


def readable(names: Names) -> set[str]:
    """Those of the press and of Django that name the event or show the only one, the log and the past. The streams are
    not among them: they do not end."""
    paths = {path for pull in PULLS for path in pull.paths} | set(_written(get_resolver()))
    filled = {_filled_in(path, names) for path in paths if "{event}" in path}
    past = {f"/api/{names.event}/board?at={number}" for number in range(1, names.last + 1)}
    found = {
        f"/{names.event}/board.csv?as=grid",
        f"/{names.event}/?lang=de",
        "/",
        "/os",
        "/os.png",
        f"/api/{names.event}/changes?after=0",
    }
    return {each for each in filled if not each.endswith("/live")} | past | found


def _written(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """The paths of the routing tables, with names in braces."""
    for each in resolver.url_patterns:
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(each.pattern))
        if isinstance(each, URLPattern):
            yield path
        else:
            yield from _written(each, path)


def _filled_in(path: str, names: Names) -> str:
    known = asdict(names)
    if "contests/" in path:
        known["number"] = names.contest
    return re.sub(r"\{(\w+)\}", lambda found: str(known.get(found[1], 1)), path)
