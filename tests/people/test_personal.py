"""Every field that can hold words says whether something personal stands in it, and how long that may be kept."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from openspaces.people.personal import PERSONAL, PLAIN

TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)


def declared() -> dict[str, list[str]]:
    """Every field that is declared, by table."""
    return {table: sorted([*PERSONAL.get(table, {}), *PLAIN.get(table, "").split()]) for table in {*PERSONAL, *PLAIN}}


def fields_of_text(tables: Iterable[type[models.Model]]) -> dict[str, list[str]]:
    """Every field that can hold words, by table; what only points at another row holds none."""
    found = {
        table._meta.label_lower: sorted(field.name for field in table._meta.fields if isinstance(field, TEXT))
        for table in tables
    }
    return {table: names for table, names in found.items() if names}


def test_every_field_of_text_is_declared_once_and_no_other() -> None:
    assert fields_of_text(apps.get_models(include_auto_created=True)) == declared()


def test_control_a_new_field_of_text_is_found() -> None:
    class Diary(models.Model):
        day = models.DateField()
        entry = models.TextField()

        class Meta:
            app_label = "people"
            managed = False

    try:
        assert fields_of_text([Diary]) == {"people.diary": ["entry"]}
    finally:
        del apps.all_models["people"]["diary"]
        apps.clear_cache()


def test_addresses_of_mail_are_kept_by_people_and_nobody_else() -> None:
    addresses = [table for table, fields in PERSONAL.items() if "email" in fields]
    assert addresses == ["people.account", "people.membership", "people.contact", "account.emailaddress"]
