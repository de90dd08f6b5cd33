"""The commands that the product and its docs tell people to type, and what the command line makes of each."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

import masthead
from masthead.cli.app import app

SOURCE = Path(masthead.__file__).parent
DOCS = [path for path in (SOURCE.parents[1]).glob("*.md") if path.name != "CHANGELOG.md"]
DOCS += (SOURCE.parents[1] / "docs").rglob("*.md")

_SAID = re.compile(
    r"`(masthead [a-z][^`]*)`"  # in a sentence
    r"|“(masthead [a-z][^”]*)”"
    r"|: (masthead [a-z][^\n.]*)$"  # at its end
    r"|<code[^>]*>(masthead [a-z][^<]*)</code>"
    r"|^\s*\$ \(?(?:cd \S+ && )?(masthead [a-z][^\n|]*?)\)?$",
    re.MULTILINE,
)
_WHOLE = re.compile(r"masthead [a-z]")
_FILLED_IN = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
_FORMAT = re.compile(r" v\d$")
"""How the name of a form of file ends, which begins like a command."""
_FOR_A_PERSON = {
    "DATE": "2026-01-02",
    "NUMBER": "2",
    "N": "2",
    "REASON": "witnessed",
    "ROLE": "editor",
}
"""What a person puts for a word in capitals, where not any word will do."""

type Offered = tuple[str, str]
"""Where something is said, and the command as it stands there."""


def in_source() -> Iterator[Offered]:
    """Every command in a string of the product; of docstrings those of the terminal alone, which are help."""
    for path in sorted(SOURCE.rglob("*.py")):
        where = str(path.relative_to(SOURCE))
        at_terminal = where.startswith("cli/")
        for text in _strings(ast.parse(path.read_text(encoding="utf-8")), docstrings=at_terminal):
            if at_terminal and _WHOLE.match(text):
                yield where, text
            else:
                yield from ((where, each) for each in said_in(text))
    for path in sorted(SOURCE.rglob("*.html")):
        where = str(path.relative_to(SOURCE))
        yield from ((where, each) for each in said_in(path.read_text(encoding="utf-8")))


def in_docs() -> Iterator[Offered]:
    """Every command in README, the docs and what stands beside them."""
    for path in sorted(DOCS):
        for each in said_in(path.read_text(encoding="utf-8")):
            yield path.name, each


def said_in(text: str) -> Iterator[str]:
    """The commands in `text`, each on one line."""
    for found in _SAID.finditer(text):
        said = " ".join(next(filter(None, found.groups())).split())
        if not _FORMAT.search(said):
            yield said


def _strings(tree: ast.AST, *, docstrings: bool) -> Iterator[str]:
    nodes = list(ast.walk(tree))
    passed = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    if not docstrings:
        passed |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(_part(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.value


def _part(part: ast.expr) -> str:
    """A piece of a formatted string; what is filled in goes by the last name that it is written with."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    named = [each for each in ast.walk(part) if isinstance(each, ast.Name | ast.Attribute)]
    last = next((each.attr for each in named if isinstance(each, ast.Attribute)), "")
    return "{" + (last or next((each.id for each in named if isinstance(each, ast.Name)), "word")) + "}"


def wrong_with(offered: str, *, by: bool) -> str:
    """What keeps `offered` from being typed as it stands, empty where nothing does.

    A bare name of a command names it. What gives anything besides is to be copied: it must be whole, and with
    `by` say who acts where the command asks for that, as it does where several people work.
    """
    words = shlex.split(_FILLED_IN.sub(_filled, offered))[1:]
    command, name = _command(words)
    if isinstance(command, str):
        return command
    if not words:
        return ""
    try:
        said = command.make_context(name, [_FOR_A_PERSON.get(word, word) for word in words]).params
    except typer.TyperException as error:
        return str(error.format_message())
    if by and said.get("by", "") is None and not said.get("sign_off"):
        return "it does not say who acts: --by NAME"
    return ""


def _filled(found: re.Match[str]) -> str:
    name = (found[1] or found[2]).upper()
    return " --by NAME" if name in ("BY", "BY_NAME") else name


def _command(words: list[str]) -> tuple[Any, str]:
    """The command that `words` begin with, which are taken away; what is wrong where there is none."""
    found, name = get_command(app), "masthead"
    while hasattr(found, "commands") and words:
        name = words.pop(0)
        if name not in found.commands:
            return f"there is no command {name}", name
        found = found.commands[name]
    return found, name
