"""SQLite looks at how full its tables are; until then the lists are read by their indexes all the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.newsroom.desk import Desk, ready
from tests.newsroom.logins import client_of

from masthead.newsroom import statistics
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.site.serving.preparing import prepare
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.jobs import look_at_the_tables

LISTS = ("/desk/", "/desk/waiting/", "/desk/search/?q=river")


def looked_at() -> set[str]:
    """The tables of which something is known."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its statistics up by itself")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return set()
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {table for (table,) in cursor.fetchall()}


@pytest.mark.parametrize("look", [prepare, look_at_the_tables])
def test_the_tables_are_looked_at_before_serving_and_every_day(small: Desk, look) -> None:
    ready(small)
    catch_up()
    assert "worklist_line" not in looked_at()
    look()
    assert {"worklist_line", "worklist_maker", "items_item"} <= looked_at()


def test_to_look_changes_nothing_on_record(small: Desk) -> None:
    ready(small)
    looked_at()
    statistics.look()
    assert verify_log().intact


@pytest.mark.parametrize("known", [(), ("accounts_person",)])
def test_lists_are_read_by_their_indexes_whatever_is_known_of_the_tables(small: Desk, known) -> None:
    """As after a migration, which leaves the tables it makes anew without statistics, and the others with."""
    ready(small)
    looked_at()
    client = client_of(small.editor)
    for address in LISTS:
        client.get(address)
    with connection.cursor() as cursor:
        for table in known:
            cursor.execute(f"ANALYZE {table}")
    lists = 0
    for address in LISTS:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        for said in asked:
            if not said["sql"].startswith('SELECT "worklist_line"."item_id" AS "item"'):
                continue
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {said['sql']}")
                steps = [row[3] for row in cursor.fetchall()]
            assert not any(step.startswith("SCAN") and "USING" not in step for step in steps), steps
            lists += 1
    assert lists > 5
