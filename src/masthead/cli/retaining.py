"""`masthead data retention`: after how long what is erased by itself."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.concerning import open_data
from masthead.cli.output import as_json, say
from masthead.cli.taking import By, Json
from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.retention.words import KEPT, Kept

if TYPE_CHECKING:
    from masthead.newsroom.retention.schedule import Standing

KINDS = one_of(Kept)
Set = Annotated[
    Kept | None,
    typer.Option("--set", metavar="WHAT", parser=KINDS, help=f"Set it for one of: {listed(Kept)}."),
]


def retention(
    kept: Set = None,
    days: Annotated[
        int | None, typer.Option("--days", metavar="DAYS", help="Erase it after so many days.")
    ] = None,
    never: Annotated[bool, typer.Option("--never", help="Never erase it by itself.")] = False,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; it stays in the record.")
    ] = "",
    by: By = None,
    json: Json = False,
) -> None:
    """Show after how long what is erased by itself, and what is due; or set it. Nothing is, until then."""
    open_data()
    from masthead.newsroom.retention import clock_ahead
    from masthead.newsroom.retention.schedule import standing
    from masthead.newsroom.retention.setting import set_schedule

    if kept is not None:
        if (days is None) is not never:
            raise NotReady(
                Message("It is not said how long it is kept."), Message("Give --days DAYS, or --never.")
            )
        set_schedule(desk.acting(by), kept, days, reason)
    found, before = standing(), clock_ahead.ahead_of(datetime.now(UTC))
    ahead_of = before.date().isoformat() if before else None
    if json:
        as_json({"retention": [_schedule(each) for each in found], "clock_ahead_of": ahead_of})
        return
    if ahead_of:
        say(
            Message(
                "Nothing is erased by itself: the clock stands more than a week past %(day)s, when the last"
                " round was gone. If it is right, run `masthead data finish`.",
                {"day": ahead_of},
            )
        )
    for each in found:
        _say(each)


def _say(each: "Standing") -> None:
    said: dict[str, str | Message] = {name: str(value) for name, value in _schedule(each).items()}
    said["what"] = KEPT[each.kept]
    if each.days is None:
        say(Message("%(what)s: never erased by itself.", said))
        return
    say(Message("%(what)s: erased after %(days)s days. Due now: %(due)s, held: %(held)s.", said))
    if each.next_on:
        say(Message("  The next falls due on %(next_on)s.", said))


def _schedule(each: "Standing") -> dict[str, Any]:
    return {
        "what": each.kept.value,
        "days": each.days,
        "due": each.due,
        "held": each.held,
        "next_on": each.next_on.isoformat() if each.next_on else None,
        "set_on": each.schedule.set_at.date().isoformat() if each.schedule else None,
        "reason": each.schedule.reason if each.schedule else None,
    }
