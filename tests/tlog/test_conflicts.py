"""A file of two heads says what is shown, and under which keys, across a change of key too."""

import json

import pytest
from tests.witness.others import Log

from masthead.tlog import note
from masthead.tlog.conflict import Conflict, Shows
from masthead.tlog.handover import Handover
from masthead.tlog.note import Malformed


@pytest.fixture
def log() -> Log:
    return Log().grow(5)


@pytest.fixture
def fresh() -> Log:
    """The same log by its name, another history, signed with another key."""
    return Log(seed="fresh").grow(5, "other")


def handed(log: Log, fresh: Log, size: int = 5) -> str:
    said = note.sign(str(Handover(fresh.key, size)), log.key, log.private.sign)
    return str(note.sign_too(said, fresh.key, fresh.private.sign))


def test_each_head_under_its_own_key_is_a_fork_where_both_are_trusted(log, fresh):
    heads = Conflict(str(log.note()), str(fresh.note()))
    assert heads.shows(log.key) is heads.shows(fresh.key) is heads.shows() is Shows.NOTHING
    shown = heads.shown_under(log.key, fresh.key)
    assert (shown.shows, shown.known_by, shown.shown_by) == (Shows.FORK, (log.key,), (fresh.key,))


def test_a_key_that_the_trusted_one_handed_over_to_is_trusted(log, fresh):
    heads = Conflict(str(log.note()), str(fresh.note()), statements=(handed(log, fresh),))
    assert heads.shows(log.key) is Shows.FORK
    # Whom the new key came after is the old one's word, which has to be trusted first.
    assert heads.shows(fresh.key) is Shows.NOTHING
    alone = note.sign(str(Handover(fresh.key, 5)), fresh.key, fresh.private.sign)
    assert Conflict(heads.known, heads.shown, statements=(str(alone),)).shows(log.key) is Shows.NOTHING


def test_keys_that_the_file_names_are_not_believed(log, fresh):
    heads = Conflict(str(log.note()), str(fresh.note()), keys=(str(log.key), str(fresh.key)))
    assert heads.shows(log.key) is Shows.NOTHING


def test_two_logs_are_not_one_that_forked(log):
    other = Log("other.example/log").grow(5, "other")
    assert Conflict(str(log.note()), str(other.note())).shows(log.key, other.key) is Shows.NOTHING


def test_it_reads_back_as_it_was_written_and_the_first_form_too(log, fresh):
    heads = Conflict(
        str(log.note()), str(fresh.note()), keys=(str(log.key),), statements=(handed(log, fresh),)
    )
    assert Conflict.parse(heads.to_json().encode()) == heads
    first = json.loads(Conflict(heads.known, heads.shown).to_json()) | {"masthead_conflict": 1}
    for name in ("keys", "statements"):
        del first[name]
    assert Conflict.parse(json.dumps(first).encode()) == Conflict(heads.known, heads.shown)
    for broken in (first | {"keys": []}, first | {"masthead_conflict": 2}, first | {"masthead_conflict": []}):
        with pytest.raises(Malformed):
            Conflict.parse(json.dumps(broken).encode())
