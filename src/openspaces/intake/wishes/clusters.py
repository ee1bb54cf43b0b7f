"""Where in a line a wish stands: pieces that were read, with nothing but little words between."""

from dataclasses import dataclass

from openspaces.intake.wishes.folding import tokens
from openspaces.intake.wishes.lexicon import Item, items
from openspaces.intake.wishes.marks import is_filler
from openspaces.intake.wishes.understood import Span, Understood


@dataclass(frozen=True, slots=True)
class Cluster:
    """A piece of a text that wishes. `tells` is how much: day, time and room count, one alone only if it is all there
    is."""

    text: str
    start: int
    end: int
    tells: int


def cluster_of(understood: Understood) -> Cluster | None:
    """The piece of the text that tells most; None where it only mentions a day, an hour or a room in passing."""
    text = understood.text
    found = [_cluster(text, spans) for spans in _together(text, understood.spans)]
    telling = [each for each in found if each.tells > 1 or _is_all(text, each)]
    return max(telling, key=lambda each: each.tells, default=None)


def without_fillers(text: str) -> str:
    """A text without the signs and little words at its ends that stand around a wish."""
    read = items(tokens(text))
    kept = [item for item in read if not is_filler(item)]
    if not kept:
        return ""
    start = kept[0].start
    last = read.index(kept[-1])
    end = read[last].end
    while last + 1 < len(read) and read[last + 1].glued and read[last + 1].text in (".", "!", "?", ")", "…"):
        last += 1
        end = read[last].end
    return text[_opened(text, start) : end].strip()


def _together(text: str, spans: tuple[Span, ...]) -> list[list[Span]]:
    clusters: list[list[Span]] = []
    for span in spans:
        between = text[clusters[-1][-1].end : span.start] if clusters else ""
        if clusters and len(between) < 30 and all(is_filler(item) for item in _items(between)):
            clusters[-1].append(span)
        else:
            clusters.append([span])
    return clusters


def _cluster(text: str, spans: list[Span]) -> Cluster:
    start, end = spans[0].start, spans[-1].end
    return Cluster(text[start:end], start, end, len({span.part for span in spans}))


def _is_all(text: str, cluster: Cluster) -> bool:
    around = _items(text[: cluster.start]) + _items(text[cluster.end :])
    return all(is_filler(item) for item in around)


def _items(text: str) -> list[Item]:
    return items(tokens(text))


def _opened(text: str, start: int) -> int:
    """One sign further, where it opens what begins here: a quote, a bracket, a hashtag."""
    return start - 1 if start and text[start - 1] in "“„«\"'‘(#@" else start
