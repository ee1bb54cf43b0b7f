"""What a host asks of another is called a deal, as everywhere; a wish is what its host would like for a planned card."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("board", "0004_follows")]

    operations = [migrations.RenameField("card", "wish", "deal")]
