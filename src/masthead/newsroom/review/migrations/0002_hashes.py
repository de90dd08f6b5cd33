from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("evidence", "0001_log"),
        ("items", "0001_initial"),
        ("review", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="finding",
            name="finding_place_is_a_range",
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("canonical_sha256__regex", "^[0-9a-f]{64}$")),
                name="breakglass_canonical_sha256_is_a_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", None), ("start", None)),
                    models.Q(
                        ("end__gte", models.F("start")), ("end__isnull", False), ("start__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="finding_place_is_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_sha256__regex", "^[0-9a-f]{64}$")),
                name="publication_content_sha256_is_a_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sidecar_sha256__regex", "^[0-9a-f]{64}$"), ("sidecar_sha256", ""), _connector="OR"
                ),
                name="publication_sidecar_sha256_is_a_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("canonical_sha256__regex", "^[0-9a-f]{64}$")),
                name="signoff_canonical_sha256_is_a_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("uses_sha256__regex", "^[0-9a-f]{64}$")),
                name="signoff_uses_sha256_is_a_hash",
            ),
        ),
    ]
