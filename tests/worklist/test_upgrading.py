"""Lines that stand in the way of a change of their table are made anew."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.newsroom.desk import Desk, text

from masthead.newsroom.items.commands import add_item
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.models import Line


def test_a_newsroom_at_work_is_brought_up_to_date(small: Desk) -> None:
    version = add_item(small.author, text())
    catch_up()
    now = Line.objects.get(item=version.item)
    call_command("migrate", "worklist", "0001", verbosity=0)
    old = MigrationExecutor(connection).loader.project_state(("worklist", "0001_initial")).apps
    model = old.get_model("worklist", "Line")
    known = [field.attname for field in model._meta.concrete_fields]
    line = model.objects.create(**{name: getattr(now, name) for name in known})
    maker = old.get_model("worklist", "Maker")
    maker.objects.create(line=line, person_id=version.author_id, wrote=True, unfinished=True)
    call_command("migrate", "worklist", verbosity=0)
    catch_up()
    assert Line.objects.get().item_id == version.item_id
