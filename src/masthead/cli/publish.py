"""`masthead publish`, `correct`, `withdraw`: what goes out, changes and is taken back."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.check import Ai, Sources
from masthead.cli.decide import Item
from masthead.cli.item import Interest, Lang, Realistic, checked
from masthead.cli.output import as_json, console, say
from masthead.cli.person import By, Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Item as KeptItem
    from masthead.newsroom.items.models import Version

Out = Annotated[
    Path | None, typer.Option("--out", help="The folder to write; else published/ITEM.", show_default=False)
]


def publish(
    what: Annotated[str, typer.Argument(metavar="PATH|ITEM", help="A story or picture, or an item's id.")],
    source: Sources = None,
    ai: Ai = None,
    sign_off: Annotated[
        str, typer.Option("--sign-off", help="Who signs it off now: they read it and answer for it.")
    ] = "",
    item: Annotated[str, typer.Option("--item", help="The item that PATH is a new version of.")] = "",
    title: Annotated[str, typer.Option("--title", help="What to call it; else what it calls itself.")] = "",
    lang: Lang = "auto",
    public_interest: Interest = None,
    realistic: Realistic = None,
    break_glass: Annotated[
        str, typer.Option("--break-glass", help="Publish now against obstacles, with this reason.")
    ] = "",
    out: Out = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Publish: check, sign off, ask the gate, seal, disclose, prove.

    Exit 0 published, 1 not cleared (every obstacle is listed), 2 cannot be read.
    """
    desk.open_desk()
    from masthead.cli.bringing import bring_in

    actor = desk.acting(by or sign_off or None)
    version = (
        bring_in(
            actor,
            Path(what),
            sources=source or [],
            ai=ai or [],
            item=item,
            title=title,
            lang=lang,
            public_interest=public_interest,
            realistic=realistic,
        )
        if Path(what).exists() or _looks_like_path(what)
        else desk.newest_of(what)
    )
    _check_if_needed(actor, version)
    _sign_if_needed(version, sign_off, json=json)
    if break_glass:
        _break_glass(actor, version, break_glass)
    _publish(actor, version, out, json=json)


def _looks_like_path(what: str) -> bool:
    return "/" in what or "." in what


def _check_if_needed(actor: "Actor", version: "Version") -> None:
    from masthead.newsroom.review.standing import current_run

    if current_run(version) is None:
        checked(actor, version)


def _sign_if_needed(version: "Version", who: str, *, json: bool) -> None:
    """Take the sign-off that was given as an option, or ask for it where a person sits at a terminal."""
    import sys

    from masthead.cli.signing import agree
    from masthead.newsroom.accounts.actor import Actor, named
    from masthead.newsroom.accounts.models import Person
    from masthead.newsroom.review import commands
    from masthead.newsroom.review.standing import live_sign_off

    if live_sign_off(version) is not None:
        return
    if who:
        commands.sign_off(Actor(named(who).id, desk.THROUGH), version)
    elif sys.stdin.isatty() and not json and Person.objects.count() == 1:
        _show_findings(version)
        agree(version, yes=False)
        commands.sign_off(desk.acting(None), version)


def _show_findings(version: "Version") -> None:
    from datetime import UTC, datetime

    from masthead.cli.standing import standing_lines

    for line, style in standing_lines(version, now=datetime.now(UTC), gate=False):
        say(line, style)


def _break_glass(actor: "Actor", version: "Version", reason: str) -> None:
    from django.conf import settings

    from masthead.newsroom.review import commands

    within = timedelta(hours=settings.MASTHEAD.review_hours)
    broken = commands.break_glass(actor, version, reason, review_within=within)
    due = broken.review_due.strftime("%Y-%m-%d %H:%M UTC")
    say(Message("Glass broken. Someone else must review this by %(due)s: masthead review ITEM", {"due": due}))


def _publish(actor: "Actor", version: "Version", out: Path | None, *, json: bool) -> None:
    from masthead.gate.refusal import NotCleared
    from masthead.newsroom.public import commands

    try:
        with console().status(gettext("Sealing…")):
            folder = commands.publish(actor, version, _folder(version.item, out))
    except NotCleared:
        if not json:
            _show_findings(version)
        raise
    _told(version.item, folder, json=json)


def correct(
    item: Item,
    path: Annotated[Path, typer.Argument(help="The corrected story or picture.")],
    note: Annotated[str, typer.Option("--note", help="What was corrected, as the audience will read it.")],
    source: Sources = None,
    ai: Ai = None,
    out: Out = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Publish a correction at once, and say what was corrected. It never waits for the gate."""
    desk.open_desk()
    from masthead.cli.given import given_all, uses
    from masthead.newsroom.public import commands

    kept = desk.newest_of(item).item
    (content,) = given_all([path])
    with console().status(gettext("Sealing…")):
        folder = commands.correct(
            desk.acting(by),
            kept,
            content,
            note,
            uses=tuple(uses(ai or [])),
            sources=tuple(given_all(source or [])),
            folder=_folder(kept, out),
        )
    _told(kept, folder, json=json)


def withdraw(
    item: Item,
    reason: Annotated[str, typer.Option("--reason", help="Why, as the audience will read it.")],
    out: Out = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Take a published item back, and say why. The record stays; the content leaves the folder."""
    desk.open_desk()
    from masthead.newsroom.public import commands

    kept = desk.newest_of(item).item
    folder = commands.withdraw(desk.acting(by), kept, reason, _folder(kept, out))
    _told(kept, folder, json=json)


def _folder(item: "KeptItem", out: Path | None) -> Path:
    return out or Path("published") / item.public_id


def _told(item: "KeptItem", folder: Path, *, json: bool) -> None:
    from masthead.newsroom.public.projection import told

    if json:
        as_json({"item": item.public_id, **told(item), "folder": str(folder), "files": _files(folder)})
        return
    say(told(item)["line"], "bold")
    say(Message("Written to %(folder)s:", {"folder": str(folder)}))
    for name in _files(folder):
        say(f"  {name}")


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())
