"""What README and pages say of the command line is all of it; test_offered tries what they tell to type."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from typer.main import get_command

from masthead.cli.app import app
from masthead.newsroom.site.home import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("[!0]*.md")]


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    under = getattr(command, "commands", None)
    if under is None:
        yield path, command
    for name, each in (under or {}).items():
        yield from leaves(each, (*path, name))


COMMANDS = dict(leaves(get_command(app)))


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
