from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def those_there_have_their_link(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever left an address before this version knows their card: nobody is mailed about it for the update."""
    apps.get_model("people", "Contact").objects.update(linked=models.F("at"))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_when_a_contact_was_left"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="linked",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(those_there_have_their_link, migrations.RunPython.noop),
        migrations.CreateModel(
            name="MailStopped",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=48)),
                ("address", models.CharField(max_length=32)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("event", "address"), name="one_stop_an_address"),
                ],
            },
        ),
    ]
