"""Destinations keep their secrets sealed: nowhere in the tables, in no error, and only this installation opens them."""

import pytest
from django.apps import apps
from django.conf import LazySettings
from tests.delivery.trial import Ear, destination, telling, trial
from tests.drawing import EVENT
from tests.intake.event import furnish

from openspaces.delivery.destinations import change, keep_secret, keep_setting, opened, row_of, working
from openspaces.delivery.models import Destination
from openspaces.delivery.sealing import Unreadable, seal, unseal

SECRET = "swordfish"


@pytest.fixture(autouse=True)
def _event(database: None) -> None:
    furnish()


def test_what_is_sealed_is_opened_again_and_looks_like_nothing_meanwhile() -> None:
    sealed = seal({"password": SECRET})
    assert unseal(sealed) == {"password": SECRET}
    assert SECRET not in sealed
    assert (seal({}), unseal("")) == ("", {})


def test_another_installation_opens_nothing(settings: LazySettings) -> None:
    sealed = seal({"password": SECRET})
    settings.SECRET_KEY = "another"
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_no_secret_stands_in_the_database() -> None:
    destination(EVENT, trial(Ear()), "A place to be found")
    kept = repr([list(model._default_manager.values_list()) for model in apps.get_models()])
    assert ("A place to be found" in kept, SECRET in kept) == (True, False)


def test_a_destination_that_is_shown_shows_no_secret() -> None:
    row = destination(EVENT, trial(Ear()))
    assert opened(row).settings == {"place": "There", "password": SECRET}
    assert SECRET not in f"{opened(row)!r} {row} {row.settings}"


def test_a_secret_that_is_left_empty_stays_and_one_that_is_typed_is_new() -> None:
    push = trial(Ear())
    row = destination(EVENT, push)
    change(row, push, "Elsewhere", {"place": "Elsewhere", "password": ""}, asks=True)
    assert (opened(row).settings, opened(row).asks) == ({"place": "Elsewhere", "password": SECRET}, True)
    change(row, push, "Elsewhere", {"place": "Elsewhere", "password": "other"}, asks=False)
    assert opened(row).settings["password"] == "other"


def test_an_outlet_remembers_what_it_needs_beside_what_was_typed() -> None:
    row = destination(EVENT, trial(Ear()))
    keep_setting(row.id, message="17")
    keep_secret(row.id, session="abc")
    again = row_of(EVENT, row.id)
    assert again is not None
    known = {"place": "There", "message": "17", "password": SECRET, "session": "abc"}
    assert opened(again).settings == known
    change(again, trial(Ear()), "There", {"place": "There", "password": ""}, asks=False)
    assert opened(again).settings == known


def test_what_was_typed_for_no_field_is_not_kept() -> None:
    push = trial(Ear())
    row = destination(EVENT, push)
    change(row, push, "There", {"place": "There", "password": "", "role": "organiser"}, asks=False)
    assert opened(row).settings == {"place": "There", "password": SECRET}


def test_a_destination_that_cannot_be_opened_is_left_alone_and_the_others_go_on(
    settings: LazySettings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openspaces.delivery.destinations._WARNED", set())
    push = trial(Ear())
    destination(EVENT, push, "Old")
    settings.SECRET_KEY = "another"
    fresh = destination(EVENT, push, "New")
    with telling(push):
        assert [each.id for each in working()] == [fresh.id]
        assert [each.id for each in working()] == [fresh.id]
    assert Destination.objects.count() == 2
    assert len(caplog.messages) == 1
