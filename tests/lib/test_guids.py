"""The name that calendars and apps remember a card by."""

from uuid import UUID

from openspaces.lib.guids import card_guid


def test_a_card_keeps_its_guid_for_good() -> None:
    assert card_guid("camp", "ABC234") == UUID("71c0d71a-375e-54f8-b004-abc91f204588")


def test_equal_codes_at_two_events_are_two_cards() -> None:
    assert card_guid("camp", "ABC234") != card_guid("fair", "ABC234")
