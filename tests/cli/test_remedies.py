"""Errors say the same at every door; the terminal adds what to type."""

import ast
from pathlib import Path

import pytest
import typer

import masthead
from masthead.cli.app import app
from masthead.cli.remedies import COMMANDS

SOURCE = Path(masthead.__file__).parent
DOORS = {"cli"}


def test_every_remedy_that_has_commands_is_said_somewhere():
    said = {
        node.value
        for path in SOURCE.rglob("*.py")
        if not DOORS & set(path.relative_to(SOURCE).parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert COMMANDS.keys() - said == set()


@pytest.mark.parametrize("command", sorted({each for commands in COMMANDS.values() for each in commands}))
def test_every_command_that_is_offered_is_there(command: str):
    found = typer.main.get_command(app)
    for word in command.split()[1:]:
        if not hasattr(found, "commands"):
            break
        found = found.commands[word]
    assert not hasattr(found, "commands"), command
