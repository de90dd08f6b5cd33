"""Run the checks on what was brought in, with a sign of life at a terminal."""

from typing import TYPE_CHECKING

from masthead.cli.output import working
from masthead.language import gettext

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Version


def run_checks(actor: "Actor", version: "Version") -> None:
    """Run the checks and put what they find on record."""
    from masthead.newsroom.review import commands

    with working(gettext("Checking…")):
        commands.run_checks(actor, version)


def check_if_needed(actor: "Actor", version: "Version") -> None:
    """Run the checks where no run knows every source and AI use on record."""
    from masthead.newsroom.review.standing import current_run

    if current_run(version) is None:
        run_checks(actor, version)
