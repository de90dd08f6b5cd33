"""Errors say the same at every door; the terminal adds what to type."""

import ast
from pathlib import Path

import masthead
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
