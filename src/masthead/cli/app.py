"""`masthead`: every command, each loading only what it needs."""

from typing import Annotated

import typer

from masthead import __version__, modes
from masthead.cli import (
    answer,
    backup,
    changing,
    check,
    checklist,
    credentials,
    data,
    decide,
    declaration,
    demo,
    init,
    item,
    key,
    log,
    person,
    publish,
    register,
    serve,
    witness,
)
from masthead.cli.output import say
from masthead.cli.running import run

BEGIN, JOB, AFTER, FILES, RECORD = "Begin", "The main job", "After publication", "Files alone", "The record"

NAME = "Masthead"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The gate between AI and publication: record, check, sign, disclose, prove.",
    epilog="MASTHEAD_LANGUAGE=fr speaks French. MASTHEAD_HOME says where the record is; else .masthead, here "
    "or above.",
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        say(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def masthead(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_tell_version, help="Say which version this is."),
    ] = False,
) -> None:
    """What every command has in common."""


app.command("init", rich_help_panel=BEGIN)(init.init)
app.command("demo", rich_help_panel=BEGIN)(demo.demo)
app.command("serve", rich_help_panel=BEGIN)(serve.serve)
app.command("publish", rich_help_panel=JOB)(publish.publish)
app.add_typer(item.app, name="item", rich_help_panel=JOB)
app.command("waive", rich_help_panel=JOB)(decide.waive)
app.command("signoff", rich_help_panel=JOB)(decide.signoff)
app.command("correct", rich_help_panel=AFTER)(changing.correct)
app.command("withdraw", rich_help_panel=AFTER)(changing.withdraw)
app.command("review", rich_help_panel=AFTER)(decide.review)
app.command("check", rich_help_panel=FILES)(check.check)
app.command("sign", rich_help_panel=FILES)(credentials.sign)
app.command("verify", rich_help_panel=FILES)(credentials.verify)
app.add_typer(register.app, name="register", rich_help_panel=RECORD)
app.add_typer(person.app, name="person", rich_help_panel=RECORD)
app.add_typer(log.app, name="log", rich_help_panel=RECORD)
app.add_typer(key.app, name="key", rich_help_panel=RECORD)
app.command("backup", rich_help_panel=RECORD)(backup.backup)
app.command("restore", rich_help_panel=RECORD)(backup.restore)
app.add_typer(data.app, name="data", rich_help_panel=RECORD)
app.add_typer(witness.app, name="witness", rich_help_panel=RECORD)
app.add_typer(checklist.app, name="checklist", rich_help_panel=RECORD)
app.command("answer", rich_help_panel=RECORD)(answer.answer)
app.command("declaration", rich_help_panel=RECORD)(declaration.declaration)


def main() -> None:
    """Run the command line; the exit codes are those of `masthead.errors` and of each command's help.

    Whatever it writes is closed to others on this machine, but for what is meant for them: `masthead.modes`.
    """
    with modes.closed():
        run(app)
