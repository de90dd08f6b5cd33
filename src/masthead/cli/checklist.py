"""`masthead checklist`: where each promise stands and why, evidence on it, and what is to be mended."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk, mending
from masthead.cli.output import answer, as_json, pair, say
from masthead.cli.taking import By, Json
from masthead.errors import CannotRead, NotFound, NotReady
from masthead.joined import apart
from masthead.language import Message, active

if TYPE_CHECKING:
    from masthead.declaration.status import Standing
    from masthead.newsroom.assurance.standing import Board
    from masthead.newsroom.assurance.telling import Explained

app = typer.Typer(no_args_is_help=True, help="Where each promise stands and why; what is to be mended.")

FALLS_SHORT = 1
"""Exit code where something is not met."""
DAYS = ["%Y-%m-%d"]


@app.command()
def status(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="A commitment such as H3.1, a control or a question; else all."),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", metavar="DATE", formats=DAYS, help="How it stood at the end of that day."),
    ] = None,
    json: Json = False,
) -> None:
    """Where each promise stands, computed from evidence; of one, on what ground, down to entries of the log.

    Exit 0 nothing falls short, though much may be unknown; 1 something is not met; 2 nothing goes by that
    name, or no checklist was in force.
    """
    desk.open_desk()
    from masthead.newsroom.assurance.telling import standing_json

    seen = _board(on.date() if on else None)
    if name is None:
        if json:
            as_json(_all_json(seen))
        else:
            _say_all(seen)
        found = list(seen.commitments.values())
    else:
        known, standing = _named(seen, name)
        if json:
            as_json({"id": known, **standing_json(standing, grounds=True)})
        else:
            _say_one(known, standing)
        found = [standing]
    raise typer.Exit(FALLS_SHORT if any(each.status.value == "not met" for each in found) else 0)


def _board(on: date | None) -> "Board":
    from masthead.clock import ends
    from masthead.newsroom.assurance.standing import board
    from masthead.newsroom.witness.status import evidence

    now = datetime.now(UTC)
    if on is not None and (at := ends(on)) < now:
        return board(at)
    mending.follow()
    return board(now, measured=evidence(now))


def _all_json(seen: "Board") -> dict[str, object]:
    from masthead.newsroom.assurance.telling import standing_json

    return {
        "at": seen.at.isoformat(),
        "checklist": seen.revision.number,
        "commitments": [{"id": name, **standing_json(each)} for name, each in seen.commitments.items()],
        "controls": [{"id": name, **standing_json(each)} for name, each in seen.standings.items()],
    }


def _say_all(seen: "Board") -> None:
    from masthead.declaration import load
    from masthead.labels.dates import spoken_time_utc

    catalogue = load()
    words = catalogue.words(active())
    for section in catalogue.sections:
        say(words.sections[section.id], style="bold")
        for one in catalogue.commitments:
            if one.section == section.id:
                say(f"  {one.id:<6} {words.commitments[one.id].title}")
                say(f"         {_brief(seen.commitments[one.id])}")
    say(Message("As of %(moment)s.", {"moment": spoken_time_utc(seen.at)}))
    say(Message("Why, of one of them: masthead checklist status H3.1"))


def _brief(standing: "Standing") -> str:
    from masthead.declaration.said import GRADES, STATUSES
    from masthead.labels.dates import spoken

    said: list[object] = [STATUSES[standing.status]]
    if standing.grade is not None and standing.as_of is not None:
        said.append(GRADES[standing.grade])
        said.append(Message("seen on %(day)s", {"day": spoken(standing.as_of.date())}))
    return str(apart(said))


def _named(seen: "Board", name: str) -> tuple[str, "Standing"]:
    wanted = name.strip().casefold()
    for known, standing in (*seen.commitments.items(), *seen.standings.items()):
        if known.casefold() == wanted:
            return known, standing
    raise NotFound(
        Message("Nothing on the checklist goes by “%(id)s”.", {"id": name}),
        Message("`masthead checklist status` lists it all."),
    )


def _say_one(known: str, standing: "Standing") -> None:
    from masthead.labels.dates import spoken_time_utc
    from masthead.newsroom.assurance.telling import explained

    say(pair(known, _brief(standing)), style="bold")
    for each in explained(standing):
        say(f"  {_ground(each)}")
    if standing.changes_at is not None:
        moment = spoken_time_utc(standing.changes_at)
        say(Message("Time alone may change it from %(moment)s.", {"moment": moment}))


def _ground(one: "Explained") -> str:
    from masthead.declaration.said import GRADES
    from masthead.labels.dates import spoken

    piece = one.ground.evidence
    if piece is None:
        return str(one.said)
    about = [Message("about %(subject)s", {"subject": piece.about})] if piece.about else []
    where = [Message("entry %(place)s", {"place": one.place})] if one.place is not None else []
    seen = Message("seen on %(day)s", {"day": spoken(piece.observed_at.date())})
    return pair(piece.answers, apart([one.said, *about, GRADES[piece.grade], seen, *where]))


@app.command()
def evidence(
    control: Annotated[str, typer.Argument(metavar="CONTROL", help="The control or question it answers.")],
    met: Annotated[
        bool | None, typer.Option("--met/--not-met", help="What it shows.", show_default=False)
    ] = None,
    document: Annotated[
        Path | None, typer.Option("--document", metavar="PATH", help="A file it rests on: kept as its hash.")
    ] = None,
    about: Annotated[
        str, typer.Option("--about", metavar="SUBJECT", help="item:ID or system:ID; else the organisation.")
    ] = "",
    observed: Annotated[
        datetime | None,
        typer.Option("--observed", metavar="DATE", formats=DAYS, help="When it was seen to be so; else now."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", metavar="DATE", formats=DAYS, help="The first day it counts no more."),
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="In words, for the record only.")] = "",
    by: By = None,
    json: Json = False,
) -> None:
    """Sign that a control is met or not (grade A), or hand in a document about it (grade D).

    What observes and checks gives the stronger grades by itself. Exit 1 refused; 2 no such control.
    """
    if met is None:
        raise NotReady(
            Message("It is not said what the evidence shows."), Message("Give `--met` or `--not-met`.")
        )
    desk.open_desk()
    from masthead.clock import begins
    from masthead.newsroom.assurance.giving import Given, attest
    from masthead.newsroom.assurance.standing import one_of
    from masthead.newsroom.assurance.telling import standing_json
    from masthead.vocabulary import Grade

    given = attest(
        desk.acting(by),
        Given(
            control.strip(),
            met,
            Grade.D if document else Grade.A,
            about=about,
            observed_at=begins(observed.date()) if observed else None,
            expires_at=begins(until.date()) if until else None,
            sha256=_hash(document) if document else "",
            note=note,
        ),
    )
    standing = one_of(datetime.now(UTC), given.answers)
    said = Message("On record. %(id)s: %(status)s.", {"id": given.answers, "status": _brief(standing)})
    answer({"id": given.answers, **standing_json(standing, grounds=True)}, said, json=json)


def _hash(document: Path) -> str:
    try:
        return sha256(document.read_bytes()).hexdigest()
    except OSError as error:
        raise CannotRead(
            Message("The document cannot be read."), Message("Give the path of a file that you may read.")
        ) from error


app.command()(mending.actions)
app.command()(mending.take)
app.command()(mending.close)
