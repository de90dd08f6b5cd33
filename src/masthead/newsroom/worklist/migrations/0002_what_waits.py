from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STEPS = ["mend", "check", "sign off", "publish", "correction", "review", "out", "gone"]


def make_anew(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the lines, which are made again from the record when they are next asked for."""
    apps.get_model("worklist", "Reached").objects.all().delete()
    apps.get_model("worklist", "Line").objects.all().delete()
    if schema_editor.connection.vendor == "postgresql":
        # It alters no table of which rows still wait for their foreign keys to be looked at.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(make_anew, make_anew),
        migrations.RemoveConstraint(model_name="line", name="worklist_line_step_known"),
        migrations.AlterField(
            model_name="line",
            name="step",
            field=models.CharField(choices=[(step, step) for step in STEPS], max_length=32),
        ),
        migrations.AddField(
            model_name="line",
            name="waivable",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="line",
            name="second_person",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("waivable", True)), fields=["updated_at"], name="line_waivable"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", STEPS)), name="worklist_line_step_known"
            ),
        ),
    ]
