"""An empty value where a path or a key is asked for: what a variable that is not set leaves behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import typer

from masthead.language import Message

OR_A_PATH = frozenset({"KEY", "PATH|ITEM"})
"""How what may be a file, and may be something else, is called where it is asked for."""


def refuse_empty(command: Any) -> Any:
    """`command`, which refuses an empty path or key, as all commands under it do: it names nothing.

    Python's own reading of an empty path is the folder one stands in, which nobody has asked for.
    """
    for param in _asking(command):
        _watch(param)
    return command


def _asking(command: Any) -> Iterator[Any]:
    for param in command.params:
        asked = param.type_descriptor.annotation
        if Path in (asked, *get_args(asked)) or param.metavar in OR_A_PATH:
            yield param
    for under in getattr(command, "commands", {}).values():
        yield from _asking(under)


def _watch(param: Any) -> None:
    process = param.process_value

    def checked(context: Any, value: Any) -> Any:
        given = context.get_parameter_source(param.name).name == "COMMANDLINE"
        if given and "" in ((value,) if isinstance(value, str) else tuple(value or ())):
            raise typer.BadParameter(str(Message("An empty value names nothing.")))
        return process(context, value)

    param.process_value = checked
