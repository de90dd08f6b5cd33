from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0002_what_waits"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="line", name="line_by_step"),
        migrations.RemoveIndex(model_name="line", name="line_waivable"),
        migrations.RemoveIndex(model_name="line", name="line_review"),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                fields=["step", "-updated_at", "-public_id", "item", "second_person"], name="line_by_step"
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("waivable", True)),
                fields=["updated_at", "public_id", "item", "waivable"],
                name="line_waivable",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("review_due__isnull", False)),
                fields=["review_due", "public_id"],
                name="line_review",
            ),
        ),
    ]
