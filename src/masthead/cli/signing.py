"""What a person is shown before they sign, and how they agree."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from masthead.cli import desk
from masthead.cli.output import clean, say
from masthead.errors import NotReady
from masthead.language import Message, Value, gettext
from masthead.vocabulary import LABELS, Medium, Task

if TYPE_CHECKING:
    from masthead.newsroom.items.models import Version


def agree(version: "Version", *, yes: bool, quiet: bool = False) -> None:
    """Show what is signed and ask for it in words; without a terminal the option must say so."""
    from masthead.newsroom.review.commands.deciding import SIGNED

    if not quiet:
        title: dict[str, Value] = {
            "number": version.number,
            "title": version.title or gettext("Untitled"),
        }
        say(Message("You sign version %(number)d of “%(title)s”:", title))
        say(Message("  “%(said)s”", {"said": SIGNED[version.item.medium]}))
        for line in _signed_with(version):
            say(f"    {line}")
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
                "The draft is kept. Sign when you are ready: masthead signoff %(item)s%(by)s",
                {"item": version.item.public_id[:8], "by": desk.by_name()},
            ),
        )


def _signed_with(version: "Version") -> Iterator[Message]:
    """What else the signature covers: each AI use, and what was answered of the item."""
    for use in version.ai_uses.all():
        task = LABELS[Task(use.task)] if use.task else Message("task not said")
        said: dict[str, Value] = {"system": use.system, "task": task, "tier": use.tier}
        yield Message(
            "AI: %(system)s, %(task)s, %(tier)s (%(weight)s)", said | {"weight": LABELS[use.at_tier]}
        )
    if version.item.medium == Medium.IMAGE:
        yield Message("May pass for a real scene: %(answer)s", {"answer": _answered(version.realistic)})
    yield Message("Of public interest: %(answer)s", {"answer": _answered(version.public_interest)})


def _answered(answer: bool | None) -> Message:
    if answer is None:
        return Message("not answered, so taken as yes")
    return Message("yes") if answer else Message("no")
