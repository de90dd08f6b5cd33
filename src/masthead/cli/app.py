"""`masthead`: every command, each loading only what it needs."""

import os
import sys

import typer

from masthead import language
from masthead.cli import (
    check,
    credentials,
    decide,
    declaration,
    demo,
    init,
    item,
    log,
    person,
    publish,
    register,
)
from masthead.cli.output import fail
from masthead.errors import MastheadError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The gate between AI and publication: record, check, sign, disclose, prove.",
)
app.command("init")(init.init)
app.command("demo")(demo.demo)
app.command("check")(check.check)
app.add_typer(item.app, name="item")
app.command("waive")(decide.waive)
app.command("signoff")(decide.signoff)
app.command("review")(decide.review)
app.command("publish")(publish.publish)
app.command("correct")(publish.correct)
app.command("withdraw")(publish.withdraw)
app.command("sign")(credentials.sign)
app.command("verify")(credentials.verify)
app.add_typer(log.app, name="log")
app.add_typer(register.app, name="register")
app.add_typer(person.app, name="person")
app.command("declaration")(declaration.declaration)


def main() -> None:
    """Run the command line; the exit codes are those of `masthead.errors` and of each command's help."""
    chosen = os.environ.get("MASTHEAD_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    language.choose(chosen)
    try:
        app()
    except MastheadError as error:
        sys.exit(fail(error))
