"""The HTTP status of a refusal, the same at every door."""

from openspaces.board.vocabulary import Code

_NOT_ALLOWED = (Code.NOT_ALLOWED, Code.FACILITATORS_PLACE, Code.SIGN_IN_NEEDED, Code.PRESENCE_NEEDED)
_UNKNOWN = (
    Code.UNKNOWN_EVENT,
    Code.UNKNOWN_CARD,
    Code.UNKNOWN_CELL,
    Code.UNKNOWN_ROOM,
    Code.UNKNOWN_DAY,
    Code.UNKNOWN_CONTEST,
    Code.UNKNOWN_CHANGE,
    Code.UNKNOWN_ANNOUNCEMENT,
)


AGAIN_SECONDS = "5"
"""What `Retry-After` says where nothing can be written just now."""


def status_of(code: Code) -> int:
    """403 for who may not, 404 for what is not there, 503 where nothing can be written, else 409: the board is not as
    the asker thought."""
    if code is Code.NOT_NOW:
        return 503
    if code in _NOT_ALLOWED:
        return 403
    return 404 if code in _UNKNOWN else 409
