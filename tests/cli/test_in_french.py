"""What is joined in code, and what stands for what was erased, as French sets it."""

import re
from collections.abc import Iterator

import pytest
from tests.cli.terminal import Desk

from masthead.language import choose
from masthead.newsroom.retention.inventory import Holds

AUTHOR, STEWARD = ("--by", "Noor Author"), ("--by", "Sol Steward")
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A command chooses the language of its process, which here is that of the tests."""
    yield
    choose("en")


def test_a_colon_has_its_space_before_it(small: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    small("register", "add", "Ink", "--accountable", "Sol Steward", *STEWARD)
    assert "Noor Author: " in small("person", "list").out
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "fr")
    assert f"Noor Author{SPACE}: " in small("person", "list").out
    assert f"Ink{SPACE}: " in small("register", "list").out
    said = small("declaration", "traced-facts", "--lang", "fr").out
    assert ": " in said
    assert not [line for line in said.splitlines() if f"{SPACE}: " not in line and ": " in line]


def test_who_was_erased_is_told_in_it_and_given_to_software_as_it_is(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.file("story.md", "# The quay\n\nIt rose.\n")
    small.json("item", "add", "story.md", *AUTHOR)
    small("person", "end", "Noor Author", "contributor", *STEWARD)
    assert small("data", "erase", "--person", "Noor Author", "--yes", *STEWARD).code == 0
    assert "[erased " in small("person", "list").out
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "fr")
    said = small("person", "list").out
    assert "[effacé " in said
    assert "[erased" not in said
    assert "[erased " in str(small.json("person", "list"))


def test_lists_are_whole_sentences_with_days_as_they_are_read(small: Desk) -> None:
    small("register", "add", "Ink", "--accountable", "Sol Steward", "--terms-checked", "2026-03-01", *STEWARD)
    small("person", "add", "Ada Guest", "--role", "contributor", "--until", "2031-03-01", *STEWARD)
    small("data", "hold", "--everything", "--reason", "An audit", *STEWARD)
    small("data", "hold", "--person", "Noor Author", "--reason", "A dispute", *STEWARD)
    everything, person = small("data", "holds").out.splitlines()
    assert "  everything, held by Sol Steward (steward) on " in everything
    assert "  the person Noor Author, held by Sol Steward (steward) on " in person
    system = small("register", "show", "Ink").out
    assert "  data terms read on 1 March 2026" in system
    assert "  use at T2 (creation, organisation): proposed" in system
    assert "Ada Guest: contributor, until 1 March 2031" in small("person", "list").out


def test_nothing_is_told_by_the_names_of_the_code(small: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    small("register", "add", "Ink", "--accountable", "Sol Steward", *STEWARD)
    small("data", "hold", "--everything", "--reason", "Contrôle", *STEWARD)
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "fr")
    for command in (
        ("register", "show", "Ink"),
        ("data", "holds"),
        ("data", "retention"),
        ("person", "list"),
    ):
        said = small(*command).out
        assert not re.search(r"creation|steward\b|everything|\d{4}-\d\d-\d\d", said), said
    said = small("data", "inventory").out.splitlines()
    headings = [line for line in said if not line.startswith(" ")]
    assert headings
    assert not {line.split(f"{SPACE}:")[0] for line in headings} & set(map(str, Holds))


def test_what_holds_commas_is_set_apart_as_french_sets_it(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "fr")
    for page in ("H1.3", "traced-facts"):
        said = small("declaration", page).out
        assert "\N{NARROW NO-BREAK SPACE};" in said
        assert not re.search(r"[^\N{NARROW NO-BREAK SPACE}];", said)


def test_a_command_that_there_is_not_is_named_between_our_own_marks(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "There is no command “nothing”." in small("nothing").err
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "fr")
    assert "'nothing'" not in small("nothing").err


def test_why_the_system_refused_is_told_in_the_language_of_who_reads(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nowhere.jpg cannot be opened: no such file or folder." in small("verify", "nowhere.jpg").err
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "fr")
    assert "o such file" not in small("verify", "nowhere.jpg").err
