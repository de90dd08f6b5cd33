"""`masthead data`: what is kept of people, for how long, what is held, and how it is erased."""

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.output import answer, as_json, clean, say
from masthead.cli.taking import By, Json
from masthead.errors import NotReady
from masthead.language import Message, gettext
from masthead.newsroom.retention.words import ASKED_FOR, KEPT, Ground, Kept

if TYPE_CHECKING:
    from masthead.newsroom.retention.models import Hold
    from masthead.newsroom.retention.report import Report
    from masthead.newsroom.retention.subjects import Subject

app = typer.Typer(no_args_is_help=True, help="What is kept of people, for how long, and how it is erased.")

LEFT = 3
"""Exit code where it is erased on record, and something outside the database is still to be done."""

GROUNDS = one_of(Ground)
KINDS = one_of(Kept)

Person = Annotated[
    str, typer.Option("--person", metavar="NAME", help="Somebody who worked here, as on record.")
]
Item = Annotated[str, typer.Option("--item", metavar="ITEM", help="An item, by its id or how that begins.")]
Question = Annotated[str, typer.Option("--question", metavar="ID", help="What somebody asked, by its id.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays in the record.")]


def _open() -> None:
    # Sign-ins, second factors and sessions are tables of the served desk: a terminal does without otherwise.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    desk.open_desk()


def _subject(person: str, item: str, question: str, *, everything: bool = False) -> "Subject":
    from masthead.newsroom.retention.subjects import EVERYTHING, item_of, person_called, question_of

    if sum(map(bool, (person, item, question, everything))) != 1:
        raise NotReady(
            Message("It is not said what this is about, or more than one thing is."),
            Message("Give one of --person, --item and --question."),
        )
    if everything:
        return EVERYTHING
    if person:
        return person_called(person)
    return item_of(item) if item else question_of(question)


