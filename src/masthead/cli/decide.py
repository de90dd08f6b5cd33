"""`masthead waive`, `signoff`, `review`: what a person decides about a version, explicitly."""

from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import say
from masthead.cli.person import By
from masthead.language import gettext
from masthead.vocabulary import WaiverReason

Item = Annotated[str, typer.Argument(help="The item's id, or its first six letters.")]


def waive(
    item: Item,
    finding: Annotated[str, typer.Argument(help="The finding's id, or its first six letters.")],
    reason: Annotated[WaiverReason, typer.Option("--reason", help="Why it may stand.")],
    note: Annotated[str, typer.Option("--note", help="More, for the record only; never published.")] = "",
    by: By = None,
) -> None:
    """Publish anyway: set a finding aside, with a reason."""
    desk.open_desk()
    from masthead.newsroom.review import commands
    from masthead.newsroom.review.commands.deciding import finding_called

    version = desk.newest_of(item)
    commands.waive(desk.acting(by), version, finding_called(version, finding), reason, note)
    say(gettext("Waived. The audience is told how many findings were, not which."))


def signoff(
    item: Item,
    by: By = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="You have read what you sign; needed without a terminal.")
    ] = False,
) -> None:
    """Sign off the newest version of an item: you read it, and your organisation answers for it."""
    desk.open_desk()
    from masthead.cli.signing import agree
    from masthead.newsroom.review import commands

    version = desk.newest_of(item)
    actor = desk.acting(by)
    agree(version, yes=yes)
    commands.sign_off(actor, version)
    say(gettext("Signed off. Publish it: masthead publish ITEM"))


def review(
    item: Item,
    uphold: Annotated[bool, typer.Option("--uphold/--object", help="Whether it was right to publish.")],
    note: Annotated[str, typer.Option("--note", help="More, for the record only; never published.")] = "",
    by: By = None,
) -> None:
    """Look again at what went out past the gate: the second review of a break-glass, by someone else."""
    desk.open_desk()
    from masthead.newsroom.review import commands
    from masthead.newsroom.review.commands.deciding import broken_glass

    commands.review_break_glass(
        desk.acting(by), broken_glass(desk.newest_of(item).item), upheld=uphold, note=note
    )
    if uphold:
        say(gettext("Reviewed: it stands."))
    else:
        say(gettext("Reviewed: it should not have gone out. Correct it or withdraw it now."))
