"""A damaged record is left as it is, to the byte, and a damaged list of tables is not taken for a new one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.faults.hurting import run
from tests.retention import planted

from masthead.errors import Damaged, NotReady, ReadOnly
from masthead.language import Message
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.models import Invitation
from masthead.newsroom.evidence import damage, watch
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.remedies.models import Reach
from masthead.newsroom.retention import commands, finishing
from masthead.newsroom.retention.models import Remains, Todo
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.subjects import person_called
from masthead.newsroom.retention.words import Ground
from masthead.newsroom.site.serving import preparing


def found(home):
    damage.note(home, damage.Found(Message("a row of x is not as it wrote it"), 3, "schedule"))


# EXPLAIN without ANALYZE runs nothing.
READING = {"SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}


def changes():
    """What is said to the database that changes anything."""
    said = []

    def listen(execute, sql, params, many, context):
        if sql.split()[0].upper() not in READING:
            said.append(sql)
        return execute(sql, params, many, context)

    return said, connection.execute_wrapper(listen)


def test_the_round_erases_forgets_and_rewrites_nothing_of_it(small):
    gone = planted.leaver(small)
    planted.question(small, gone.items[0], planted.Words())
    Reach.objects.update(left_at=datetime(2020, 1, 1, tzinfo=UTC))
    Remains.objects.create(what=Todo.SPACE, name="worklist_line", before=datetime.now(UTC))
    kept = Reach.objects.count()
    found(small.home)
    said, listening = changes()
    with listening:
        go_round()
        left = finishing.finish()
    assert not said
    assert left == 1
    assert Reach.objects.count() == kept > 0


def test_what_is_no_evidence_is_not_erased_of_it_either(small):
    planted.leaver(small)
    subject, now = person_called(planted.NAME), datetime.now(UTC)
    commands.erase(small.steward, subject, Ground.OBJECTED)
    Invitation.objects.create(
        person_id=subject.row,
        token_sha256="0" * 64,
        invited_by_id=small.steward.person_id,
        made_at=now,
        expires_at=now + timedelta(days=1),
    )
    found(small.home)
    with pytest.raises(ReadOnly):
        commands.erase(small.steward, subject, Ground.OBJECTED)
    assert Invitation.objects.filter(person=subject.row).exists()


def test_it_is_not_brought_up_to_date(small):
    found(small.home)
    said, listening = changes()
    with listening:
        assert preparing.prepare().read_only
    assert not said


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("ALTER TABLE review_finding RENAME TO review_findinf", "review_finding"),
        ("ALTER TABLE review_finding RENAME COLUMN message TO messagf", "message"),
        ("ALTER TABLE evidence_loghead RENAME TO evidence_logheae", "evidence_loghead"),
        ("ALTER TABLE worklist_line RENAME TO worklist_linf", "worklist_line"),
    ],
)
def test_a_table_or_column_that_is_gone_is_damage_and_named(small, statement, named):
    publish_checkpoint()
    run(statement)
    assert watch.look() is False
    (kept,) = damage.known(small.home)
    assert named in str(kept.why)
    with pytest.raises((Damaged, NotReady)):
        add_person(small.steward, "Zoe", [])


def test_the_verification_finds_it_too(small):
    publish_checkpoint()
    run("ALTER TABLE review_finding RENAME TO review_findinf")
    with pytest.raises(Damaged, match="review_finding"):
        watch.verify()
    assert damage.is_there(small.home)


def test_a_database_that_was_not_brought_up_to_date_yet_is_not_damaged(small):
    publish_checkpoint()
    run("ALTER TABLE worklist_line RENAME TO worklist_older")
    run("DELETE FROM django_migrations WHERE app = 'worklist' AND name LIKE '0004%%'")
    assert watch.look()
    assert not damage.is_there(small.home)
