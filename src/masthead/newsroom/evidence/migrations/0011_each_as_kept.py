"""Put its hash beside each row that was kept before there was one: from here on none goes without."""

from typing import Any

from django.db import migrations

from masthead.newsroom.evidence import as_kept
from masthead.newsroom.evidence.key_ring import UNREADABLE


def forwards(apps: Any, schema_editor: Any) -> None:
    """Of a row as it stands; one that cannot be read is left for verification to name."""
    for name in ("Checkpoint", "Cosignature", "Stamp"):
        rows = apps.get_model("evidence", name).objects.using(schema_editor.connection.alias)
        for key in list(rows.filter(as_kept=None).values_list("pk", flat=True)):
            try:
                digest = as_kept.digest_of(rows.get(pk=key))
            except (*UNREADABLE, rows.model.DoesNotExist):
                continue
            rows.filter(pk=key).update(as_kept=digest)


class Migration(migrations.Migration):
    """Data alone: the column stays as it is."""

    dependencies = [("evidence", "0010_as_kept")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
