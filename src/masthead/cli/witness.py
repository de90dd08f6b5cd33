"""`masthead witness`: logs of others that we watch, and witnesses that watch ours."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.alarms import Alarm, heads, say_alarm, told_json
from masthead.cli.heads import check
from masthead.cli.output import answer, as_json, pair, say
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.witness.models import Party
    from masthead.newsroom.witness.status import Standing

app = typer.Typer(no_args_is_help=True, help="Witnesses of the log, and logs that are witnessed here.")

WELL, ALARM, TROUBLE = 0, 1, 3
Address = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="ADDRESS",
        help="Where it is: of a log what comes before /checkpoint, of a witness before /add-checkpoint.",
    ),
]


@app.command()
def add(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY", help="The verifier-key line of a log or of a witness, as its owner gave it to you."
        ),
    ],
    at: Address,
    by: By = None,
    json: Json = False,
) -> None:
    """Witness a log, or ask a witness to cosign ours: the key says which of the two it is."""
    desk.open_desk()
    from masthead.newsroom.witness.commands import add_log, add_witness
    from masthead.newsroom.witness.keys import line_of
    from masthead.tlog.cosignature import CosignerKey
    from masthead.tlog.note import Malformed

    try:
        CosignerKey.parse(key)
    except Malformed:
        added: Party = add_log(desk.acting(by), key, at)
        said = Message(
            "The log %(name)s is witnessed from now on. Give whoever keeps it the key of your witness:\n"
            "%(key)s",
            {"name": added.name, "key": line_of()},
        )
        answer(_party(added) | {"our_key": line_of()}, said, json=json)
        return
    added = add_witness(desk.acting(by), key, at)
    said = Message("%(name)s is asked to witness our log from now on.", {"name": added.name})
    answer(_party(added), said, json=json)


@app.command()
def end(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="Its name, or the id of its key where two have one name, as `witness list` has it.",
        ),
    ],
    by: By = None,
    json: Json = False,
) -> None:
    """Witness this log, or ask this witness, no longer."""
    desk.open_desk()
    from masthead.newsroom.witness import commands
    from masthead.newsroom.witness.words import key_id

    party = commands.party_called(name)
    commands.end(desk.acting(by), party)
    answer(
        _party(party),
        Message("Ended: %(name)s (key %(key)s).", {"name": party.name, "key": key_id(party.key)}),
        json=json,
    )


@app.command("list")
def list_them(json: Json = False) -> None:
    """List who witnesses our log, whose logs are witnessed here, how recently, and every open alarm.

    Exit 0 where all is well, 1 where an alarm is open, 3 where something else is to be looked into: it did
    not go well the last time, or is too long ago.
    """
    desk.open_desk()
    from masthead.newsroom.witness.status import open_alarms, status

    standing, alarms = status(), open_alarms()
    if json:
        as_json(
            {
                "parties": [_standing(each) for each in standing],
                "alarms": [told_json(each) for each in alarms],
            }
        )
    else:
        _say_all(standing)
    if alarms:
        raise typer.Exit(ALARM)
    raise typer.Exit(TROUBLE if any(each.overdue or each.trouble for each in standing) else WELL)


@app.command()
def run(json: Json = False) -> None:
    """Ask every witness and look at every log now, not waiting for the worker of `masthead serve`.

    Exit 0 where all went well, 1 where an alarm is open, 3 where something could not be done.
    """
    desk.open_desk()
    from masthead.newsroom.witness.running import run_all
    from masthead.newsroom.witness.status import open_alarms

    done, alarms = run_all(), open_alarms()
    if json:
        went = [{"name": name, "trouble": str(said.trouble) if said.trouble else None} for name, said in done]
        as_json({"done": went, "alarms": [told_json(each) for each in alarms]})
    else:
        for name, said in done:
            say(pair(name, said.trouble or gettext("done")), None if said.well else "yellow")
        for alarm in alarms:
            say_alarm(alarm)
    if alarms:
        raise typer.Exit(ALARM)
    raise typer.Exit(WELL if all(said.well for _, said in done) else TROUBLE)


@app.command()
def key(
    new: Annotated[
        bool,
        typer.Option(
            "--new", help="Begin with a new key, which everybody who asks our witness must be given."
        ),
    ] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Print the key of our witness, to give to whoever asks us to witness their log.

    A new one is needed once a backup was put back in another home folder, when our clock was ahead, or when
    somebody else may have the key. What was seen of the logs counts on; the key before signs no more.
    """
    desk.open_desk()
    from masthead.newsroom.witness.commands import new_key
    from masthead.newsroom.witness.keys import line_of
    from masthead.newsroom.witness.said import ours_is_new

    if not new:
        answer({"key": line_of()}, line_of(), json=json)
        return
    made = str(new_key(desk.acting(by)).key)
    said = Message(
        "The witness has a new key.\n%(key)s\n%(told)s", {"key": made, "told": ours_is_new() or ""}
    )
    answer({"key": made}, said, json=json)


@app.command("end-alarm")
def end_alarm(
    alarm: Alarm,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What was found out.")],
    by: By = None,
    json: Json = False,
) -> None:
    """End an alarm, once a person has looked into it. What was seen stays on record."""
    desk.open_desk()
    from masthead.newsroom.witness import alarms

    ended = alarms.end_alarm(desk.acting(by), alarms.alarm_beginning(alarm), note)
    answer(told_json(ended), gettext("The alarm is ended; both heads are kept."), json=json)


app.command("heads")(heads)
app.command("check")(check)


def _party(party: "Party") -> dict[str, Any]:
    return {"id": str(party.pk), "name": party.name, "key": party.key, "address": party.address}


def _standing(each: "Standing") -> dict[str, Any]:
    return {
        "id": str(each.id) if each.id else None,
        "part": each.part.value,
        "name": each.name,
        "address": each.address,
        "size": each.size,
        "at": each.at.isoformat() if each.at else None,
        "overdue": each.overdue,
        "key": each.key or None,
        "keys_followed": [
            {"key": key.key, "from_size": key.from_size, "followed_at": key.followed_at.isoformat()}
            for key in each.followed
        ],
        "keys_revoked": [
            {"key": key.key, "from_size": key.from_size, "reason": key.reason} for key in each.revoked
        ],
        "alarm": each.alarm.public_id if each.alarm else None,
        "trouble": str(each.trouble) if each.trouble else None,
    }


def _say_all(standing: "list[Standing]") -> None:
    from masthead.newsroom.witness.said import PARTS, changes_of, line_of
    from masthead.newsroom.witness.status import open_alarms

    if not standing:
        say(gettext("Nobody is asked to witness our log, and no log is witnessed here."))
    for part, heading in PARTS.items():
        found = [each for each in standing if each.part is part]
        if found:
            say(heading, "bold")
        for each in found:
            line = pair(_called(each), line_of(each), under="  ")
            say(line, "yellow" if each.overdue or each.trouble else None)
            for change in changes_of(each):
                say(f"    {change}")
    for alarm in open_alarms():
        say_alarm(alarm)


def _called(each: "Standing") -> object:
    """Its name, with the id of its key: two of one name are told apart, and ended, by that."""
    if not each.key_id:
        return each.name
    return Message("%(name)s (key %(key)s)", {"name": each.name, "key": each.key_id})
