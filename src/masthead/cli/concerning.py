"""Whom or what a command about data is about: a person, an item, a question."""

from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.errors import NotReady
from masthead.language import Message

if TYPE_CHECKING:
    from masthead.newsroom.retention.subjects import Subject

_SERVED = {
    "django_session", "account_emailaddress", "mfa_authenticator", "usersessions_usersession",
    "socialaccount_socialaccount",
}  # fmt: skip
Person = Annotated[
    str, typer.Option("--person", metavar="NAME", help="Somebody who worked here, as on record.")
]
Item = Annotated[str, typer.Option("--item", metavar="ITEM", help="An item, by its id or how that begins.")]
Question = Annotated[str, typer.Option("--question", metavar="ID", help="What somebody asked, by its id.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays in the record.")]


def open_data() -> None:
    """Open the desk with all its tables: sign-ins, second factors and sessions are the served desk's.

    Where it was never served they are not there yet, and are made: what deletes a login asks every one.
    """
    desk.open_whole()
    from django.core.management import call_command
    from django.db import connection

    from masthead.newsroom.evidence.trouble import told_plainly

    with told_plainly():
        known = connection.introspection.table_names()
        if "accounts_person" in known and not set(known) >= _SERVED:
            for app in ("sessions", "account", "mfa", "usersessions", "socialaccount"):
                call_command("migrate", app, verbosity=0, interactive=False)


def subject_of(person: str, item: str, question: str, *, everything: bool = False) -> "Subject":
    """Whom or what is meant. `NotReady` where it is not said, or more than one is; `NotFound` for nobody."""
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
