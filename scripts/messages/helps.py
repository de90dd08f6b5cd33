"""What the command line says of itself: asked of it in English, as it will be shown."""

from collections.abc import Iterator

from typer.main import get_command

from scripts.messages.wanted import Wanted

PLACE = "src/masthead/cli"


def in_help() -> Iterator[Wanted]:
    """Every help text, prompt and panel of every command, and what Typer adds in its own words."""
    from masthead.cli.app import app
    from masthead.cli.help import TYPERS_OWN, said_by

    for _, _, text in said_by(get_command(app)):
        yield Wanted(text, None, PLACE)
    for text in TYPERS_OWN:
        yield Wanted(text, None, PLACE)
