"""`masthead correct` and `withdraw`: what is out changes, or is taken back. Neither waits for the gate."""

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.folders import folder_for, must_be_ours
from masthead.cli.outcome import tell
from masthead.cli.output import say, say_command, working
from masthead.cli.taking import Ai, By, Item, Json, Out, Sources
from masthead.language import Message, gettext


def correct(
    item: Item,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The corrected story or picture.")],
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="What was corrected, as the audience will read it.")
    ],
    source: Sources = None,
    ai: Ai = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="A new title; else the one it has or gives itself.")
    ] = "",
    out: Out = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Publish a correction at once, and say what was corrected. It never waits for the gate."""
    desk.open_desk()
    from masthead.cli.given import given, given_all, uses
    from masthead.newsroom.items.given import Answers, not_its_own_source
    from masthead.newsroom.public import commands
    from masthead.newsroom.public.folders import last

    must_be_ours(out)
    kept = desk.newest_of(item).item
    folder = folder_for(kept.public_id, out or last(kept))
    content, sources, said = given(path), given_all(source), uses(ai)
    not_its_own_source(content, sources)
    actor = desk.acting(by)
    with working(gettext("Sealing…")):
        folder = commands.correct(
            actor,
            kept,
            content,
            note,
            uses=tuple(said),
            sources=tuple(sources),
            answers=Answers(title),
            folder=folder,
        )
    tell(kept, folder, json=json)
    if not json:
        _tell_found(item)


def _tell_found(item: str) -> None:
    """What the checks found in a correction that is out already: the editor learns it before the audience."""
    from masthead.newsroom.review.reading import weighed
    from masthead.vocabulary import Consequence

    version = desk.newest_of(item)
    found = [weight for _, weight, waived in weighed(version) if not waived]
    stopping = found.count(Consequence.BLOCK)
    if stopping:
        say(
            Message(
                "It is out, and the checks found %(n)d thing that would have stopped it. See it:",
                {"n": stopping},
                "It is out, and the checks found %(n)d things that would have stopped it. See them:",
            ),
            "bold red",
        )
        say_command(f"masthead item show {version.item.public_id[:8]}")


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
    from masthead.newsroom.public.folders import last

    must_be_ours(out)
    kept = desk.newest_of(item).item
    folder = commands.withdraw(desk.acting(by), kept, reason, folder_for(kept.public_id, out or last(kept)))
    tell(kept, folder, json=json)
