"""What import-linter cannot see: foreign keys by string, migrations, which tables are evidence."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey, ManyToManyField, Model

from masthead.newsroom.evidence.vouched import AppendOnly, Mutable, Vouched

ORDER = (
    "jobs",
    "evidence",
    "accounts",
    "integrity",
    "policy",
    "register",
    "items",
    "review",
    "connections",
    "witness",
    "remedies",
    "assurance",
    "worklist",
    "webhooks",
    "public",
    "retention",
)
NO_EVIDENCE = {
    "assurance.Follower",
    "jobs.Worker",
    "jobs.Ticket",
    "webhooks.Endpoint",
    "webhooks.Delivery",
    "webhooks.Try",
    "webhooks.Follower",
    "accounts.Account",
    "accounts.Invitation",
    "remedies.Reach",
    "worklist.Line",
    "worklist.Maker",
    "worklist.Used",
    "worklist.Reached",
    "connections.Token",
    "connections.ExternalId",
    "connections.Done",
    "retention.Remains",
    "witness.Awaited",
    "witness.Doubted",
    "witness.Seen",
    "witness.Contact",
}
"""Tables whose rows are no evidence: logins, and what can be made again from the record."""
NO_TABLES = {"public"}
OURS = [config for config in apps.get_app_configs() if config.name.startswith("masthead.newsroom.")]
MODELS = [model for config in OURS for model in config.get_models(include_auto_created=True)]


def test_the_order_names_every_app_and_no_other():
    assert {config.label for config in OURS} == set(ORDER)
    assert [config.label for config in OURS] == list(ORDER)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_foreign_key_goes_down_the_order_of_the_apps(model):
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey | ManyToManyField):
            continue
        target = field.related_model
        assert isinstance(target, type)
        assert issubclass(target, Model)
        assert target._meta.app_label in ORDER, f"{field} leaves the desk"
        assert ORDER.index(target._meta.app_label) <= ORDER.index(model._meta.app_label), field


def test_every_migration_depends_only_on_apps_further_down():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {key: each for key, each in migrations.items() if key[0] in ORDER}
    assert {app for app, _ in ours} == set(ORDER) - NO_TABLES
    for (app, name), migration in ours.items():
        for needed, _ in [*migration.dependencies, *migration.run_before]:
            known = needed in ORDER or needed in ("auth", "contenttypes")
            assert known, f"{app}.{name} depends on {needed}"
            assert needed not in ORDER or ORDER.index(needed) <= ORDER.index(app), f"{app}.{name}"


def test_no_migration_is_missing(home):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    "model", [m for m in MODELS if m._meta.app_label != "evidence"], ids=lambda m: m._meta.label
)
def test_every_table_of_the_desk_is_append_only_or_changed_by_commands(model):
    if model._meta.label in NO_EVIDENCE:
        assert not issubclass(model, Vouched)
        return
    assert issubclass(model, Vouched)
    assert issubclass(model, AppendOnly) is not issubclass(model, Mutable)
    entry = model._meta.get_field("entry")
    assert not entry.null
