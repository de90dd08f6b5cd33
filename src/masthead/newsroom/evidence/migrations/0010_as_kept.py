"""Put the hash of a row beside it where no entry vouches for the row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Null in what was kept before."""

    dependencies = [("evidence", "0009_damage_on_record")]

    operations = [
        migrations.AddField(model, "as_kept", models.BinaryField(null=True))
        for model in ("checkpoint", "cosignature", "stamp")
    ]
