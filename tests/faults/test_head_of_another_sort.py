"""The head of the log holds what no log can have: commands say that it is damaged, and take nothing."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from tests.evidence.desk import add_person
from tests.evidence.test_bulk import add

from masthead.errors import Damaged
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.integrity.seen import said_of_it
from masthead.newsroom.site.backup import begun, checking
from masthead.newsroom.site.backup.layout import Manifest

SQLITE = {
    "a size that is no number": "UPDATE evidence_loghead SET size = '1x'",
    "a size with a fraction": "UPDATE evidence_loghead SET size = 1.5",
    "a size as bytes": "UPDATE evidence_loghead SET size = x'01'",
    "peaks as text": "UPDATE evidence_loghead SET peaks = 'peaks'",
    "peaks as a number": "UPDATE evidence_loghead SET peaks = 32",
    "a published size that is no number": "UPDATE evidence_checkpoint SET size = '1x' WHERE size = 1",
    "a published size with a fraction": "UPDATE evidence_checkpoint SET size = 1.5 WHERE size = 1",
    "a published root as text": "UPDATE evidence_checkpoint SET root = 'root' WHERE size = 1",
    "a published root as a number": "UPDATE evidence_checkpoint SET root = 32 WHERE size = 1",
}
ANY = {
    "too few peaks": "UPDATE evidence_loghead SET size = 3",
    "half a peak": "UPDATE evidence_loghead SET peaks = substr(peaks, 1, 16)",
}


def turn(way):
    if way in SQLITE and connection.vendor != "sqlite":
        pytest.skip("a column of PostgreSQL holds one sort of value")
    with lifted(), connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON") if connection.vendor == "sqlite" else None
        cursor.execute((SQLITE | ANY)[way])


@pytest.mark.parametrize("way", [*SQLITE, *ANY])
def test_each_command_says_that_it_is_damaged(log, way):
    add_person("Ada")
    publish_checkpoint()
    turn(way)
    for command in (lambda: add_person("Grace"), lambda: add(["Grace"]), publish_checkpoint):
        with pytest.raises(Damaged):
            command()
    assert Person.objects.count() == 1


@pytest.mark.parametrize("way", [each for each in (*SQLITE, *ANY) if "published" not in each])
def test_whoever_puts_a_copy_back_is_told_the_same(log, way):
    add_person("Ada")
    row: Checkpoint = publish_checkpoint()
    turn(way)
    root = bytes(row.root).hex()
    manifest = Manifest(datetime.now(UTC), "herald.example/log", 1, root, "sqlite", False, {})
    begun.begin(log, manifest, log / "replaced")
    for ask in (
        lambda: said_of_it(log, [], row.note, nobody_has_seen_more=False),
        lambda: begun.end(log, manifest),
        lambda: checking._must_have_grown("1", root),
    ):
        with pytest.raises(Damaged, match="head of the log"):
            ask()
    assert (log / begun.MARKER).exists()
