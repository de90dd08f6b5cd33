from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="aiuse",
            options={"ordering": ["id"]},
        ),
        migrations.RemoveConstraint(
            model_name="aiuse",
            name="ai_use_part_is_a_range",
        ),
        migrations.AddConstraint(
            model_name="aiuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", None), ("start", None)),
                    models.Q(
                        ("end__gt", models.F("start")),
                        ("end__isnull", False),
                        ("start__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ai_use_part_is_a_range",
            ),
        ),
    ]
