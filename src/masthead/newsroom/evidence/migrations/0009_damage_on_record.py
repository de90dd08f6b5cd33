"""What was found damaged, kept in the database too: several hosts may share one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0008_row_digest_by_its_key")]

    operations = [
        migrations.CreateModel(
            name="KeptDamage",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.TextField()),
            ],
        ),
    ]
