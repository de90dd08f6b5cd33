import django.db.models.deletion
from django.db import migrations, models

import masthead.newsroom.evidence.vouched


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_erasure"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyRevocation",
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
                ("key", models.CharField(max_length=400, unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("rotated", "rotated"),
                            ("lost", "lost"),
                            ("stolen", "stolen"),
                            ("other", "other"),
                        ],
                        max_length=32,
                    ),
                ),
                ("from_size", models.BigIntegerField()),
                ("since", models.DateField(null=True)),
                ("statement", models.TextField()),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["rotated", "lost", "stolen", "other"])),
                        name="evidence_keyrevocation_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", "rotated"), _negated=True),
                        name="key_revocation_has_a_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogKey",
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
                ("key", models.CharField(max_length=400, unique=True)),
                ("previous", models.CharField(max_length=400, unique=True)),
                ("from_size", models.BigIntegerField(unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("rotated", "rotated"),
                            ("lost", "lost"),
                            ("stolen", "stolen"),
                            ("other", "other"),
                        ],
                        max_length=32,
                    ),
                ),
                ("overlap_until", models.DateTimeField(null=True)),
                ("statement", models.TextField()),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["rotated", "lost", "stolen", "other"])),
                        name="evidence_logkey_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("overlap_until__isnull", False), ("reason", "rotated")),
                            models.Q(
                                models.Q(("reason", "rotated"), _negated=True),
                                ("overlap_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="log_key_overlaps_where_handed_over",
                    ),
                ],
            },
        ),
    ]
