"""An alarm at the terminal: what it says, what is to be done, and both heads to keep elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.output import answer, give, pair, say, say_command
from masthead.cli.taking import Json
from masthead.errors import Refused
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.witness.models import Alarm as Row

Alarm = Annotated[
    str,
    typer.Argument(
        metavar="ALARM", help="Its id, as `witness list` has it, or six letters of its beginning."
    ),
]
STANDARD_OUTPUT = Path("-")


def heads(
    alarm: Alarm,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The file to write; else, and for -, it is printed.",
            show_default=False,
        ),
    ] = STANDARD_OUTPUT,
    json: Json = False,
) -> None:
    """Give both heads that an alarm keeps, as the file that `witness check` reads and readers get.

    Of an alarm that was ended too. A file that is there is not written over.
    """
    desk.open_desk()
    from masthead.newsroom.witness import alarms

    found = alarms.alarm_beginning(alarm)
    said = alarms.evidence_of(found).to_json()
    if out == STANDARD_OUTPUT:
        give(said)
        return
    _write(out, said.encode())
    told = Message("Both heads are in %(file)s.", {"file": str(out)})
    answer({"id": found.public_id, "file": str(out)}, told, json=json)


def told_json(alarm: "Row") -> dict[str, Any]:
    """An alarm for software: where both heads are, and the steps in the active language."""
    from masthead.newsroom.witness.alarms import path_of
    from masthead.newsroom.witness.telling import told

    said = told(alarm)
    return {
        "id": alarm.public_id,
        "log": alarm.origin,
        "ours": said.ours,
        "fault": alarm.fault,
        "says": str(said.says),
        "to_do": [str(each) for each in said.to_do],
        "commands": _commands(alarm),
        "path": path_of(alarm),
        "address": _address(alarm) or None,
        "told_by": alarm.told_by,
        "raised_at": alarm.raised_at.isoformat(),
        "ended_at": alarm.ended_at.isoformat() if alarm.ended_at else None,
    }


def say_alarm(alarm: "Row") -> None:
    """An alarm for a person, with the commands that keep both heads, check them, and end it."""
    from masthead.newsroom.witness.telling import told

    said, words = told(alarm), {"log": alarm.origin, "id": alarm.public_id}
    if said.ours:
        say(Message("ALARM about our own log (%(id)s)", words), "bold red")
        say(f"  {said.says} {said.why}")
    else:
        say(Message("ALARM about %(log)s (%(id)s)", words), "bold red")
        say(f"  {said.says}")
    for step in said.to_do:
        say(f"  → {step}")
    if address := _address(alarm):
        say(pair(gettext("Both heads"), address, under="  "), whole=True)
    for command in _commands(alarm):
        say_command(command)


def _commands(alarm: "Row") -> list[str]:
    # Of its own: two alarms have two files.
    file = f"heads-{alarm.public_id[:8]}.json"
    commands = (
        f"masthead witness heads {alarm.public_id} --out {file}",
        f'masthead witness check {file} --key "LINE"',
        f'masthead witness end-alarm {alarm.public_id} --note "…"{desk.by_name()}',
    )
    return [_typed(each, alarm.public_id) for each in commands]


def _typed(command: str, public_id: str) -> str:
    """The command as it can be typed: an older id that begins as an option does stands last."""
    if public_id[0] != "-" or f" {public_id}" not in command:
        return command
    return f"{command.replace(f' {public_id}', '', 1)} -- {public_id}"


def _address(alarm: "Row") -> str:
    """Where readers get both heads; empty where nobody has said where the pages are."""
    from django.conf import settings

    from masthead.newsroom.witness.alarms import path_of

    address: str = settings.MASTHEAD.address.rstrip("/")
    return f"{address}{path_of(alarm)}" if address else ""


def _write(out: Path, content: bytes) -> None:
    from masthead.cli import sealing

    if not out.exists():
        sealing.write(out, content, force=False)
    elif not _says(out, content):
        raise Refused(
            Message("%(path)s is there already; it was left as it is.", {"path": str(out)}),
            Message("Give another name with --out."),
        )


def _says(file: Path, content: bytes) -> bool:
    try:
        return file.read_bytes() == content
    except OSError:
        return False
