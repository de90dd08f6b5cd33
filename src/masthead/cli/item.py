"""`masthead item`: bring an item in, and see how it stands."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.checking import check_if_needed, run_checks
from masthead.cli.output import as_json, say, say_command
from masthead.cli.taking import Ai, By, Interest, Item, Json, Lang, Realistic, Sources, Title
from masthead.language import Message, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from masthead.cli.clearance import Line
    from masthead.newsroom.items.models import Version

app = typer.Typer(no_args_is_help=True, help="Items: what you bring in, what it was made from, what AI did.")


@app.command()
def add(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A story or a picture.")],
    source: Sources = None,
    ai: Ai = None,
    title: Title = "",
    version_of: Annotated[
        str, typer.Option("--version-of", metavar="ITEM", help="The item this is a new version of.")
    ] = "",
    lang: Lang = "auto",
    public_interest: Interest = None,
    realistic: Realistic = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Bring an item in, or a new version of one, and run the checks on it."""
    desk.open_desk()
    from masthead.cli.bringing import bring_in
    from masthead.newsroom.items.given import Answers

    actor = desk.acting(by)
    answers = Answers(title, public_interest, realistic)
    version, new = bring_in(actor, path, sources=source, ai=ai, item=version_of, lang=lang, answers=answers)
    check_if_needed(actor, version)
    if not new and not json:
        on_record: dict[str, Value] = {"item": version.item.public_id[:8], "n": version.number}
        say(
            Message("This very file is on record already, as version %(n)s of %(item)s:", on_record), "yellow"
        )
    _show(version, json=json, told={"new": new})


@app.command("check")
def check_again(item: Item, by: By = None, json: Json = False) -> None:
    """Run the checks on an item's newest version again."""
    desk.open_desk()
    version = desk.newest_of(item)
    run_checks(desk.acting(by), version)
    _show(version, json=json)


@app.command("source")
def add_source(
    item: Item,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="What it was made from.")],
    by: By = None,
    json: Json = False,
) -> None:
    """Add a source to an item's newest version, and run the checks again."""
    desk.open_desk()
    from masthead.cli.given import given
    from masthead.newsroom.items import commands

    actor, version = desk.acting(by), desk.newest_of(item)
    commands.add_source(actor, version, given(path))
    run_checks(actor, version)
    _show(version, json=json)


@app.command("use")
def record_use(
    item: Item,
    ai: Annotated[str, typer.Option("--ai", metavar="USE", help="What AI did: “SYSTEM, TASK, TIER”.")],
    part: Annotated[
        tuple[int, int] | None,
        typer.Option("--part", metavar="START END", help="The part it touched, in characters of the text."),
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
    run_checks(actor, version)
    _show(version, json=json)


@app.command("uses")
def import_uses(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="Lines of JSON: item, system, task and tier of each AI use."),
    ],
    by: By = None,
    json: Json = False,
) -> None:
    """Record the AI uses that other software noted: any number; run again, it records only what is new."""
    desk.open_desk()
    from masthead.cli.importing import import_from

    import_from(desk.acting(by), path, json=json)


@app.command()
def show(item: Item, json: Json = False) -> None:
    """Show how an item stands: findings at their words, obstacles with their ways out, what went out."""
    desk.open_desk()
    from masthead.newsroom.items.erased import is_erased

    version = desk.newest_of(item)
    if is_erased(version.sha256):
        _show_left(version, json=json)
    else:
        _show(version, json=json)


@app.command("list")
def list_items(json: Json = False) -> None:
    """List the items, newest first."""
    desk.open_desk()
    from masthead.cli.standing import STAGES
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
        by = desk.by_name()
        say(Message("Nothing here yet. Bring the first in: masthead item add STORY%(by)s", {"by": by}))
    for kept in items:
        say(f"{kept['item'][:8]}  {STAGES[kept['stage']]!s:<10}  {kept['title']}")


def _show(version: "Version", *, json: bool, told: dict[str, bool] | None = None) -> None:
    from datetime import UTC, datetime

    from masthead.cli.standing import standing_lines
    from masthead.newsroom.review.reading import standing_json

    if json:
        as_json(standing_json(version, now=datetime.now(UTC)) | (told or {}))
        return
    _say(standing_lines(version, now=datetime.now(UTC)))


def _show_left(version: "Version", *, json: bool) -> None:
    """Of an item whose newest version was erased: refuse where it is no more, else show what is left."""
    from datetime import UTC, datetime

    from masthead.cli.left import left_json, left_lines
    from masthead.newsroom.review.reading import standing_json

    now = datetime.now(UTC)
    if json:
        as_json(left_json(version.item) | standing_json(version, now=now))
    else:
        _say(left_lines(version.item, now=now))


def _say(lines: "Iterable[Line]") -> None:
    """All of them or none: what cannot be read is told before anything is said."""
    from masthead.cli.clearance import COMMAND

    for line, style in list(lines):
        if style == COMMAND:
            say_command(line)
        else:
            say(line, style)
