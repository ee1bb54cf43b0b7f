"""Everything that is kept of one device at an event, for its owner to read and to take along."""

from typing import Any

from openspaces.board.read import ideas_by, of_hand, said_of
from openspaces.board.state import Board
from openspaces.people.erasing import of_device


def everything(board: Board, hand: str) -> dict[str, Any]:
    """The cards with every version of their words, what was left beside them, and how the device is known."""
    codes = list(dict.fromkeys((*board.hands.get(hand, ()), *ideas_by(board.event, hand))))
    cards = [_card(board, code) for code in codes]
    left = of_hand(board.event, hand)
    return {"event": board.event, "device": hand, "cards": cards, **left, **of_device(board.event, hand, codes)}


def _card(board: Board, code: str) -> dict[str, Any]:
    card = board.cards[code]
    places = [placement.where for placement in (card.placement, card.was) if placement and placement.where]
    says = [{"version": words.version, **words.as_said()} for words in said_of(board.event, code)]
    deal = {"title": card.deal.title, "text": card.deal.text} if card.deal else None
    return {
        "code": code,
        "stage": card.stage.value,
        "cells": [*map(str, card.cells)],
        "where": places,
        "says": says,
        "asks": deal,
    }
