from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0004_held"),
    ]

    operations = [
        # By an older counting: all lines are made anew when they are next asked for.
        migrations.AddField(
            model_name="maker",
            name="made",
            field=models.BooleanField(default=True),
            preserve_default=False,
        ),
    ]
