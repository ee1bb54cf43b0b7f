"""One message at once to the device of whoever tries it out."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.delivery.contract import Refused, Trial
from openspaces.outlets.phone.carrying import hand_over, packed
from openspaces.outlets.phone.telling import hello
from openspaces.people.phones import phone_of


def _send(hand: str, board: Board) -> None:
    there = phone_of(board.event, hand)
    if there is None or not there.sealed:
        raise Refused(_("Nobody asked for messages on this device. Switch them on (“Messages on this device”) first."))
    with override(there.wishes.language):
        said = hello(board)
        packet = packed(board, there, said, said.body)
    hand_over(packet, board.event, there.id)


TRIAL = Trial(_send)
