from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0003_read_by_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="used",
            name="holds",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        # None was made by a counting that has a number: all lines are made anew when they are next asked for.
        migrations.AddField(
            model_name="reached",
            name="counting",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="used",
            index=models.Index(
                condition=models.Q(("holds", True)), fields=["key", "line"], name="used_holds"
            ),
        ),
    ]
