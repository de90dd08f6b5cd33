import django.db.models.deletion
from django.db import migrations, models

import masthead.newsroom.evidence.vouched


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_entry_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=masthead.newsroom.evidence.vouched.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("key_id", models.BinaryField()),
                ("line", models.TextField()),
                ("said_at", models.DateTimeField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cosignatures",
                        to="evidence.checkpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("checkpoint", "name", "key_id"), name="one_cosignature_a_witness"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=masthead.newsroom.evidence.vouched.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("authority", models.CharField(max_length=500)),
                ("token", models.BinaryField()),
                ("said_at", models.DateTimeField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamps",
                        to="evidence.checkpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("checkpoint", "authority"), name="one_stamp_an_authority")
                ],
            },
        ),
    ]
