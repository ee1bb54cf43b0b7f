"""What may happen to the tables from one release to the next: a process of the release before goes on meanwhile.

So a migration adds, and what it adds can be left out by who knows nothing of it. What is no longer needed goes one
release later, when nobody uses it: then the migration says so in `SURVIVES`, in a sentence that stands beside the list.
"""

from collections.abc import Iterator

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

OURS = ("board", "delivery", "people")
ONLY_ADDING = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
)
BEFORE = {"board": 6, "delivery": 2, "people": 7}
"""The last migrations from before there was a release."""
SURVIVES: dict[tuple[str, str], str] = {}
"""Why a process of the release before survives a migration that does more than add."""


def narrows(operation: Operation) -> bool:
    """Whether a process that knows nothing of an operation could stumble over it."""
    if isinstance(operation, migrations.AddField):
        field = operation.field
        return not (field.null or field.has_db_default() or field.many_to_many)
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return any(map(narrows, operation.database_operations))
    return not isinstance(operation, ONLY_ADDING)


def ours() -> Iterator[tuple[str, migrations.Migration]]:
    """The migrations of ours that are looked at, with their names."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OURS and int(name[:4]) > BEFORE[app]:
            yield f"{app}.{name}", migration


def test_the_release_before_survives_every_migration() -> None:
    excused = {f"{app}.{name}" for app, name in SURVIVES}
    found = {name for name, migration in ours() if any(map(narrows, migration.operations))}
    assert found == excused


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Novelty", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("card", "mood", models.CharField(max_length=16, null=True)),
        migrations.AddField("card", "mood", models.CharField(max_length=16, db_default="good")),
        migrations.AddIndex("card", models.Index(fields=["at"], name="by_time")),
        migrations.SeparateDatabaseAndState([], [migrations.RemoveField("card", "full")]),
    ],
    ids=["table", "null", "default", "index", "forgotten"],
)
def test_what_only_adds_is_survived(operation: Operation) -> None:
    assert not narrows(operation)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("card", "mood", models.CharField(max_length=16)),
        migrations.AddField("card", "mood", models.CharField(max_length=16, default="good")),
        migrations.RemoveField("card", "full"),
        migrations.RenameField("card", "full", "complete"),
        migrations.AlterField("card", "code", models.CharField(max_length=4)),
        migrations.RenameModel("Card", "Note"),
        migrations.DeleteModel("Card"),
        migrations.AddConstraint("card", models.UniqueConstraint(fields=["code"], name="once")),
        migrations.RunSQL("DROP TABLE board_card"),
        migrations.SeparateDatabaseAndState([migrations.DeleteModel("Card")]),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_control_what_does_more_is_found(operation: Operation) -> None:
    assert narrows(operation)
