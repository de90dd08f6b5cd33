"""A key of a witnessed log can be revoked again, from a smaller size: the first to say so may be its thief."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("witness", "0004_followed_keys"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="revokedkey", name="witnessed_key_revoked_once"),
        migrations.AddConstraint(
            model_name="revokedkey",
            constraint=models.UniqueConstraint(
                fields=("log", "key", "from_size"), name="witnessed_key_revoked_once_from"
            ),
        ),
    ]
