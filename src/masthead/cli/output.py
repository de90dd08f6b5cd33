"""How the terminal speaks: people get prose, software gets JSON, errors get the same words as everywhere."""

import json
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from masthead.errors import MastheadError
from masthead.language import gettext

if TYPE_CHECKING:
    from rich.console import Console


@cache
def console() -> "Console":
    """Where prose goes: plain when it is not a terminal, never with a file's words read as markup."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def say(text: object = "", style: str | None = None) -> None:
    """Print a line of prose."""
    console().print(str(text), style=style)


def as_json(data: Any) -> None:
    """Print the one JSON document a command answers with."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def fail(error: MastheadError) -> int:
    """Print what happened and what to do, and give the exit code."""
    from masthead.gate.refusal import NotCleared

    if "--json" in sys.argv:
        said: dict[str, Any] = {"error": {"what": str(error.what), "remedy": str(error.remedy)}}
        if isinstance(error, NotCleared):
            from masthead.cli.clearance import obstacles_json

            said["obstacles"] = obstacles_json(error.clearance.obstacles)
        as_json(said)
        return error.exit_code
    sys.stderr.write(f"{gettext('Not done.')} {error.what}\n")
    if isinstance(error, NotCleared):
        from masthead.cli.clearance import obstacle_lines

        sys.stderr.write("\n".join(obstacle_lines(error.clearance.obstacles)) + "\n")
    sys.stderr.write(f"{error.remedy}\n")
    return error.exit_code
