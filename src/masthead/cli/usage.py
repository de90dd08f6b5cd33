"""What is wrong with a command as it was given, in our words: Typer has its own in English only."""

import re
from gettext import gettext as _typers
from typing import Any

import typer

from masthead.language import Message

_QUOTED = re.compile(r"'([^']*)'")
_OUTSIDE = re.compile(r"should be (greater|less) than or equal to (-?[\d.]+)$")


class Told(typer.TyperException):
    """A usage error in our words, for Typer to show beside how the command is used."""

    def __init__(self, error: typer.TyperException) -> None:
        super().__init__(str(in_words(error)))
        self.ctx = getattr(error, "ctx", None)


def in_words(error: typer.TyperException) -> Message | str:
    """What is wrong. A refusal that we worded ourselves, and what has no words here, comes back as it is."""
    told = _WORDS.get(type(error).__name__)
    return error.format_message() if told is None else told(error)


def _named(error: Any) -> str:
    """The option or argument it is about, as it is typed."""
    hint = "" if error.param is None else str(error.param.get_error_hint())
    return ", ".join(_QUOTED.findall(hint)) or hint


def _missing(error: Any) -> Message:
    return Message("%(name)s is missing.", {"name": _named(error)})


def _no_option(error: Any) -> Message:
    near = ", ".join(error.possibilities or ())
    if near:
        return Message(
            "There is no option %(name)s here. Did you mean %(near)s?",
            {"name": error.option_name, "near": near},
        )
    return Message("There is no option %(name)s here.", {"name": error.option_name})


def _value_of_option(error: Any) -> Message:
    if "not take a value" in error.message:
        return Message("The option %(name)s takes no value.", {"name": error.option_name})
    return Message("The option %(name)s needs a value.", {"name": error.option_name})


def _value(error: Any) -> Message | str:
    # What our own parsers refuse has no cause; what Typer cannot convert has its converter's complaint.
    if error.__cause__ is None and error.param is None:
        return str(error.message)
    if outside := _OUTSIDE.search(error.message):
        said = {"name": _named(error), "n": outside[2]}
        if outside[1] == "greater":
            return Message("%(name)s: give %(n)s or more.", said)
        return Message("%(name)s: give %(n)s or less.", said)
    if error.__cause__ is None:
        return Message("%(name)s: %(said)s", {"name": _named(error), "said": error.message})
    return Message("%(name)s has a value that cannot be used; see `--help`.", {"name": _named(error)})


def _other(error: Any) -> Message | str:
    said = _QUOTED.findall(error.message)
    if error.message.startswith("Got unexpected extra argument"):
        extra = error.message.partition(" (")[2].rstrip(").")
        return Message("The command takes no more than what stands before: %(extra)s.", {"extra": extra})
    if "Did you mean" in error.message and len(said) > 1:
        return Message(
            "There is no command “%(name)s”. Did you mean %(near)s?",
            {"name": said[0], "near": ", ".join(said[1:])},
        )
    if said and error.message == _typers("No such command {name!r}.").format(name=said[0]):
        return Message("There is no command “%(name)s”.", {"name": said[0]})
    return str(error.format_message())


_WORDS: dict[str, Any] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _value_of_option,
    "BadArgumentUsage": _other,
    "BadParameter": _value,
    "UsageError": _other,
}
