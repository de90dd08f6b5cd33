"""Files and AI uses as given on a command line, turned into what the commands take."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.cli.ai import parse_ai

if TYPE_CHECKING:
    from masthead.newsroom.items.given import Given, UseGiven


def given(path: Path, limit: int) -> "Given":
    """A file's bytes under its name; `CannotRead` says what is wrong with the path. `limit` is bytes."""
    from masthead.newsroom.items.given import Given
    from masthead.reading import Limits, contents

    return Given(path.name, contents(path, limits=Limits(size=limit)))


def given_all(paths: Sequence[Path]) -> "list[Given]":
    """Several files, under this deployment's limit."""
    from django.conf import settings

    return [given(path, settings.MASTHEAD.max_upload) for path in paths]


def uses(said: Sequence[str]) -> "list[UseGiven]":
    """AI uses, each said as `SYSTEM, TASK, TIER`."""
    from masthead.newsroom.items.given import UseGiven

    return [UseGiven(*parse_ai(each)) for each in said]
