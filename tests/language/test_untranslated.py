"""No words reach a person but through the catalogue."""

from pathlib import Path

import pytest
from scripts.messages.wanted import SOURCE
from tests.language import bare

IN_ENGLISH = {"api/reference.py"}
"""The description of the API is in English, as OpenAPI descriptions are, and its page marks it so."""
DOORS = sorted(
    file
    for room in ("cli", "desk", "api", "newsroom")
    for file in (SOURCE / room).rglob("*.py")
    if "migrations" not in file.parts and file.relative_to(SOURCE).as_posix() not in IN_ENGLISH
)
PAGES = sorted(file for file in SOURCE.rglob("templates/**/*.*") if file.is_file())


def test_what_is_printed_is_translated() -> None:
    found = [
        said
        for file in DOORS
        for said in bare.in_calls(file.read_text(encoding="utf-8"), file.relative_to(SOURCE).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_is_translated(page: Path) -> None:
    assert bare.in_page(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "said",
    [
        'say("Done.")',
        'say(f"Done with {name}.")',
        'typer.echo("Done.")',
        'console().print(str("Done."))',
        'say("a" if one else "Done.")',
        'messages.success(request, "Done.")',
        'forms.CharField(label="Name")',
        'answer(data, "Done.", json=json)',
        'def lines():\n    yield "Done.", "bold"',
        'raise ValidationError({"a": "Done."})',
        'say("/setup is done")',
    ],
)
def test_bare_words_are_seen(said: str) -> None:
    assert len(list(bare.in_calls(said, "here.py"))) == 1


@pytest.mark.parametrize(
    "said",
    [
        'say(gettext("Done."), "bold")',
        'say(Message("Done with %(name)s.", {"name": "x"}))',
        'say(f"  {name}: {told["line"]}")',
        'say(day.strftime("%H:%M UTC"))',
        'say("/setup")',
        'raise ValidationError([{"type": "extra_forbidden", "loc": ("query", "parameters")}])',
        'def lines():\n    yield str(Message("Done.")), "bold"',
    ],
)
def test_translated_words_are_left_alone(said: str) -> None:
    assert list(bare.in_calls(said, "here.py")) == []


def test_bare_words_in_a_page_are_seen() -> None:
    page = '<p>Done</p><code>ls</code><img alt="A dog">{% blocktranslate %}Fine{% endblocktranslate %}{{ x }}'
    assert bare.in_page(page) == ["Done", "A dog"]
