"""What the command line says of itself, in the reader's language.

Help is written in English beside what it describes, as Typer has it. `spoken` puts all of it into the active
language in one walk over the finished commands; the catalogue is extracted by the same walk (`said_by`), so
that what is translated is what is shown. Typer's own few words come through Python's gettext, which is
pointed to our catalogue.
"""

import gettext as _gettext
import os
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from masthead.language import DOMAIN, LANGUAGES, LOCALE, active, gettext

ATTRIBUTES = ("help", "short_help", "epilog", "prompt", "rich_help_panel", "subcommand_metavar")
"""Where commands and their parameters keep words for people."""

TYPERS_OWN = (
    "Arguments",
    "Options",
    "Commands",
    "Error",
    "Aborted.",
    "Missing command.",
    "No such command {name!r}.",
    "Try [blue]'{command_path} {help_option}'[/] for help.",
    "[default: {}]",
    "[required]",
)
"""What Typer says through gettext and we ever show."""

type Said = tuple[Any, str, str]
"""Who says something, in which attribute, and what."""


def spoken(app: typer.Typer) -> Any:
    """The command to run for `app`, with everything it says of itself in the active language."""
    command = get_command(app)
    if active() != LANGUAGES[0]:
        os.environ["LANGUAGE"] = active()  # Python's gettext has no other way to be told
        _gettext.bindtextdomain(DOMAIN, LOCALE)
        _gettext.textdomain(DOMAIN)
        for thing, attribute, text in list(said_by(command)):
            setattr(thing, attribute, gettext(text))
    return command


def said_by(command: Any) -> Iterator[Said]:
    """Everything that `command`, its parameters and the commands under it say of themselves, in English."""
    for thing in (command, *command.params, command.get_help_option(typer.Context(command))):
        for attribute in ATTRIBUTES:
            text = getattr(thing, attribute, None)
            if text and isinstance(text, str):
                yield thing, attribute, _unwrapped(text)
    for under in getattr(command, "commands", {}).values():
        yield from said_by(under)


def _unwrapped(text: str) -> str:
    """Paragraphs on one line each: where the source breaks its lines says nothing."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