@app.command()
def erase(
    person: Person = "",
    item: Item = "",
    question: Question = "",
    ground: Annotated[
        Ground,
        typer.Option(
            "--ground", metavar="GROUND", parser=GROUNDS, help=f"Why: {', '.join(sorted(ASKED_FOR))}."
        ),
    ] = Ground.NO_LONGER_NEEDED,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go and what would stay; change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Erase a person who worked here, an item that is not out, or what somebody asked. For good.

    It says what went, what stays and on what ground. Every proof stays valid. Exit 0 erased, or nothing was
    left to erase; 1 refused: a hold stands against it, they still work here, the item is out; 2 nothing goes
    by that name, or nobody confirmed; 3 erased, and files or space are still to be let go: the served desk
    does it within minutes, `masthead data finish` at once.
    """
    _open()
    from masthead.newsroom.retention import commands

    about, actor = _subject(person, item, question), desk.acting(by)
    if dry_run or not yes:
        seen = commands.look(actor, about, ground)
        if dry_run:
            _tell(seen, json=json, done=False)
            return
        _confirm(seen, json=json)
    report = commands.erase(actor, about, ground)
    _tell(report, json=json, done=True)
    raise typer.Exit(LEFT if report.left else 0)


def _confirm(seen: "Report", *, json: bool) -> None:
    if json or not sys.stdin.isatty():
        raise NotReady(
            Message("What is erased nobody brings back, so this asks first."),
            Message("Look at it with --dry-run, then add --yes."),
        )
    _tell(seen, json=False, done=False)
    if seen.removed:
        typer.confirm(clean(gettext("Erase it, for good?")), default=False, abort=True)


def _tell(report: "Report", *, json: bool, done: bool) -> None:
    if json:
        as_json(report.to_json())
        return
    if not report.removed:
        say(gettext("Nothing is left to erase."))
    else:
        say(gettext("Erased:") if done else gettext("Would go:"), "bold")
        for each in report.removed:
            say(f"  - {each.what}  ({', '.join(each.where)})")
    if report.kept:
        say(gettext("Kept:") if done else gettext("Would stay:"), "bold")
        for kept in report.kept:
            say(f"  - {kept.what}")
            say(f"    {gettext('ground')}: {kept.ground}")
    if report.place is not None:
        say(Message("On record as entry %(place)s of the log.", {"place": report.place}))
    if report.left:
        say(
            Message(
                "Still to be done outside the database: %(n)d thing. The served desk goes on with it.",
                {"n": report.left},
                "Still to be done outside the database: %(n)d things. The served desk goes on with them.",
            ),
            "yellow",
        )


@app.command()
def finish(json: Json = False) -> None:
    """Do what earlier erasures left to do, large tables of PostgreSQL too: those hold everybody up meanwhile.

    It also says that the clock is right: where that stands more than a week past the last round, nothing is
    erased by itself until this ran. Exit 0 nothing is left, 3 something still is: a file or a table is in
    use.
    """
    _open()
    from masthead.newsroom.retention import clock_ahead
    from masthead.newsroom.retention.finishing import finish as go_on

    clock_ahead.gone(datetime.now(UTC))
    left = go_on(large=True)
    said = Message("Still to be done: %(n)d.", {"n": left}) if left else gettext("Nothing is left to do.")
    answer({"left_to_do": left}, said, json=json)
    raise typer.Exit(LEFT if left else 0)


@app.command()
def hold(
    reason: Reason,
    person: Person = "",
    item: Item = "",
    question: Question = "",
    everything: Annotated[bool, typer.Option("--everything", help="All there is.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Have nothing erased that hangs together with it, until the hold is lifted.

    A person hangs together with the items they had a hand in and the questions about those; an item with the
    questions about it; and the other way round.
    """
    _open()
    from masthead.newsroom.retention.setting import set_hold

    about = _subject(person, item, question, everything=everything)
    made = set_hold(desk.acting(by), about, reason)
    answer(_hold(made), Message("Held, under %(id)s.", {"id": str(made.pk)[-8:]}), json=json)


@app.command()
def lift(
    hold: Annotated[str, typer.Argument(metavar="HOLD", help="The id of the hold, or how it ends.")],
    reason: Reason,
    by: By = None,
    json: Json = False,
) -> None:
    """Lift a hold."""
    _open()
    from masthead.newsroom.retention.setting import hold_called, lift_hold

    answer(_hold(lift_hold(desk.acting(by), hold_called(hold), reason)), gettext("Lifted."), json=json)


@app.command()
def holds(json: Json = False) -> None:
    """List the holds that stand: on what, who set each, when and why."""
    _open()
    from masthead.newsroom.retention.holding import open_holds

    found = [_hold(each) for each in open_holds()]
    if json:
        as_json({"holds": found})
        return
    for each in found:
        said = {name: str(value) for name, value in each.items()} | {"id": str(each["id"])[-8:]}
        say(
            Message("%(id)s  %(on)s %(called)s, set by %(set_by)s (%(role)s) on %(set_on)s: %(reason)s", said)
        )
    if not found:
        say(gettext("Nothing is held."))


@app.command()
def retention(
    kept: Annotated[
        Kept | None,
        typer.Option("--set", metavar="WHAT", parser=KINDS, help=f"Set it for one of: {listed(Kept)}."),
    ] = None,
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
    _open()
    from masthead.newsroom.retention import clock_ahead
    from masthead.newsroom.retention.schedule import standing
    from masthead.newsroom.retention.setting import set_schedule

    if kept is not None:
        if (days is None) is not never:
            raise NotReady(
                Message("It is not said how long it is kept."), Message("Give --days DAYS, or --never.")
            )
        set_schedule(desk.acting(by), kept, days, reason)
    found = standing()
    if (before := clock_ahead.ahead_of(datetime.now(UTC))) and not json:
        say(
            Message(
                "Nothing is erased by itself: the clock stands more than a week past %(day)s, when the last"
                " round was gone. If it is right, run `masthead data finish`.",
                {"day": before.date().isoformat()},
            )
        )
    if json:
        as_json({"retention": [_schedule(each) for each in found]})
        return
    for each in found:
        told = _schedule(each)
        said: dict[str, str | Message] = {name: str(value) for name, value in told.items()}
        said["what"] = KEPT[each.kept]
        if each.days is None:
            say(Message("%(what)s: never erased by itself.", said))
        else:
            say(Message("%(what)s: erased after %(days)s days. Due now: %(due)s, held: %(held)s.", said))
            if each.next_on:
                say(Message("  The next falls due on %(next_on)s.", said))


@app.command()
def inventory(json: Json = False) -> None:
    """List where personal data can stand: each column and sealed field that holds any, and how it goes."""
    from masthead.newsroom.retention.inventory import COLUMNS, FIELDS, HOW, Holds

    found = [
        {"where": f"{table}.{column}", "holds": holds.value}
        for table, columns in COLUMNS.items()
        for column, holds in columns.items()
    ] + [{"where": f"log: {name}", "holds": holds.value} for name, holds in FIELDS.items()]
    found = [each for each in found if each["holds"] != Holds.NOTHING]
    if json:
        as_json({"inventory": found})
        return
    for holds in Holds:
        places = [each["where"] for each in found if each["holds"] == holds]
        if places:
            say(Message("%(what)s: %(how)s", {"what": holds.value, "how": HOW[holds]}), "bold")
            for place in places:
                say(f"  {place}")


def _hold(hold: "Hold") -> dict[str, Any]:
    from masthead.newsroom.retention.holding import subject_of

    about = subject_of(hold)
    return {
        "id": str(hold.pk),
        "on": about.on.value,
        "called": about.called(),
        "reason": hold.reason,
        "set_by": hold.set_by.name,
        "role": hold.role,
        "set_on": hold.set_at.date().isoformat(),
        "lifted_on": hold.lifted_at.date().isoformat() if hold.lifted_at else None,
    }


def _schedule(each: Any) -> dict[str, Any]:
    return {
        "what": each.kept.value,
        "days": each.days,
        "due": each.due,
        "held": each.held,
        "next_on": each.next_on.isoformat() if each.next_on else None,
        "set_on": each.schedule.set_at.date().isoformat() if each.schedule else None,
        "reason": each.schedule.reason if each.schedule else None,
    }
