"""One index less: the primary key of a row's digest begins with the place already."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0007_checkpoint_by_time")]

    operations = [
        migrations.AlterField(
            model_name="rowdigest",
            name="entry",
            field=models.ForeignKey(
                db_column="place",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="row_digests",
                to="evidence.entry",
                to_field="place",
            ),
        ),
    ]
