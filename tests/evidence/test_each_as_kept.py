"""Each row from before there was a hash beside it gets one, whatever stands in the others."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.evidence.test_verify_said import NOW, authority, cosign, published
from tests.newsroom.conftest import small
from tests.witness.others import Witness

from masthead.errors import Damaged
from masthead.newsroom.evidence import as_kept, watch
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Stamp
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Profile

__all__ = ["authority", "published", "small"]

KEPT = (Checkpoint, Cosignature, Stamp)
NOT_UTF8 = "CAST(x'ff41' AS TEXT)"
UNREADABLE = {
    "sqlite": [
        ("evidence_cosignature", "id", "'zz'"),
        ("evidence_cosignature", "id", "x'ff'"),
        ("evidence_cosignature", "line", NOT_UTF8),
        ("evidence_stamp", "authority", NOT_UTF8),
        ("evidence_stamp", "said_at", NOT_UTF8),
        ("evidence_checkpoint", "note", NOT_UTF8),
        ("evidence_checkpoint", "signed_at", "9e999"),
        ("evidence_checkpoint", "root", "9e999"),
    ],
    "postgresql": [
        ("evidence_cosignature", "said_at", "'infinity'"),
        ("evidence_stamp", "said_at", "'infinity'"),
        ("evidence_checkpoint", "signed_at", "'-infinity'"),
    ],
}


def run(sql: str) -> None:
    with lifted(), connection.cursor() as cursor:
        cursor.execute(sql)


def before() -> None:
    """Tables as they were before each row had a hash."""
    with lifted():
        call_command("migrate", "evidence", "0010", verbosity=0)
        for model in KEPT:
            model.objects.update(as_kept=None)


def without(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE as_kept IS NULL")
        (count,) = cursor.fetchone()
    return int(count)


@pytest.mark.parametrize(
    ("vendor", "table", "column", "value"),
    [(vendor, *each) for vendor, listed in UNREADABLE.items() for each in listed],
)
def test_one_that_cannot_be_read_is_left_to_verification_to_name(
    authority, published, vendor, table, column, value
):
    if connection.vendor != vendor:
        pytest.skip("the other one keeps no such value")
    cosign(published, Witness("gazette.example/w"))
    cosign(published, Witness())
    before()
    run(f"UPDATE {table} SET {column} = {value} WHERE {_first(table)}")
    list(found("", "", "", Profile.SMALL))
    assert [(each._meta.db_table, without(each._meta.db_table)) for each in KEPT] == [
        (each._meta.db_table, int(each._meta.db_table == table)) for each in KEPT
    ]
    try:
        assert not watch.verify().intact
    except Damaged as error:
        assert str(error)  # noqa: PT017 - either way it is told


def _first(table: str) -> str:
    """One of two, where there are two; of the checkpoints the one that nothing is published from."""
    return {
        "evidence_cosignature": "name = 'gazette.example/w'",
        "evidence_checkpoint": "size = (SELECT min(size) FROM evidence_checkpoint)",
    }.get(table, "true")


def test_many_are_read_and_written_at_a_time(published):
    before()
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
    run(
        "INSERT INTO evidence_checkpoint (size, root, note, signed_at)"
        f" {numbers} SELECT 1000000 + i, root, note, signed_at FROM n, evidence_checkpoint"
        f" WHERE size = {published.size}"
    )
    with lifted(), CaptureQueriesContext(connection) as asked:
        call_command("migrate", verbosity=0)
    assert all(bytes(row.as_kept) == as_kept.digest_of(row) for row in Checkpoint.objects.all())
    assert len([each for each in asked if "evidence_checkpoint" in each["sql"]]) < 20


def test_whether_each_is_due_one_is_asked_once_a_run(published):
    cosign(published, Witness())
    cosign(published, Witness("gazette.example/w"), NOW + timedelta(days=1))
    before()
    with CaptureQueriesContext(connection) as asked:
        assert verify_log().intact
    assert len([each for each in asked if "django_migrations" in each["sql"]]) == 1
