"""A lifted hold has a time at which it was lifted.

No command writes a row that this refuses. Where one was written past them, the log does not vouch for it, and
the database refuses this migration and stays as it was: `masthead log verify` names the row.
"""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_holds_and_schedules"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="hold", name="hold_is_lifted_by_someone_who_says_why"),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None, lifted_because=None)
                | (
                    Q(lifted_by__isnull=False, lifted_at__isnull=False, lifted_because__isnull=False)
                    & Q(lifted_at__gte=F("set_at"))
                    & ~Q(lifted_because="")
                ),
                name="hold_is_lifted_by_someone_who_says_why",
            ),
        ),
    ]
