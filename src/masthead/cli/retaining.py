"""`masthead data retention` and `minimum`: after how long what is erased by itself, and before when not."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.concerning import open_data
from masthead.cli.output import answer, as_json, say
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
State = Annotated[
    Kept, typer.Argument(metavar="WHAT", parser=KINDS, help=f"What is to be kept: {listed(Kept)}.")
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
    """Show after how long what is erased by itself, and what is due; or set it. Nothing is, until then.

    What a hold covers stays; of an item that is out, what its open work rests on: a newer version, a
    correction without its sign-off, a second review, a question nobody answered. Exit 1 where it would be
    shorter than the legal minimum on record (`masthead data minimum`), 2 where it is not said how long.
    """
    open_data()
    from masthead.labels.dates import spoken
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
    if before:
        say(
            Message(
                "Nothing is erased by itself: the clock stands more than a week past %(day)s, when the last"
                " round was gone. If it is right, run `masthead data finish`.",
                {"day": spoken(before)},
            )
        )
    for each in found:
        _say(each)


def minimum(
    what: State,
    law: Annotated[
        str, typer.Option("--law", metavar="TEXT", help="Which law, and where in it; it stays in the record.")
    ] = "",
    days: Annotated[
        int | None, typer.Option("--days", metavar="DAYS", help="For how many days it must be kept.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="No law asks for it any more.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """State for how long a law asks that something be kept. Masthead knows none: laws differ.

    No schedule erases it sooner, nor does a person, who is told why; but on the ground legal-duty, where a
    law or a court asks that it be erased. Exit 1 where no law is named, or less than a day; 2 where it is not
    said how long.
    """
    open_data()
    from masthead.newsroom.retention.setting import state_minimum

    if (days is None) is not none:
        raise NotReady(
            Message("It is not said for how long it must be kept."), Message("Give --days DAYS, or --none.")
        )
    made = state_minimum(desk.acting(by), what, days, law)
    said = {"what": what.value, "days": made.days, "law": made.reason}
    answer(said, Message("On record: %(law)s", {"law": made.reason}), json=json)


def _say(each: "Standing") -> None:
    from masthead.labels.dates import spoken

    said: dict[str, str | int | Message] = {name: str(value) for name, value in _schedule(each).items()}
    said["what"] = KEPT[each.kept]
    if each.days is None:
        say(Message("%(what)s: never erased by itself.", said))
    else:
        say(
            Message(
                "%(what)s: erased after %(n)d day. Due now: %(due)s, held: %(held)s.",
                {**said, "n": each.days},
                "%(what)s: erased after %(n)d days. Due now: %(due)s, held: %(held)s.",
            )
        )
    if each.by_law:
        say(Message("  Kept longer, as a law asks for it: %(by_law)s.", said))
    if each.at_work:
        say(Message("  Waiting, as something is still to be done of the item: %(at_work)s.", said))
    if each.minimum:
        say(
            Message(
                "  A law asks for at least %(n)d day: %(law)s",
                {"n": each.minimum.days or 0, "law": each.minimum.reason},
                "  A law asks for at least %(n)d days: %(law)s",
            )
        )
    if each.next_on:
        say(Message("  The next falls due on %(next_on)s.", {"next_on": spoken(each.next_on)}))


def _schedule(each: "Standing") -> dict[str, Any]:
    return {
        "what": each.kept.value,
        "days": each.days,
        "due": each.due,
        "held": each.held,
        "by_law": each.by_law,
        "at_work": each.at_work,
        "minimum": each.minimum.days if each.minimum else None,
        "law": each.minimum.reason if each.minimum else None,
        "next_on": each.next_on.isoformat() if each.next_on else None,
        "set_on": each.schedule.set_at.date().isoformat() if each.schedule else None,
        "reason": each.schedule.reason if each.schedule else None,
    }
