"""How many have voted: counted now and then, however many ask."""

from time import monotonic

from openspaces.board.contest import Contest
from openspaces.board.read import ballots_cast
from openspaces.intake.reading import reading

COUNT_SECONDS = 2.0
"""How old the number of ballots may be that a process tells everyone who asks."""
_COUNTED: dict[str, tuple[float, dict[int, int]]] = {}


async def ballots_so_far(event: str, contest: Contest) -> int:
    """The number of ballots; a settled contest has it in itself."""
    if not contest.open:
        return contest.ballots
    counted, ballots = _COUNTED.get(event, (float("-inf"), {}))
    if monotonic() - counted > COUNT_SECONDS:
        ballots = await reading(ballots_cast, event)
        _COUNTED[event] = monotonic(), ballots
    return ballots.get(contest.id, 0)


def count_anew(event: str) -> None:
    """Somebody has just voted here, and reads the next number."""
    _COUNTED.pop(event, None)
