"""`masthead key`: the keys that sign the evidence log."""

import shlex
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.output import as_json, complain, say, say_command
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.accounts.commands.log_keys import Changed
    from masthead.newsroom.evidence.keys_shown import Shown

app = typer.Typer(no_args_is_help=True, help="The keys that sign the evidence log.")


class Gone(StrEnum):
    """Why a key should count no longer."""

    LOST = "lost"
    STOLEN = "stolen"
    OTHER = "other"


Reason = Annotated[
    Gone,
    typer.Option(
        "--reason",
        metavar="REASON",
        parser=one_of(Gone),
        help=f"{listed(Gone)}; stolen is also a key that may have been.",
        show_default=False,
    ),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        help="The day from which it may have been in other hands; published.",
        show_default=False,
    ),
]
InFile = Annotated[
    bool, typer.Option("--file", help="Keep the new key in a file, even where a key service is set.")
]


@app.callback()
def key() -> None:
    """Look after the keys of the evidence log."""


@app.command()
def show(json: Json = False) -> None:
    """Show the key that signs, earlier ones and revoked ones, and what to do about them.

    Exit 0 where everything that should sign can, else 1.
    """
    desk.open_desk()
    from django.conf import settings

    from masthead.newsroom.evidence.keys_shown import shown

    found = shown(settings.MASTHEAD_HOME)
    if json:
        as_json(
            {
                "keys": [_told(each) for each in found.keys],
                "notes": [str(each) for each in found.notes],
                "well": found.well,
            }
        )
    else:
        for each in found.keys:
            _say(each)
        for note in found.notes:
            say(note, "yellow")
    raise typer.Exit(0 if found.well else 1)


@app.command()
def rotate(
    overlap: Annotated[
        int | None,
        typer.Option(
            "--overlap",
            metavar="DAYS",
            min=0,
            max=3650,
            help="How long the old key still signs as well. Without it, as key_overlap_days says.",
            show_default=False,
        ),
    ] = None,
    in_file: InFile = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Hand the log over to a new key, signed by the old one and the new one."""
    desk.open_desk()
    from masthead.newsroom.accounts.commands.log_keys import rotate as hand_over

    _answer(hand_over(desk.acting(by), days=overlap, in_file=in_file), json=json)


@app.command()
def replace(
    reason: Reason,
    since: Since = None,
    old: Annotated[
        str,
        typer.Option(
            "--old", metavar="LINE", help="The old key's public line, where `keys/log.pub` is lost too."
        ),
    ] = "",
    in_file: InFile = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Go on with a new key in place of one that is lost or may be in other hands; the old one is revoked."""
    desk.open_desk()
    from masthead.newsroom.accounts.commands.log_keys import replace as go_on
    from masthead.tlog.handover import Ground

    changed = go_on(desk.acting(by), Ground(reason.value), since=_day(since), old_line=old, in_file=in_file)
    _answer(changed, json=json)
    if not json:
        say(gettext("The old key did not sign this. Tell those who hold it, and give them the new line."))


@app.command()
def revoke(
    which: Annotated[str, typer.Argument(metavar="KEY", help="The id of an earlier key, or its line.")],
    reason: Reason,
    since: Since = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Have the signatures of an earlier key count no longer, from the next checkpoint on."""
    desk.open_desk()
    from masthead.newsroom.accounts.commands.log_keys import revoke as take_back
    from masthead.tlog.handover import Ground

    changed = take_back(desk.acting(by), which, Ground(reason.value), since=_day(since))
    if json:
        as_json(_changed(changed))
        return
    say(gettext("Revoked. Its signatures count no longer on checkpoints from here on."), "green")
    _say_unpublished(changed)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _answer(changed: "Changed", *, json: bool) -> None:
    if json:
        as_json(_changed(changed))
        return
    say(Message("The log is signed with a new key now: %(id)s.", {"id": changed.key.key_id.hex()}), "green")
    say(f"  {changed.key}")
    say(gettext("Publish this line beside the old one, where readers find it: it is in keys/log.pub too."))
    if changed.file is not None:
        say(
            Message(
                "The private key is %(file)s. Keep a copy of it apart from the backups of the database, where"
                " few can reach it, such as on a stick in a safe:",
                {"file": str(changed.file)},
            )
        )
        say_command(f"cp {shlex.quote(str(changed.file))} /media/stick/")
    _say_unpublished(changed)


def _say_unpublished(changed: "Changed") -> None:
    if changed.unpublished is not None:
        complain(
            Message(
                "This is on record, but no checkpoint could be published yet: %(why)s",
                {"why": str(changed.unpublished)},
            )
        )


def _changed(changed: "Changed") -> dict[str, Any]:
    return {
        "key": str(changed.key),
        "id": changed.key.key_id.hex(),
        "previous": str(changed.previous) if changed.previous else None,
        "file": str(changed.file) if changed.file else None,
        "published": changed.unpublished is None,
    }


def _say(each: "Shown") -> None:
    from masthead.labels.dates import spoken, spoken_time

    said = each.listed
    say(f"{each.id}  {each.state}", "bold")
    say(f"  {each.line}")
    since = Message("from the checkpoint of %(size)s entries on", {"size": said.size})
    say("  " + (str(since) if said.size else gettext("from the beginning on")))
    if each.until:
        say("  " + str(Message("still signs as well until %(time)s", {"time": spoken_time(each.until)})))
    if said.revoked_from is not None:
        words = {"why": each.ground or "", "size": said.revoked_from}
        say("  " + str(Message("revoked (%(why)s) from %(size)s entries on", words)))
    if said.since:
        day = {"day": spoken(said.since)}
        say("  " + str(Message("it may have been in other hands since %(day)s", day)))
    if each.file:
        say("  " + str(Message("private key: %(file)s", {"file": each.file})))
    elif each.by_service:
        say("  " + gettext("private key: with the key service"))
    if each.trouble:
        say(f"  {each.trouble}", "bold red")


def _told(each: "Shown") -> dict[str, Any]:
    said = each.listed
    return {
        "id": each.id,
        "key": each.line,
        "state": said.state.value,
        "from_size": said.size,
        "until": each.until.isoformat() if each.until else None,
        "revoked_from": said.revoked_from,
        "reason": said.ground.value if said.ground else None,
        "since": said.since.isoformat() if said.since else None,
        "file": each.file or None,
        "by_service": each.by_service,
        "trouble": str(each.trouble) if each.trouble else None,
    }
