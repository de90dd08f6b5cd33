"""Whatever stands where a number should is told and kept, and breaks nothing."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from tests.cli.terminal import Desk as Terminal
from tests.faults.hurting import run

from masthead.errors import Damaged
from masthead.language import Message
from masthead.newsroom.evidence import damage, watch
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify_entry import Failure

ENTRY = (
    "INSERT INTO evidence_entry SELECT '{0}', {1}, kind, recorded_at, actor, commitment, leaf_hash, sealed"
    " FROM evidence_entry WHERE place = 1"
)
CHECKPOINT = (
    "INSERT INTO evidence_checkpoint SELECT {0}, root, note, signed_at, as_kept"
    " FROM evidence_checkpoint LIMIT 1"
)
DIGEST = (
    'INSERT INTO evidence_rowdigest SELECT "table", row, salt, digest, {0} FROM evidence_rowdigest'
    " WHERE place = 1"
)
HUGE = "4000000000000"
ODD = ("9e999", "-9e999", "1.5", "'abc'", "'<b>'", "x'00'", "x'31'", "-3")
STATEMENTS = [
    *(f"INSERT INTO evidence_node VALUES ({each}, 0, x'00')" for each in ODD),
    *(f"INSERT INTO evidence_node VALUES (8, {each}, x'00')" for each in ODD),
    *(ENTRY.format("e" * 32, each) for each in ODD),
    *(CHECKPOINT.format(each) for each in ODD),
    *(f"UPDATE evidence_loghead SET size = {each}" for each in ODD),
    f"UPDATE evidence_loghead SET size = {2**62}",
    *(f"UPDATE evidence_loghead SET peaks = {each}" for each in (HUGE, "'abc'", "9e999")),
    *(f"UPDATE evidence_entry SET commitment = {each} WHERE place = 1" for each in (HUGE, "9e999")),
    *(DIGEST.format(each) for each in ODD),
    *(f"UPDATE evidence_checkpoint SET root = {each}" for each in (HUGE, "'abc'", "9e999")),
    *(f"UPDATE evidence_rowdigest SET salt = {each} WHERE place = 1" for each in (HUGE, "'abc'")),
    *(f"UPDATE evidence_rowdigest SET \"table\" = {each} WHERE place = 1" for each in ("x'00'", "'<b>'")),
]  # fmt: skip


@pytest.fixture
def signed(small):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps to the types of its columns")
    publish_checkpoint()
    run("PRAGMA ignore_check_constraints = ON")
    return small


@pytest.mark.parametrize("statement", STATEMENTS)
def test_it_is_found_and_kept(signed, statement, terminal: Terminal):
    run(statement)
    try:
        assert not watch.verify().intact
    except Damaged as error:
        assert str(error)  # noqa: PT017 - either way it is kept
    (kept,) = damage.known(signed.home)
    assert kept.why is not None
    assert json.loads(kept.content, parse_constant=pytest.fail)
    assert watch.look() is False
    for words in (("log", "verify"), ("log", "acknowledge", "--by", "Ada Steward"), ("item", "list")):
        assert "Traceback" not in terminal(*words).err


@pytest.mark.parametrize(
    "value", [b"\0", float("inf"), float("nan"), datetime.now(UTC), None, (1, b"x"), 10**30]
)
def test_nothing_that_was_found_keeps_it_from_being_kept(tmp_path, value):
    why = Message("it is %(it)s in %(other)s", {"it": value, "other": Message("%(it)s", {"it": value})})
    found = damage.Found(why, value, "start", size=value, checkpoint=value, mark={"root": value})
    assert damage.note(tmp_path, found)
    (kept,) = damage.known(tmp_path)
    assert json.loads(kept.content, parse_constant=pytest.fail)
    assert kept.why is not None
    assert list(map(str, damage.words([kept])))


def test_the_place_of_a_failure_is_a_whole_number_or_none():
    why = Message("it is not as it was")
    assert [Failure(place, why).place for place in (3, None, 1.5, "3", b"3", True)] == [3] + [None] * 5
