"""Moments of PostgreSQL that Python has none for and no format tells apart; and moments put in or gone."""

from datetime import date

import pytest
from django.db import connection
from tests.evidence.desk import add_person
from tests.faults.hurting import run

from masthead.newsroom.accounts.models import Person, RoleGrant
from masthead.newsroom.evidence import kept, watch
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Checkpoint, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log

DAY = "'2026-11-23'"
NEVER = ["'infinity'", "'-infinity'", "'2026-11-23 BC'", "'12026-11-23'"]
"""What Python cannot read."""


@pytest.fixture
def server():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has words for moments")


@pytest.mark.parametrize(
    ("model", "column"), [(RoleGrant, "ended_at"), (RoleGrant, "granted_at"), (Person, "ends_on")]
)
def test_a_row_with_another_moment_names_its_entry(server, small, model, column):
    table = model._meta.db_table
    run("ALTER TABLE accounts_rolegrant DROP CONSTRAINT role_ends_after_start")
    row = model.objects.latest("id")
    newest = RowDigest.objects.filter(table=table, row=row.id).latest("entry").entry_id
    before = getattr(row, column)
    for moment in [*NEVER, DAY]:
        run(f'UPDATE {table} SET "{column}" = {moment} WHERE id = %s', row.id)
        found = verify_log().first_failure
        assert (found and found.place) == newest, moment
    run(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', before, row.id)
    assert verify_log().intact


def test_a_moment_put_in_or_taken_away_names_its_entry(log):
    ada, _ = add_person("Ada")

    def decide(r):
        r.change(ada, ends_on=date(2027, 1, 1))
        return {"person": str(ada.id), "role": "editor", "through": "terminal"}

    record(Kind.ROLE_GRANTED, actor=ada.id, decide=decide)
    assert verify_log().intact
    run(f"UPDATE accounts_person SET erased_on = {DAY}")
    assert verify_log().first_failure.place == 1
    run("UPDATE accounts_person SET erased_on = NULL")
    assert verify_log().intact
    run("UPDATE accounts_person SET ends_on = NULL")
    assert verify_log().first_failure.place == 1


def test_an_entry_with_another_moment_is_named(server, small):
    for moment in NEVER:
        run(f"UPDATE evidence_entry SET recorded_at = {moment} WHERE place = 2")
        assert verify_log().first_failure.place == 2, moment
    # The others of its stretch are looked at all the same.
    run("UPDATE evidence_entry SET commitment = %s WHERE place = 1", bytes(32))
    assert verify_log().first_failure.place == 1


def test_a_checkpoint_with_another_moment_is_named_and_what_is_found_is_kept(server, small):
    publish_checkpoint()
    size = Checkpoint.objects.latest("size").size
    for moment in NEVER:
        run(f"UPDATE evidence_checkpoint SET signed_at = {moment} WHERE size = %s", size)
        found = verify_log().first_failure
        assert (found.place, str(found.why)) == (
            size - 1,
            f"the checkpoint of {size} entries: it cannot be read",
        )
    # A start looks at less; and the round of the clock keeps what it finds.
    assert watch.look()
    assert not watch.verify().intact
    assert kept.is_there(small.home)
