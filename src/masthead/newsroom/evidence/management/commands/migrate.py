"""`migrate`, which alone may rewrite tables of evidence."""

from typing import Any, cast

from django.apps import apps
from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.signals import pre_migrate

from masthead.newsroom.evidence import guard


class Command(migrate.Command):
    """Django's own, with the guard lifted while it runs.

    What a migration does and the record that it was done are one COMMIT: a process that is killed at any
    moment leaves what the next one goes on from.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the migrations."""
        pre_migrate.connect(_end_each, apps.get_app_config(guard.LOG_APP), dispatch_uid=__name__)
        with guard.lifted():
            super().handle(*args, **options)


class _Deferred(Operation):
    """The last of a migration: do now what was put off to its end.

    Django records a migration in its transaction only where nothing was put off, else after the COMMIT. A
    process killed between the two leaves tables that no other can make again.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """In the order in which it was put off, as the end of the transaction would."""
        for statement in schema_editor.deferred_sql:
            # Without parameters, which is to say that a percent sign stands for itself.
            schema_editor.execute(statement, None)
        schema_editor.deferred_sql.clear()

    def describe(self) -> str:
        return "Do what was put off"


def _end_each(plan: list[tuple[Migration, bool]], **_: object) -> None:
    """Have `_Deferred` end each migration that is to be run; a receiver of Django's `pre_migrate`."""
    for migration, backwards in plan:
        if not backwards:
            # A list of this one's own, which Django itself adds to here.
            cast("list[Operation]", migration.operations).append(_Deferred())
