"""A database that does not keep what it took: nothing of it is acknowledged, however it came to that."""

import pytest
from django.db import connection
from tests.evidence.desk import add_person, adopt, rename
from tests.evidence.test_bulk import add, names

from masthead.errors import Damaged
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.policy.models import PolicyRevision

NOT_KEPT = "did not keep"
NOT_TAKEN = {
    "sqlite": "CREATE TRIGGER drop_it BEFORE {what} ON {table} BEGIN SELECT RAISE(IGNORE); END",
    "postgresql": "CREATE FUNCTION drop_it() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
    " CREATE TRIGGER drop_it BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION drop_it()",
}
TAKEN_AWAY = {
    "sqlite": "CREATE TRIGGER drop_it AFTER {what} ON {table}"
    " BEGIN DELETE FROM {table} WHERE id = NEW.id; END",
    "postgresql": "CREATE FUNCTION drop_it() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN DELETE FROM {table} WHERE id = NEW.id; RETURN NULL; END';"
    " CREATE TRIGGER drop_it AFTER {what} ON {table} FOR EACH ROW EXECUTE FUNCTION drop_it()",
}
WAYS = pytest.mark.parametrize("how", [NOT_TAKEN, TAKEN_AWAY], ids=["not taken", "taken away"])


def alter(how, table, what="INSERT"):
    with lifted(), connection.cursor() as cursor:
        cursor.execute(how[connection.vendor].format(table=table, what=what))


def mend(table):
    with lifted(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER drop_it{f' ON {table}' if connection.vendor == 'postgresql' else ''}")


@WAYS
def test_a_command_whose_row_is_not_kept_is_none(log, how):
    add_person("Ada")
    alter(how, "accounts_person")
    with pytest.raises(Damaged, match=NOT_KEPT) as told:
        add_person("Grace")
    assert "accounts_person" in str(told.value.what)
    assert LogHead.objects.get().size == Entry.objects.count() == Person.objects.count() == 1
    mend("accounts_person")
    add_person("Grace")
    assert verify_log().intact


def test_a_change_that_takes_the_row_away_is_none(log):
    person, _ = add_person("Ada")
    alter(TAKEN_AWAY, "accounts_person", "UPDATE")
    with pytest.raises(Damaged, match=NOT_KEPT):
        rename(person, "Ada L.")
    assert Person.objects.get().name == "Ada"
    assert LogHead.objects.get().size == 1


def test_a_key_that_ignores_what_is_there_twice_hides_no_row(log):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such keys")
    person, _ = add_person("Ada")
    adopt(person, 1)
    with lifted(), connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'UNIQUE', 'UNIQUE ON CONFLICT IGNORE')"
            " WHERE name = 'policy_policyrevision'"
        )
    connection.close()
    with pytest.raises(Damaged, match=NOT_KEPT):
        adopt(person, 1)
    assert PolicyRevision.objects.count() == 1
    assert LogHead.objects.get().size == 2


@WAYS
@pytest.mark.parametrize("many", [3, 30, 600])
def test_a_batch_of_which_rows_are_not_kept_is_none(log, how, many):
    add(names(1))
    alter(how, "accounts_person")
    with pytest.raises(Damaged, match=NOT_KEPT):
        add(names(many, 1))
    assert LogHead.objects.get().size == Entry.objects.count() == Person.objects.count() == 1
    mend("accounts_person")
    add(names(many, 1))
    assert verify_log().intact


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("evidence_entry", "INSERT"),
        ("evidence_rowdigest", "INSERT"),
        ("evidence_node", "INSERT"),
        ("evidence_loghead", "UPDATE"),
    ],
)
def test_nothing_of_the_log_itself_is_left_out(log, table, what):
    add(names(200))
    alter(NOT_TAKEN, table, what)
    with pytest.raises(Damaged, match=NOT_KEPT):
        add(names(100, 200))
    if table != "evidence_node":
        with pytest.raises(Damaged, match=NOT_KEPT):
            add_person("Grace")
    assert LogHead.objects.get().size == Person.objects.count() == 200
    mend(table)
    add(names(100, 200))
    assert verify_log().intact
