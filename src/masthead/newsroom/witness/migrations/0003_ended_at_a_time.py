"""An alarm that somebody ended has a time at which it ended.

No command writes a row that this refuses. Where one was written past them, the log does not vouch for it, and
the database refuses this migration and stays as it was: `masthead log verify` names the row.
"""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("witness", "0002_doubts"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="alarm", name="alarm_is_ended_by_somebody"),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False, ended_at__gte=F("raised_at")),
                name="alarm_is_ended_by_somebody",
            ),
        ),
    ]
