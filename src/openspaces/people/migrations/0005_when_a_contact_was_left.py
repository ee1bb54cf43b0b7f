from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_contacts"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="at",
            field=models.DateTimeField(auto_now=True, default=timezone.now),
            preserve_default=False,
        ),
    ]
