"""`masthead data erase`: what somebody asks to be gone, for good."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.asking import agreed
from masthead.cli.choices import hyphened, one_of
from masthead.cli.concerning import Item, Person, Question, open_data, subject_of
from masthead.cli.output import as_json, say
from masthead.cli.taking import By, Json
from masthead.errors import NotReady, Refused
from masthead.language import Message, gettext
from masthead.newsroom.retention.words import ASKED_FOR, Ground, On, Part

if TYPE_CHECKING:
    from masthead.newsroom.retention.report import Report
    from masthead.newsroom.retention.subjects import Subject

REFUSED = Refused.exit_code
LEFT = 3
"""Exit code where it is erased on record, and something outside the database is still to be done."""

GROUNDS = one_of(Ground, ASKED_FOR)
_GIVEN = sorted(map(hyphened, ASKED_FOR))

Sources = Annotated[
    bool, typer.Option("--sources", help="Of the item only what it was made from; it may be out.")
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Of the item only its old drafts; it may be out.")]


def erase(
    person: Person = "",
    item: Item = "",
    question: Question = "",
    sources: Sources = False,
    drafts: Drafts = False,
    ground: Annotated[
        Ground,
        typer.Option("--ground", metavar="GROUND", parser=GROUNDS, help=f"Why: {', '.join(_GIVEN)}."),
    ] = Ground.NO_LONGER_NEEDED,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go and what would stay; change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Erase a person who worked here, an item that is not out, or what somebody asked. For good.

    Of an item that is out: its sources or its old drafts, and nothing that readers have. It says what went,
    what stays and on what ground. Every proof stays valid. Exit 0 erased, or nothing was left to erase; 1
    refused, or a look at what would be: a hold stands against it, they still work here, the item is out; 2
    nothing goes by that name, or nobody confirmed; 3 erased, and files or space are still to be let go: the
    served desk does it within minutes, `masthead data finish` at once.
    """
    open_data()
    from masthead.newsroom.retention import commands

    about, actor = _part_of(subject_of(person, item, question), sources, drafts), desk.acting(by)
    if dry_run or not yes:
        seen = commands.look(actor, about, ground)
        if dry_run:
            _tell(seen, json=json, done=False)
            raise typer.Exit(REFUSED if seen.against else 0)
        _confirm(seen, json=json)
    report = commands.erase(actor, about, ground)
    _tell(report, json=json, done=True)
    raise typer.Exit(LEFT if report.left else 0)


def _part_of(about: "Subject", sources: bool, drafts: bool) -> "Subject":
    if (sources or drafts) and (about.on is not On.ITEM or (sources and drafts)):
        raise NotReady(
            Message("Sources and drafts are those of an item, and are erased one after the other."),
            Message("Give --item with either --sources or --drafts."),
        )
    part = Part.SOURCES if sources else Part.DRAFTS if drafts else None
    return replace(about, part=part)


def _confirm(seen: "Report", *, json: bool) -> None:
    if json or not sys.stdin.isatty():
        raise NotReady(
            Message("What is erased nobody brings back, so this asks first."),
            Message("Look at it with --dry-run, then add --yes."),
        )
    _tell(seen, json=False, done=False)
    if seen.against:
        raise Refused(
            Message("Nothing was erased: what stands against it is said above."),
            Message("See to that first, then do the same again."),
        )
    if seen.removed and not agreed(gettext("Erase it, for good?"), default=False):
        raise NotReady(
            Message("You did not agree; nothing of it was erased."), Message("Nothing needs to be done.")
        )


def _tell(report: "Report", *, json: bool, done: bool) -> None:
    if json:
        as_json(report.to_json())
        return
    if not report.removed:
        say(gettext("Nothing is left to erase."))
    else:
        say(gettext("Erased:") if done else gettext("Would go:"), "bold")
        for gone in report.removed:
            say(f"  - {gone.what}  ({', '.join(gone.where)})")
    for each in report.against:
        say(each, "yellow")
    if report.kept:
        say(gettext("Kept:") if done else gettext("Would stay:"), "bold")
        for kept in report.kept:
            say(f"  - {kept.what}")
            say(Message("    ground: %(ground)s", {"ground": kept.ground}))
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
