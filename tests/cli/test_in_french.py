"""What is joined in code, and what stands for what was erased, as French sets it."""

from collections.abc import Iterator

import pytest
from tests.cli.terminal import Desk

from masthead.language import choose

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
