"""What a person is shown before they sign, and how they agree."""

import sys
from typing import TYPE_CHECKING

import typer

from masthead.cli.output import clean, say
from masthead.errors import NotReady
from masthead.language import Message, Value, gettext

if TYPE_CHECKING:
    from masthead.newsroom.items.models import Version


def agree(version: "Version", *, yes: bool, quiet: bool = False) -> None:
    """Show what is signed and ask for it in words; without a terminal the option must say so."""
    from masthead.newsroom.review.commands.deciding import SIGNED

    if not quiet:
        title: dict[str, Value] = {"number": version.number, "title": version.item.title}
        say(Message("You sign version %(number)d of “%(title)s”:", title))
        say(Message("  “%(said)s”", {"said": SIGNED}))
    if yes:
        return
    if quiet or not sys.stdin.isatty():
        raise NotReady(
            Message("A sign-off is given in words, and there is no terminal to give it at."),
            Message("Read the version, then say so with `--yes`."),
        )
    if not typer.confirm(clean(gettext("Do you sign?")), default=False):
        raise NotReady(
            Message("You did not sign; nothing of it was recorded."),
            Message(
                "The draft is kept. Sign when you are ready: masthead signoff %(item)s",
                {"item": version.item.public_id[:8]},
            ),
        )
