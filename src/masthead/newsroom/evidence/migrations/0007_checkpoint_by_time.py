"""An index by which the growth of the log is drawn without reading every checkpoint."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_keys")]

    operations = [
        migrations.AddIndex(
            model_name="checkpoint",
            index=models.Index(fields=["-signed_at", "-size"], name="checkpoint_by_time"),
        ),
    ]
