"""Indexes for the searches of the desk; no row changes, nor what is hashed of one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three indexes of entries."""

    dependencies = [("evidence", "0001_log")]
    operations = [
        migrations.AddIndex("entry", models.Index(name="entry_by_kind", fields=["kind", "-place"])),
        migrations.AddIndex("entry", models.Index(name="entry_by_actor", fields=["actor", "-place"])),
        migrations.AddIndex("entry", models.Index(name="entry_by_time", fields=["recorded_at"])),
    ]
