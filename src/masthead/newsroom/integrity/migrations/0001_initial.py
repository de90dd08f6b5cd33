"""What persons said of a record that was found damaged."""

import django.db.models.deletion
from django.db import migrations, models

import masthead.newsroom.evidence.vouched


class Migration(migrations.Migration):
    """The table of restorations."""

    initial = True

    dependencies = [("accounts", "0004_attempts"), ("evidence", "0003_witnessed")]

    operations = [
        migrations.CreateModel(
            name="Restoration",
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
                ("damage", models.JSONField()),
                ("note", models.TextField(blank=True)),
                ("acknowledged_at", models.DateTimeField()),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("damage", []), _negated=True),
                        name="restoration_of_something_found",
                    )
                ],
            },
        ),
    ]
