"""How the terminal speaks: people get prose, software gets JSON, errors get the same words as everywhere.

Everything that is printed passes here. What a file, a title or a name brings along is text and nothing else:
no markup, no escape code, nothing that turns the line around.
"""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from masthead.errors import MastheadError
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from rich.console import Console

# Controls of ECMA-48 (C0, DEL, C1), the overrides of the bidirectional algorithm, and halves of characters.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")


def clean(text: object) -> str:
    """`text` with every character that could steer a terminal shown as a sign instead."""
    return _UNSAFE.sub(_shown, str(text))


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"


class Unsaid(Exception):
    """What was to be printed could not be: nobody reads on, or the disk is full. Raised from the OSError."""


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
    except OSError as error:
        raise Unsaid from error


@cache
def console() -> "Console":
    """Where prose goes: plain when it is not a terminal, never with a file's words read as markup."""
    from rich.console import Console

    class Prose(Console):
        """A console that leaves a reader who has gone to `running`, which knows the exit code."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Prose(markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def say(text: object = "", style: str | None = None, *, whole: bool = False) -> None:
    """Print a line of prose; on a terminal what does not fit goes on under the line's own indent.

    `whole` is for a line with a path to copy: it is left in one piece.
    """
    line = clean(text)
    if not sys.stdout.isatty():
        _write(line + "\n")
        return
    if whole:
        console().print(line, style=style, soft_wrap=True)
        return
    from textwrap import fill

    for part in line.split("\n"):
        indent = part[: len(part) - len(part.lstrip(" "))]
        # Rich breaks lines at the no-break spaces that French sets before its signs; textwrap does not.
        console().print(
            fill(part, console().width, subsequent_indent=indent, break_on_hyphens=False), style=style
        )


def pair(name: object, said: object, *, under: str = "") -> str:
    """Something and what is said of it, the colon as the active language sets it; indented by `under`."""
    return under + str(Message("%(name)s: %(said)s", {"name": str(name), "said": str(said)}))


def say_command(command: object) -> None:
    """Print a command to copy: in one piece, however long."""
    line = f"     $ {clean(command)}"
    if sys.stdout.isatty():
        console().print(line, style="cyan", soft_wrap=True)
    else:
        _write(line + "\n")


def as_json(data: Any) -> None:
    """Print the one JSON document a command answers with."""
    _write(_escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n")


def _escaped(document: str) -> str:
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def give(document: str) -> None:
    """Print a JSON document as it is; on a terminal, what could steer that stands in it as an escape."""
    _write(_escaped(document) if sys.stdout.isatty() else document)


def answer(data: Any, said: object, *, json: bool, style: str | None = None) -> None:
    """Answer in JSON or in a line of prose."""
    if json:
        as_json(data)
    else:
        say(said, style)


@contextmanager
def working(on: str) -> Iterator[None]:
    """A sign of life while something takes its time: on a terminal only, and never among the answers."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True, markup=False, highlight=False).status(on):
        yield


def fail(error: MastheadError) -> int:
    """Print what happened and what to do, and give the exit code."""
    from masthead.cli.clearance import held_json, held_lines
    from masthead.cli.remedies import commands_of
    from masthead.gate.refusal import NotCleared

    if "--json" in sys.argv:
        said: dict[str, Any] = {"error": {"what": str(error.what), "remedy": str(error.remedy)}}
        if error.on_record:
            said["error"]["on_record"] = True
        commands = commands_of(error.remedy)
        if commands:
            said["error"]["commands"] = list(commands)
        as_json(said | (held_json(error) if isinstance(error, NotCleared) else {}))
        return error.exit_code
    if isinstance(error, NotCleared):
        for line in held_lines(error):
            complain(line)
    else:
        complain(f"{gettext('Not finished.') if error.on_record else gettext('Not done.')} {error.what}")
        complain(error.remedy)
        for command in commands_of(error.remedy):
            complain(f"     $ {command}")
    return error.exit_code


def fail_usage(what: str, remedy: Message) -> int:
    """Say in JSON that a command was not given as it should be; gives the exit code."""
    as_json({"error": {"what": what, "remedy": str(remedy)}})
    return 2


def complain(text: object) -> None:
    """Print a line of what went wrong."""
    sys.stderr.write(clean(text) + "\n")
