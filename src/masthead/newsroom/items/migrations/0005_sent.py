from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0004_newest_and_known"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="sent_sha256",
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(
                condition=models.Q(("sent_sha256__isnull", False)),
                fields=["sent_sha256"],
                name="version_sent",
            ),
        ),
    ]
