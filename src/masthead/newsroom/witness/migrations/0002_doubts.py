"""Several heads in doubt for a log, in the place of one; and the head that a log has yet to show."""

import base64
from datetime import UTC, datetime
from typing import Any

from django.db import migrations, models


def move(apps: Any, schema_editor: Any) -> None:
    """Keep the head that was in doubt. The second and third line of a checkpoint are its size and root."""
    seen, doubted = apps.get_model("witness", "Seen"), apps.get_model("witness", "Doubted")
    for row in seen._default_manager.exclude(doubted=""):
        _, size, root, *_ = row.doubted.split("\n")
        doubted._default_manager.create(
            origin=row.pk,
            size=int(size),
            root=base64.b64decode(root).hex(),
            note=row.doubted,
            told_by=row.pk,
            kept_at=datetime.now(UTC),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("witness", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Awaited",
            fields=[
                ("origin", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Doubted",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("origin", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("note", models.TextField()),
                ("told_by", models.CharField(max_length=255)),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("origin", "size", "root"), name="doubted_once")
                ],
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="seen", name="doubted"),
    ]
