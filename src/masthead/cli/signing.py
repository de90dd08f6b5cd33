"""What a person is shown before they sign, and how they agree."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.cli import desk
from masthead.cli.asking import agreed
from masthead.cli.clearance import COMMAND, obstacle_lines
from masthead.cli.output import say, say_command
from masthead.errors import NotReady
from masthead.language import Message, Value, gettext
from masthead.vocabulary import LABELS, Medium, Task

if TYPE_CHECKING:
    from masthead.gate.clearance import Clearance
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Version

LONG = 20_000
"""Characters of a text up to which a terminal shows it; of a longer one it names the file."""


def agree(actor: "Actor", version: "Version", *, yes: bool, quiet: bool = False) -> str:
    """Show what is signed and ask for it in words; without a terminal the option must say so.

    Gives the `said_digest` of what was shown, by which the sign-off knows whether it changed meanwhile.
    """
    from masthead.newsroom.review.commands.deciding import not_signed_already
    from masthead.newsroom.review.standing import said_digest

    shown = said_digest(version)
    not_signed_already(actor, version, shown)
    if not quiet:
        _show(version, text=not yes)
        _warn(actor, version)
    if yes:
        return shown
    if quiet or not sys.stdin.isatty():
        raise NotReady(
            Message("A sign-off is given in words, and there is no terminal to give it at."),
            Message("Read the version, then say so with `--yes`."),
        )
    if not agreed(gettext("Do you sign?"), default=False):
        raise NotReady(
            Message("You did not sign; nothing of it was recorded."),
            Message(
                "The draft is kept. Sign when you are ready: masthead signoff %(item)s%(by)s",
                {"item": version.item.public_id[:8], "by": desk.by_name()},
            ),
        )
    return shown


def if_signed(actor: "Actor", version: "Version") -> "Clearance":
    """What the gate would say once this person signed: what else is in the way, and whether it counts."""
    from masthead.newsroom.review.foreseeing import clearance_if_signed

    return clearance_if_signed(version, actor.person_id, now=datetime.now(UTC))


def _show(version: "Version", *, text: bool) -> None:
    from masthead.newsroom.items import blobs
    from masthead.newsroom.review.commands.deciding import SIGNED

    title: dict[str, Value] = {"number": version.number, "title": version.title or gettext("Untitled")}
    say(Message("You sign version %(number)d of “%(title)s”:", title))
    read = _text(version) if text else ""
    if read:
        say()
        for line in read.splitlines():
            say(f"    {line}")
        say()
    say(Message("  “%(said)s”", {"said": SIGNED[version.item.medium]}))
    for fact in _signed_with(version):
        say(f"    {fact}")
    path = _from_here(blobs.path_of(version.sha256))
    say(f"    {Message('Its file: %(path)s', {'path': str(path)})}", whole=True)
    say(f"    {Message('Its hash in the record: %(hash)s', {'hash': version.canonical_sha256})}")


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _text(version: "Version") -> str:
    """The words of a version as a terminal shows them; empty for a picture, and for what is too long."""
    from masthead.newsroom.items.reading import document_of

    if version.item.medium != Medium.TEXT or version.size > LONG:
        return ""
    return document_of(version).text


def _warn(actor: "Actor", version: "Version") -> None:
    """What a sign-off by this person would be told as, and what it would leave in the way."""
    from masthead.newsroom.review.standing import makers

    if actor.person_id in makers(version):
        say(gettext("You had a hand in this version") + ".", "bold yellow")
        say(
            gettext(
                "If you alone sign, the audience is told that the person who made it checked it, and nobody"
                " else did."
            ),
            "yellow",
        )
    left = if_signed(actor, version).obstacles
    if not left:
        return
    n = len(left)
    leaves = Message(
        "Your sign-off leaves %(n)s thing in the way",
        {"n": n},
        "Your sign-off leaves %(n)s things in the way",
    )
    say(leaves, "bold yellow")
    for line, style in obstacle_lines(left, version.item.public_id, by=desk.several_people(), places={}):
        if style == COMMAND:
            say_command(line)
        else:
            say(line, style)


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
