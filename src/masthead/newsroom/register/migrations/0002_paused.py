"""An index of the systems that are paused; no row changes, nor what is hashed of one."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index of the systems."""

    dependencies = [("register", "0001_initial")]
    operations = [
        migrations.AddIndex(
            "aisystem", models.Index("key", name="system_paused", condition=Q(status="paused"))
        ),
    ]
