"""What README, pages and messages say of the command line is what it does."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from masthead.cli.app import app
from masthead.newsroom.site.home import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("[!0]*.md")]
TYPED = re.compile(r"^\$ (masthead .+)$|`(masthead [a-z][^`]*)`", re.MULTILINE)
IN_SOURCE = re.compile(
    r"masthead ((?:item|person|register|log|publish|correct|withdraw|waive|signoff|review|init) [^`\"]+)"
)


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    under = getattr(command, "commands", None)
    if under is None:
        yield path, command
    for name, each in (under or {}).items():
        yield from leaves(each, (*path, name))


COMMANDS = dict(leaves(get_command(app)))
GROUPS = {path[:1] for path in COMMANDS}


def what_is_wrong(words: list[str]) -> str | None:
    """Why a command as written would be refused before it is run; None where it would not."""
    if words == ["log", "key"] or any(word.startswith("v1") for word in words):
        return None  # how the texts begin that the log's keys sign or stand in: a form, no command
    path = next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in COMMANDS), None)
    if path is None:
        return None if tuple(words[:1]) in GROUPS and len(words) == 1 else "no such command"
    known = {
        option
        for parameter in COMMANDS[path].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    } | {"--help"}
    unknown = [word for word in words if word.startswith("--") and word not in known]
    return f"no such option: {unknown}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_and_option_a_page_names_exists(page: Path) -> None:
    for typed in TYPED.finditer(page.read_text()):
        words = shlex.split((typed[1] or typed[2]).replace("…", "X"))[1:]
        assert what_is_wrong(words) is None, f"{page.name}: {' '.join(words)}: {what_is_wrong(words)}"


def test_every_command_that_a_message_advises_exists() -> None:
    for path in (ROOT / "src" / "masthead").rglob("*.py"):
        for advised in IN_SOURCE.finditer(path.read_text()):
            words = re.sub(r"\{\w+\}|%\(\w+\)s|[.,;:)']+(?=\s|$)", "", advised[1]).split()
            assert what_is_wrong(words) is None, f"{path.name}: {advised[0]}: {what_is_wrong(words)}"


def test_every_command_stands_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text()
    for path in COMMANDS:
        assert re.search(rf"^## masthead {' '.join(path)}$", page, re.MULTILINE), f"{path} is undocumented"
    assert "docs/reference/cli.md" in (ROOT / "README.md").read_text()


def test_every_setting_stands_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    for field in fields(Settings):
        assert f"MASTHEAD_{field.name.upper()}" in page or f"`[{field.name}]`" in page
    assert "docs/reference/settings.md" in (ROOT / "README.md").read_text()


def test_every_command_but_the_demo_answers_in_json_and_says_what_it_is() -> None:
    for path, command in COMMANDS.items():
        options = {option for parameter in command.params for option in parameter.opts}
        assert "--json" in options or path == ("demo",), path
        assert command.help, path
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{path} does not say what {parameter.name} is"


def test_no_page_names_a_place_on_somebodys_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/(home|root|tmp|work|Users)/", page.read_text()), page.name
