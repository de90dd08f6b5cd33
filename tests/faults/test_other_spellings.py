"""Ids, days and moments that say the same in other characters: what compares text takes them for others."""

from datetime import date

import pytest
from django.db import connection
from tests.evidence.desk import add_person, adopt, rename
from tests.faults.hurting import run

from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log

ZONE = "strftime('%Y-%m-%d %H:%M:%S', {0}, '-23 hours') || coalesce(substr({0}, 20), '') || '-23:00'"


@pytest.fixture
def signed(log):
    """Entry 0 wrote Grace, 2 Ada as she is, 3 a revision, which has a column of JSON."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no text of an id or a moment")
    add_person("Grace")
    ada, _ = add_person("Ada")

    def decide(r):
        r.change(ada, ends_on=date(2026, 11, 1), name="Ada L.")
        return {"person": str(ada.id), "role": "editor", "through": "terminal"}

    record(Kind.ROLE_GRANTED, actor=ada.id, decide=decide)
    adopt(ada, 1)
    publish_checkpoint()
    assert verify_log().intact
    return log


@pytest.mark.parametrize(
    ("column", "spelled", "place"),
    [
        ("accounts_person.ends_on", "'2026-W44-7'", 2),
        ("accounts_person.ends_on", "'20261101'", 2),
        ("policy_policyrevision.adopted_at", ZONE, 3),
        ("policy_policyrevision.adopted_at", "replace({0}, ' ', 'T')", 3),
        ("policy_policyrevision.adopted_at", "{0} || 'Z'", 3),
        ("policy_policyrevision.adopted_by_id", "upper({0})", 3),
        ("evidence_entry.actor", "upper({0})", 0),
        ("evidence_entry.id", "upper({0})", 0),
        ("evidence_entry.recorded_at", ZONE, 0),
        ("evidence_entry.recorded_at", "replace({0}, ' ', '~')", 0),
        ("evidence_entry.recorded_at", "replace({0}, ' ', 'T')", 0),
        ("evidence_rowdigest.row", "upper({0})", 0),
    ],
)
def test_another_spelling_names_its_entry(signed, column, spelled, place):
    table, name = column.split(".")
    said = spelled.format(f'"{name}"').replace("%", "%%")
    run(f'UPDATE {table} SET "{name}" = {said} WHERE "{name}" IS NOT NULL')
    found = verify_log().first_failure
    assert found is not None
    assert found.place == place


def test_a_fraction_that_is_zero_is_not_written(signed):
    whole = Entry.objects.get(place=0).recorded_at.replace(microsecond=0)
    ada = add_person("Zoe")[0]

    def decide(r):
        r.change(ada, name="Zoe Z.")
        return {"person": str(ada.id), "role": "editor", "through": "terminal"}

    place = record(Kind.ROLE_GRANTED, actor=ada.id, decide=decide, now=whole).place
    assert verify_log().intact
    run("UPDATE evidence_entry SET recorded_at = recorded_at || '.000000' WHERE place = %s", place)
    assert verify_log().first_failure.place == place


def test_a_checkpoint_spelled_otherwise_is_named(signed):
    run("UPDATE evidence_checkpoint SET signed_at = replace(signed_at, ' ', 'T') WHERE size = 4")
    assert "the checkpoint of 4 entries: it cannot be read" in str(verify_log().why)


def test_beside_another_entry_at_fault_it_is_found_all_the_same(signed):
    """Where a stretch is looked at closely, as closely as quickly."""
    rename(add_person("Zoe")[0], "Zoe Z.")
    run("UPDATE evidence_entry SET commitment = zeroblob(32) WHERE place = 5")
    run("UPDATE evidence_entry SET actor = upper(actor) WHERE place = 1")
    assert verify_log().first_failure.place == 1
