"""Files and AI uses as given on a command line, turned into what the commands take."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.cli.ai import parse_ai
from masthead.errors import CannotRead
from masthead.language import Message

if TYPE_CHECKING:
    from masthead.newsroom.items.given import Given, UseGiven


def bytes_of(path: Path, limit: int) -> bytes:
    """A file's bytes, `limit` at most; `CannotRead` names the file and says what is wrong with it."""
    from masthead.reading import Limits, contents

    try:
        return contents(path, limits=Limits(size=limit))
    except CannotRead as error:
        raise CannotRead(
            Message("%(path)s: %(what)s", {"path": str(path), "what": error.what}), error.remedy
        ) from None


def text_of(path: Path) -> str:
    """A text somebody fetched, a checkpoint or a key; `CannotRead` names the file and what is wrong."""
    from masthead.reading.limits import USUAL

    try:
        return bytes_of(path, USUAL.size).decode("utf-8-sig")  # Some editors mark what they save.
    except UnicodeDecodeError:
        raise CannotRead(
            Message("%(file)s is not plain text.", {"file": path.name}),
            Message("Give the file as you fetched it."),
        ) from None


def given(path: Path) -> "Given":
    """A file's bytes under its name, under this deployment's limit."""
    from django.conf import settings

    from masthead.newsroom.items.given import Given

    return Given(path.name, bytes_of(path, settings.MASTHEAD.max_upload))


def given_all(paths: Sequence[Path] | None) -> "list[Given]":
    """Several files; none where none were given."""
    return [given(path) for path in paths or ()]


def uses(said: Sequence[str] | None) -> "list[UseGiven]":
    """AI uses, each said as `SYSTEM, TASK, TIER`."""
    from masthead.newsroom.items.given import UseGiven

    return [UseGiven(*parse_ai(each)) for each in said or ()]
