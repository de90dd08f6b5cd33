"""The conversation with one person who publishes alone at a terminal: findings first, then the sign-off."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from masthead.cli.clearance import Held
from masthead.cli.output import clean, say
from masthead.cli.signing import agree
from masthead.cli.standing import head_lines, places_of
from masthead.gate.clearance import SIGNATURE, Clearance, Obstacle, ObstacleCode
from masthead.language import Message, gettext
from masthead.vocabulary import LABELS, WaiverReason

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Version


def held_without_signature(version: "Version") -> Clearance | None:
    """What holds a version back besides a missing sign-off; None where nothing else does."""
    from masthead.newsroom.review.clearing import clearance

    decided = clearance(version, now=datetime.now(UTC))
    left = tuple(each for each in decided.obstacles if each.code not in SIGNATURE)
    return Clearance(left, decided.warnings) if left else None


def talk_through(actor: "Actor", version: "Version") -> None:
    """Ask about each finding that stops the version, then for the sign-off; `Held` where one is left."""
    from masthead.newsroom.review import commands

    for text, style in head_lines(version):
        say(text, style)
    held, asked = held_without_signature(version), False
    if held is not None:
        asked = _ask_about_findings(actor, version, held)
        held = held_without_signature(version)
    if held is not None:
        raise Held(version, held, seen=asked)
    say()
    shown = agree(actor, version, yes=False)
    commands.sign_off(actor, version, shown=shown)


def _ask_about_findings(actor: "Actor", version: "Version", held: Clearance) -> bool:
    """Ask about each finding; False, with nothing asked, where something else is in the way too."""
    findings = [each for each in held.obstacles if each.code is ObstacleCode.FINDING]
    if not findings or len(findings) < len(held.obstacles):
        return False
    say()
    say(
        Message(
            "The checks stop at %(n)d place. Mend it in your file, or say why it may stand.",
            {"n": len(findings)},
            "The checks stop at %(n)d places. Mend each in your file, or say why it may stand.",
        )
    )
    for number, reason in enumerate(WaiverReason, 1):
        say(f"  {number}  {LABELS[reason]}", "dim")
    places = places_of(version)
    for each in findings:
        say()
        say(str(each.message), "bold red")
        for text, style in places.get(each.finding or "", []):
            say(text, style)
        reason_given = _reason()
        if reason_given is not None:
            _waive(actor, version, each, reason_given)
    return True


def _reason() -> WaiverReason | None:
    """The reason by its number or its words; None where the person would rather mend it."""
    from masthead.cli.choices import one_of

    asked = clean(gettext("Why may it stand? A number, or Enter to mend it first"))
    while True:
        said = str(typer.prompt(asked, default="", show_default=False)).strip()
        if not said:
            return None
        reasons = list(WaiverReason)
        if said.isdecimal() and 1 <= int(said) <= len(reasons):
            return reasons[int(said) - 1]
        try:
            return one_of(WaiverReason)(said)
        except typer.BadParameter as error:
            say(str(error))


def _waive(actor: "Actor", version: "Version", obstacle: Obstacle, reason: WaiverReason) -> None:
    from masthead.newsroom.review import commands
    from masthead.newsroom.review.commands.deciding import finding_called

    commands.waive(actor, version, finding_called(version, obstacle.finding or ""), reason)
