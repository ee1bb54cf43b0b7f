from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_set_up_once")]

    operations = [migrations.AddField("delivery", "tried", models.DateTimeField(null=True))]
