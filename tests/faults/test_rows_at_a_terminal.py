"""A row that somebody changed: a command that meets it says so in words, and shows nothing of it.

With an exit code that no answer has: `witness list` ends with 1 where an alarm is open.
"""

import os
from datetime import UTC, datetime, timedelta

import pytest
from tests.cli.terminal import process
from tests.exchange.sites import site
from tests.faults.hurting import run
from tests.faults.test_rows_nobody_reads import unchecked
from tests.newsroom.desk import approved, ready, size, use
from tests.witness.conftest import reach
from tests.witness.others import Log, serve

from masthead.cli import unforeseen
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.witness.commands import add_log
from masthead.newsroom.witness.looking import look

__all__ = ["reach"]

UNREADABLE = 2
"""The exit code for what is not understood."""
MARK = "zq"
"""What is put where something else should stand: no message shows it."""
DAMAGED = "Something on record cannot be read"
NAMED = "see `masthead log verify`: it names what was changed."
CORRECTED = ("correct", "ITEM", "mended.md", "--note", "A word was wrong.", "--by", "Ed Editor")
NO_CONDITION = "none_of_this_name"
CASES = {
    "the fault of an alarm": (
        "witness_alarm", "witness_alarm_fault_known", f"fault = '{MARK}'",
        [("witness", "list"), ("witness", "run")],
    ),
    "where a system stands": (
        "register_aisystem", "register_aisystem_status_known", f"status = '{MARK}'",
        [("register", "list"), ("register", "show", "Ink")],
    ),
    "where a use of a system stands": (
        "register_usecase", "register_usecase_status_known", f"status = '{MARK}'",
        [("register", "show", "Ink")],
    ),
    "the tier of a use": (
        "items_aiuse", "items_aiuse_tier_known", f"tier = '{MARK}'",
        [("item", "show", "ITEM"), CORRECTED],
    ),
    "what was in force when it was published": (
        "review_publication", NO_CONDITION, 'facts = \'{"zq": 1}\'',
        [CORRECTED],
    ),
    "who answers for a system": (
        "register_aisystem", NO_CONDITION, "accountable_id = '" + "f" * 32 + "'",
        [("register", "list"), ("register", "show", "Ink")],
    ),
}  # fmt: skip


@pytest.fixture
def out(small, reach):
    """A desk with something published, a system in the register and an open alarm."""
    approved(small)
    version = ready(small, use())
    public.publish(small.editor, version, site_folder(version.item))
    _alarm(small, reach)
    return small


@pytest.fixture
def alone(out, tmp_path):
    """A command in a process of its own, about what was published."""
    item = Item.objects.get().public_id
    (tmp_path / "mended.md").write_text("The river's banks held.")

    def typed(*words, **environment):
        environment |= {"MASTHEAD_DATABASE_URL": os.environ["MASTHEAD_DATABASE_URL"]}
        words = [item if word == "ITEM" else word for word in words]
        return process(*words, cwd=tmp_path, MASTHEAD_HOME=str(out.home), **environment)

    return typed


def _alarm(desk, reach):
    now, log = datetime.now(UTC) - timedelta(days=1), Log().grow(7)
    with site() as there:
        reach(there.port)
        party = add_log(desk.steward, str(log.key), serve(there, log))
        look(party, now=now)
        fork = log.copy().grow(30, "other")
        serve(there, log.grow(2))
        look(party, now=now + timedelta(hours=1))
        serve(there, fork)
        look(party, now=now + timedelta(hours=2))


def hurt(case):
    """Change what stands there; gives the commands that read it."""
    table, name, change, commands = CASES[case]
    unchecked(table, name)
    run(f"UPDATE {table} SET {change}")
    return commands


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_read_is_told_in_words(out, alone, case):
    for words in hurt(case):
        said = alone(*words)
        assert said.code == UNREADABLE, said
        assert "Traceback" not in said.err
        assert DAMAGED in said.err
        assert NAMED in said.err
        assert MARK not in said.out + said.err
    assert alone("log", "verify").code == 1


@pytest.mark.parametrize(
    ("case", "words"), [("who answers for a system", ("register", "list")), ("the tier of a use", CORRECTED)]
)
def test_software_is_told_in_json(out, alone, case, words):
    hurt(case)
    said = alone(*words, "--json")
    assert said.code == UNREADABLE, said
    assert DAMAGED in said.json["error"]["what"]
    assert NAMED in said.json["error"]["remedy"]
    assert said.err == ""


def test_it_is_told_in_french(out, alone):
    hurt("the fault of an alarm")
    said = alone("witness", "list", MASTHEAD_LANGUAGE="fr")
    assert said.code == UNREADABLE
    assert "Quelque chose de ce qui est enregistré est illisible" in said.err
    assert "Something" not in said.err


def test_what_was_recorded_before_it_is_not_denied(out, alone):
    hurt("what was in force when it was published")
    before = size()
    said = alone(*CORRECTED, "--json")
    assert said.json["error"].get("on_record", False) is (size() > before)


def test_a_place_in_our_own_code_is_named_and_a_whole_traceback_is_to_be_had(out, alone):
    hurt("where a system stands")
    assert "(ValueError, cli/register.py:" in alone("register", "list").err
    assert "Traceback" in alone("register", "list", PYTHONDEVMODE="1").err


def broken_off(error):
    try:
        raise error
    except type(error) as raised:
        return unforeseen.told(raised)


def test_where_the_log_verifies_the_mistake_is_ours(out):
    told = broken_off(KeyError(MARK))
    assert "The log verifies" in str(told)
    assert "report it" in str(told)
    assert MARK not in str(told)


def test_where_verifying_would_take_long_both_are_said(out, monkeypatch):
    monkeypatch.setattr(unforeseen, "SHORT", 1)
    told = broken_off(KeyError(MARK))
    assert "Either the record is damaged" in str(told)
    assert "a mistake in Masthead" in str(told)


def test_what_no_row_can_cause_is_raised_as_it_came(out):
    assert broken_off(NotImplementedError()) is None


def test_where_no_record_is_open_it_is_raised_as_it_came(home):
    assert broken_off(KeyError(MARK)) is None
