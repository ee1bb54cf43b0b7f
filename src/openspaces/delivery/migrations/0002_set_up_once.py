from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]

    operations = [
        migrations.AddField("destination", "key", models.CharField(default="", max_length=128)),
        migrations.AddConstraint(
            "destination",
            models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("event", "key"), name="set_up_once"
            ),
        ),
    ]
