"""Somebody who runs the board, over the API: contests, announcements, a pause."""

from itertools import count
from typing import Any

from tests.browser.board import Board, ask

_KEYS = count(1)


class Desk:
    """Somebody who runs the board, over the API."""

    def __init__(self, board: Board) -> None:
        self.board = board

    def do(self, verb: str, path: str, /, **said: object) -> dict[str, Any]:
        """Ask for something as staff; what was answered."""
        token = {"Authorization": f"Bearer {self.board.home.token}", "Idempotency-Key": f"desk-{next(_KEYS)}"}
        answer: dict[str, Any] = ask(verb, self.board.api(path), json=said, headers=token).json()
        return answer

    def contest(self, cell: str, *titles: str, **more: object) -> int:
        """Two cards contend for a cell; the contest's number."""
        one, other = titles or ("Knitting", "Chess")
        cards = [self.board.write(one, cell), self.board.write(other)]
        return int(
            self.do("POST", "contests", cell=cell, cards=cards, **{"method": "vote", "minutes": 30, **more})["id"]
        )

    def settle(self, contest: int, winner: str) -> None:
        """Decide for the card of that title."""
        decided = {"method": "decision", "winner": self.code_of(winner), "reason": "It needs the piano"}
        self.do("POST", f"contests/{contest}/settlement", **decided)

    def code_of(self, title: str) -> str:
        """The code of the card of that title."""
        cards = [card for card in self.board.now()["cards"] if card["stage"] != "withdrawn"]
        (code,) = [card["code"] for card in cards if card["title"] == title]
        return str(code)

    def rest(self) -> None:
        """Everything that everyone hears is over."""
        now = self.board.now()
        for said in now["announcements"]:
            self.do("DELETE", f"announcements/{said['number']}")
        if now["frozen"]:
            self.do("DELETE", "freeze")
        if now["pitch"]:
            self.do("PUT", "pitch", queue=[])
