"""The command line, from what each command says in its own help."""

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from masthead.cli.app import app

HEAD = """# Command line

<!-- Written by `make reference` from the commands themselves; do not edit. -->

Every command answers `--help`; most answer `--json` for software. `masthead --version` says which version is
installed. Exit codes: 0 done; 1 refused, held or not intact; 2 not understood, not ready, not available or
broken off at what could not be read; 130 stopped by Ctrl-C.
"""


def page() -> str:
    """The page, in Markdown."""
    return "\n".join([HEAD, *_commands(get_command(app), "masthead")])


def _commands(command: Any, name: str) -> Iterator[str]:
    under = getattr(command, "commands", {})
    if not under:
        yield _command(command, name)
    for each, child in under.items():
        yield from _commands(child, f"{name} {each}")


def _command(command: Any, name: str) -> str:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    usage = " ".join([name, *("[OPTIONS]" for _ in options[:1]), *(_metavar(each) for each in arguments)])
    parts = [f"## {name}\n", f"{_text(command.help)}\n", f"```\n{usage}\n```\n"]
    rows = [f"| `{_metavar(each)}` | {_cell(each.help)} |" for each in arguments]
    rows += [f"| `{_option(each)}` | {_cell(each.help)} |" for each in options if not each.hidden]
    if rows:
        parts.append("\n".join(["| | |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _text(said: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (said or "").split("\n\n"))


def _cell(said: str | None) -> str:
    return _text(said).replace("|", "\\|").replace("\n", " ")


def _metavar(argument: Any) -> str:
    shown = argument.metavar or argument.name.upper()
    shown = f"{shown}…" if argument.nargs == -1 else shown
    return shown if argument.required else f"[{shown}]"


def _option(option: Any) -> str:
    names = ", ".join(option.opts) + "".join(f"/{each}" for each in option.secondary_opts)
    return names if option.is_flag else f"{names} {option.metavar or 'VALUE'}"
