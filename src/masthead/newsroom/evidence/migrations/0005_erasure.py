import django.db.models.deletion
from django.db import migrations, models

import masthead.newsroom.evidence.vouched


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0004_sealed_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
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
                ("place", models.BigIntegerField()),
                ("names", models.JSONField()),
                (
                    "entry",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.entry",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place"], name="erasure_by_place")],
            },
        ),
    ]
