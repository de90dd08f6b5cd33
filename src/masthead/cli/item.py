"""`masthead item`: bring an item in, and see how it stands."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.check import Ai, Sources
from masthead.cli.decide import Item
from masthead.cli.output import as_json, console, say
from masthead.cli.person import By, Json
from masthead.language import gettext

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Version

app = typer.Typer(no_args_is_help=True, help="Items: what you bring in, what it was made from, what AI did.")

Lang = Annotated[
    str, typer.Option("--lang", help="The text's language, such as en or fr; auto looks for itself.")
]
Interest = Annotated[
    bool | None,
    typer.Option("--public-interest/--no-public-interest", help="Whether the public has an interest in it."),
]
Realistic = Annotated[
    bool | None,
    typer.Option("--realistic/--not-realistic", help="Whether a picture could be taken for a real scene."),
]


@app.command()
def add(
    path: Annotated[Path, typer.Argument(help="A story or a picture.")],
    source: Sources = None,
    ai: Ai = None,
    title: Annotated[str, typer.Option("--title", help="What to call it; else what it calls itself.")] = "",
    version_of: Annotated[str, typer.Option("--version-of", help="The item this is a new version of.")] = "",
    lang: Lang = "auto",
    public_interest: Interest = None,
    realistic: Realistic = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Bring an item in, or a new version of one, and run the checks on it."""
    desk.open_desk()
    from masthead.cli.given import given_all, uses
    from masthead.newsroom.items import commands

    actor = desk.acting(by)
    (content,) = given_all([path])
    sources, said = given_all(source or []), uses(ai or [])
    if version_of:
        version = commands.add_version(
            actor, desk.newest_of(version_of), content, sources=sources, uses=said, language=lang
        )
    else:
        version = commands.add_item(
            actor,
            content,
            sources=sources,
            uses=said,
            title=title,
            language=lang,
            public_interest=public_interest,
            realistic=realistic,
        )
    checked(actor, version)
    _show(version, json=json)


@app.command("check")
def check_again(item: Item, by: By = None, json: Json = False) -> None:
    """Run the checks on an item's newest version again."""
    desk.open_desk()
    version = desk.newest_of(item)
    checked(desk.acting(by), version)
    _show(version, json=json)


@app.command("source")
def add_source(
    item: Item,
    path: Annotated[Path, typer.Argument(help="What it was made from.")],
    by: By = None,
    json: Json = False,
) -> None:
    """Add a source to an item's newest version, and run the checks again."""
    desk.open_desk()
    from masthead.cli.given import given_all
    from masthead.newsroom.items import commands

    actor, version = desk.acting(by), desk.newest_of(item)
    commands.add_source(actor, version, given_all([path])[0])
    checked(actor, version)
    _show(version, json=json)


@app.command("use")
def record_use(
    item: Item,
    ai: Annotated[str, typer.Option("--ai", help="What AI did: “SYSTEM, TASK, TIER”.")],
    part: Annotated[
        tuple[int, int] | None, typer.Option("--part", help="First and last place of the part it touched.")
    ] = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Record one more AI use on an item's newest version, and run the checks again."""
    desk.open_desk()
    from masthead.cli.ai import parse_ai
    from masthead.newsroom.items import commands
    from masthead.newsroom.items.given import UseGiven

    actor, version = desk.acting(by), desk.newest_of(item)
    commands.record_use(actor, version, UseGiven(*parse_ai(ai), part=part))
    checked(actor, version)
    _show(version, json=json)


@app.command()
def show(item: Item, json: Json = False) -> None:
    """Show how an item stands: findings at their words, obstacles with their ways out, what went out."""
    desk.open_desk()
    _show(desk.newest_of(item), json=json)


@app.command("list")
def list_items(json: Json = False) -> None:
    """List the items, newest first."""
    desk.open_desk()
    from masthead.newsroom.items.models import Item as Kept
    from masthead.newsroom.review.reading import stage

    items = [
        {"item": kept.public_id, "title": kept.title, "medium": kept.medium, "stage": stage(kept).value}
        for kept in Kept.objects.order_by("-id").prefetch_related("publications", "versions")
    ]
    if json:
        as_json({"items": items})
        return
    if not items:
        say(gettext("Nothing here yet. Bring the first in: masthead item add STORY"))
    for kept in items:
        say(f"{kept['item'][:8]}  {kept['stage']:<10} {kept['title']}")


def checked(actor: "Actor", version: "Version") -> None:
    """Run the checks, with a sign of life in a terminal."""
    from masthead.newsroom.review.commands import run_checks

    with console().status(gettext("Checking…")):
        run_checks(actor, version)


def _show(version: "Version", *, json: bool) -> None:
    from datetime import UTC, datetime

    from masthead.cli.standing import standing_lines
    from masthead.newsroom.review.reading import standing_json

    if json:
        as_json(standing_json(version, now=datetime.now(UTC)))
        return
    for line, style in standing_lines(version, now=datetime.now(UTC)):
        say(line, style)
