"""A card that holds no cell any more is still known where it was: calendars say of it that it is cancelled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("board", "0005_a_deal_is_no_wish")]

    operations = [migrations.AddField("card", "was", models.JSONField(default=dict))]
