from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_what_phones_hear"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=48)),
                ("what", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("event", "what", "name"), name="one_erasure_a_name")],
            },
        ),
    ]
