"""Killed at every statement, around every COMMIT and file: no two heads that conflict are cosigned."""

from functools import partial

import pytest
from tests.evidence.test_crash import NEVER, in_child, settled
from tests.witness.others import Log

from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.witness import seen
from masthead.newsroom.witness.commands import add_log, end
from masthead.newsroom.witness.models import Seen, WitnessedLog


@pytest.fixture
def watched(small):
    """Logs to try with, each with three entries that we have cosigned."""

    def make(name: object) -> Log:
        for earlier in WitnessedLog.objects.filter(ended_at=None):
            end(small.steward, earlier)
        log = Log(f"{name}.example/log").grow(3)
        add_log(small.steward, str(log.key), "https://93.184.215.14/log")
        assert log.push(0).status == 200
        return log

    return make


def test_a_kill_anywhere_never_leads_to_two_heads_that_conflict(watched):
    log = watched("first").grow(2)

    def work(acknowledge):
        acknowledge(str(log.push(3).status))

    steps, said = in_child(work, NEVER)
    assert said == ["200"]
    assert steps > 8
    for last in range(steps):
        log = watched(last)
        fork = log.copy().grow(2, "other")
        log.grow(2)
        _, said = in_child(work, last)
        settled()
        given = said == ["200"]
        known = seen.remembered(log.key.name)
        assert known.size == 5 or (known.size, given) == (3, False)
        other = fork.push(known.size)
        assert (other.status == 200) == (known.size == 3)
        # Whoever was first, the other is refused for ever.
        later = log if other.status == 200 else fork
        assert later.grow(1, "more").push(5).status in (403, 409, 422)
    assert verify_log().intact


def test_a_kill_and_then_an_older_backup_never_leads_to_two_heads_that_conflict(watched):
    log = watched("first").grow(2)

    def work(acknowledge):
        acknowledge(str(log.push(3).status))

    steps, _ = in_child(work, NEVER)
    for last in range(steps):
        log = watched(last)
        fork = log.copy().grow(2, "other")
        log.grow(2)
        older = Seen.objects.get(pk=log.key.name)
        _, said = in_child(work, last)
        settled()
        Seen.objects.filter(pk=older.pk).update(
            size=older.size, root=older.root, note=older.note, said_at=older.said_at
        )
        other = fork.push(3)
        assert not (said and other.status == 200)
        assert (other.status == 200) == (seen.remembered(log.key.name).root == fork.tree().root().hex())


def test_of_two_at_once_with_two_histories_one_is_cosigned(watched, database):
    """Each sends its own history from the same old size: the lock lets one of them in."""
    from tests.newsroom.at_once import at_once

    for turn in range(5):
        log = watched(turn)
        fork = log.copy().grow(1, "other")
        log.grow(1)
        answers = at_once(partial(log.push, 3), partial(fork.push, 3))
        assert sorted(answer.status for answer in answers) == [200, 409]
