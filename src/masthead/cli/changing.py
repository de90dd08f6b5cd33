"""`masthead correct` and `withdraw`: what is out changes, or is taken back. Neither waits for the gate."""

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.folders import folder_for, must_be_ours
from masthead.cli.outcome import tell
from masthead.cli.output import working
from masthead.cli.taking import Ai, By, Item, Json, Out, Sources
from masthead.language import gettext


def correct(
    item: Item,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The corrected story or picture.")],
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="What was corrected, as the audience will read it.")
    ],
    source: Sources = None,
    ai: Ai = None,
    out: Out = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Publish a correction at once, and say what was corrected. It never waits for the gate."""
    desk.open_desk()
    from masthead.cli.given import given, given_all, uses
    from masthead.newsroom.public import commands

    must_be_ours(out)
    kept = desk.newest_of(item).item
    folder = folder_for(kept.public_id, out)
    content, sources, said = given(path), given_all(source), uses(ai)
    actor = desk.acting(by)
    with working(gettext("Sealing…")):
        folder = commands.correct(
            actor,
            kept,
            content,
            note,
            uses=tuple(said),
            sources=tuple(sources),
            folder=folder,
        )
    tell(kept, folder, json=json)


def withdraw(
    item: Item,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why, as the audience will read it.")
    ],
    out: Out = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Take a published item back, and say why. The record stays; the content leaves the folder."""
    desk.open_desk()
    from masthead.newsroom.public import commands

    must_be_ours(out)
    kept = desk.newest_of(item).item
    folder = commands.withdraw(desk.acting(by), kept, reason, folder_for(kept.public_id, out))
    tell(kept, folder, json=json)
