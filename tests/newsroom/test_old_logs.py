"""What an older Masthead put on record stays proved under a newer one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddField, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps
from tests.newsroom.desk import founded

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.vouched import Mutable, Vouched
from masthead.newsroom.items.commands import protect
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see
from masthead.vocabulary import Profile, Role


def test_a_column_added_to_a_table_of_evidence_is_empty_in_its_old_rows():
    added = [
        (apps.get_model(app, operation.model_name), operation.name, operation.field)
        for (app, _), migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if isinstance(operation, AddField)
    ]
    evidence = [(name, field) for model, name, field in added if issubclass(model, Vouched)]
    assert "protected" in dict(evidence)
    for name, field in evidence:
        assert field.null, name
        assert not field.has_default(), name


@contextmanager
def migrating() -> Iterator[tuple[Migration, ProjectState, BaseDatabaseSchemaEditor]]:
    """The migration that let items be protected, the tables before it, and what changes them."""
    loader = MigrationLoader(connection)
    migration = loader.get_migration("items", "0002_item_protected")
    with lifted(), connection.schema_editor() as editor:
        yield migration, loader.project_state(("items", "0001_initial")), editor


def bring_in_as_then(author: Person) -> None:
    """One item on record, as the table of items was at first."""
    with isolate_apps("masthead.newsroom.items"):

        class Then(Mutable):
            entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
            public_id = models.CharField(max_length=26, unique=True)
            medium = models.CharField(max_length=32)
            author = models.ForeignKey(Person, models.PROTECT, related_name="+")

            class Meta:
                app_label = "items"
                db_table = "items_item"

    def decide(r):
        r.add(Then(public_id="a" * 26, medium="text", author=author))
        return dict.fromkeys(FIELDS[Kind.ITEM_ADDED].opens)

    record(Kind.ITEM_ADDED, actor=author.id, decide=decide)


def test_an_item_from_before_items_could_be_protected_stays_proved(home):
    desk = founded(home, Profile.SMALL)
    with migrating() as (migration, before, editor):
        migration.unapply(before, editor)
    bring_in_as_then(Person.objects.get(pk=desk.author.person_id))
    with migrating() as (migration, before, editor):
        migration.apply(before, editor)
    verdict = verify_log()
    assert verdict.intact, verdict.why
    item = Item.objects.get()
    assert may_see(item, desk.steward.person_id, [Role.STEWARD])
    protect(desk.editor, item, protected=True)
    assert not may_see(item, desk.steward.person_id, [Role.STEWARD])
    assert verify_log().intact
