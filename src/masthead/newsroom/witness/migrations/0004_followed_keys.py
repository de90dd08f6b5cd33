"""Keys of witnessed logs that were followed or revoked, and new keys to cosign with."""

import django.db.models.deletion
from django.db import migrations, models

import masthead.newsroom.evidence.vouched


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0008_row_digest_by_its_key"),
        ("witness", "0003_ended_at_a_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnKey",
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
                ("key", models.CharField(max_length=500, unique=True)),
                ("made_at", models.DateTimeField()),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FollowedKey",
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
                ("key", models.CharField(max_length=500)),
                ("previous", models.CharField(max_length=500)),
                ("from_size", models.BigIntegerField()),
                ("statement", models.TextField()),
                ("followed_at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.entry",
                    ),
                ),
                (
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed",
                        to="witness.witnessedlog",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("log", "key"), name="key_followed_once"),
                    models.UniqueConstraint(fields=("log", "previous"), name="key_followed_by_one"),
                    models.UniqueConstraint(fields=("log", "from_size"), name="key_followed_at_one_size"),
                    models.CheckConstraint(
                        condition=models.Q(("from_size__gt", 0)), name="key_followed_takes_over"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevokedKey",
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
                ("key", models.CharField(max_length=500)),
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
                ("heard_at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.entry",
                    ),
                ),
                (
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revoked",
                        to="witness.witnessedlog",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["rotated", "lost", "stolen", "other"])),
                        name="witness_revokedkey_reason_known",
                    ),
                    models.UniqueConstraint(fields=("log", "key"), name="witnessed_key_revoked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_size__gte", 0)), name="witnessed_key_revoked_from"
                    ),
                ],
            },
        ),
    ]
