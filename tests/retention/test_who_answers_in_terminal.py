"""`masthead register`: who answers for each use, and for which nobody does, before an approval is refused."""

import pytest
from django.test import Client
from tests.faults.conftest import terminal
from tests.retention.test_who_answers import erase, gone, of_a_use

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.register.commands import add_use_case, decide_on
from masthead.newsroom.register.models import AISystem
from masthead.vocabulary import SystemStatus, Tier

__all__ = ["gone", "of_a_use", "terminal"]


@pytest.fixture
def loom(small, of_a_use) -> AISystem:
    """A system whose own person is here, with a use that nobody answers for and one that somebody does."""
    system = AISystem.objects.get(name="Loom")
    add_use_case(small.steward, system, Tier.T1)
    return system


def lines(said) -> list[str]:
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def test_who_answers_for_each_use_is_shown(small, terminal, gone, loom):
    erased = Person.objects.get(pk=gone.pk).name
    told = lines(terminal("register", "show", "Loom"))
    assert "  accountable: Ed Editor" in told
    answered, not_answered = (each for each in told if each.startswith("  use at"))
    assert answered.startswith("  use at T1 ")
    assert answered.endswith("; accountable: Ed Editor")
    assert "; accountable: nobody now ([erased" in not_answered
    assert "Wren" not in not_answered
    found = terminal.json("register", "show", "Loom")
    assert [(each["tier"], each["accountable"], each["unanswered"]) for each in found["use_cases"]] == [
        ("T1", "Ed Editor", False),
        ("T2", erased, True),
    ]
    assert found["unanswered"] is False


def test_the_list_marks_what_an_approval_would_be_refused_for(small, terminal, loom):
    told = lines(terminal("register", "list"))
    assert told == [
        "Ink: approved; nobody answers for it now",
        "Loom: proposed; nobody answers for a use of it now",
        "Quill: approved; nobody answers for it now",
    ]
    assert terminal("register", "approve", "Loom", "--by", "Ada Steward").code == 1
    done = terminal("register", "answers", "Loom", "--accountable", "Ed Editor", "--by", "Ada Steward")
    assert done.code == 0, done
    assert lines(terminal("register", "list"))[1] == "Loom: proposed"
    assert terminal("register", "approve", "Loom", "--by", "Ada Steward").code == 0


def test_what_is_retired_waits_for_nobody(small, terminal, gone):
    decide_on(small.steward, AISystem.objects.get(name="Ink"), SystemStatus.RETIRED)
    erase(small, gone)
    assert lines(terminal("register", "list"))[0] == "Ink: retired"


def test_readers_read_no_name_of_whoever_answers_for_a_use(small, loom):
    public = Client().get("/register.json").json()
    assert "Ed Editor" not in str(public)
    assert not [case for each in public["systems"] for case in each["use_cases"] if "accountable" in case]
