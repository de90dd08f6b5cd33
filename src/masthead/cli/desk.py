"""Open the desk's record from a terminal. Django loads here and nowhere else, so that help stays quick."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from masthead import modes
from masthead.cli import unforeseen
from masthead.cli.output import complain
from masthead.errors import NotReady, Unavailable
from masthead.language import Message

if TYPE_CHECKING:
    from uuid import UUID

    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Version

THROUGH = "terminal"
SERVED = "masthead.newsroom.site.web"
"""The settings with every table there is: those of sign-ins, second factors, sessions and jobs too."""


def load() -> None:
    """Load Django with the settings of the home folder."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.settings")
        django.setup()
    unforeseen.listen()


def open_desk() -> None:
    """Load Django on a home that `init` has made.

    `NotReady` for none, `Refused` for half of one, `Damaged` for one whose database is gone.
    """
    from masthead.newsroom.evidence import damage
    from masthead.newsroom.site import home

    damage.refuse_half_restored(folder := home.find(Path.cwd()))
    must_be_begun(folder)
    load()
    answers()
    must_have_its_log(folder)


def open_whole() -> None:
    """The same with the tables that only the served desk works with, if there are any yet.

    Whoever says that the record is intact, or that damage is put right, must know all that the desk rests on:
    else one process ends what the next finds again.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SERVED)
    open_desk()


def must_have_its_log(folder: Path) -> None:
    """Raise `Damaged` where `folder` has published, and its database is gone or empty; no file is made."""
    from masthead.newsroom.evidence import missing

    missing.refuse(folder)


def must_be_begun(folder: Path) -> None:
    """Raise `NotReady` where `folder` holds no record that `init` has made."""
    from masthead.newsroom.site import home

    if not home.begun(folder):
        raise NotReady(
            Message("There is no record here yet."),
            Message("Run `masthead init` in this folder, or set MASTHEAD_HOME to where the record is."),
        )


def must_be_writable(home: Path) -> None:
    """Refuse a home folder that we may not write, or not make."""
    existing = next(each for each in (home, *home.parents) if each.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise NotReady(
            Message("%(folder)s is not a folder we may write to.", {"folder": str(existing)}),
            Message("Go to a folder of your own, or set MASTHEAD_HOME to one."),
        )


def tell_if_open(home: Path) -> None:
    """Say so where others on this machine may get into the home folder; its mode is its owner's to choose."""
    if modes.open_to(home):
        complain(
            Message(
                "Others on this machine may get into the home folder (mode %(mode)s), which holds drafts,"
                " names and keys. Unless that is meant: chmod -R go-rwx %(home)s",
                {"mode": f"{home.stat().st_mode & 0o777:04o}", "home": str(home)},
            )
        )


def tell_of_mistyped(home: Path) -> None:
    """Say so where something is set that no setting has: whoever set it believes that it says something.

    Once: not again in a process that one which has said so started.
    """
    from masthead.newsroom.site.mistyped import TOLD, mistyped

    for warning in mistyped(home) if TOLD not in os.environ else ():
        complain(warning)


def answers() -> None:
    """Connect to the database; what it says of itself is not repeated, for it may hold the password."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, connection

    if connection.vendor == "sqlite":
        return
    try:
        connection.ensure_connection()
    except ImproperlyConfigured as error:
        raise NotReady(
            Message("What speaks to PostgreSQL is not installed."),
            Message("Install Masthead with its extra `postgres`."),
        ) from error
    except OperationalError as error:
        raise Unavailable(
            Message("The database does not answer, or does not let us in."),
            Message("Check that it runs, and the address, name and password in MASTHEAD_DATABASE_URL."),
        ) from error


def several_people() -> bool:
    """Whether more than one person works here, so that a command must say who acts."""
    return len(_at_work()) > 1


def by_name() -> str:
    """What a command to copy ends with: who acts, where that must be said."""
    return " --by NAME" if several_people() else ""


def acting(by: str | None) -> "Actor":
    """The person who acts: as named by `--by`, or the only one there is."""
    from masthead.newsroom.accounts.actor import Actor, named

    if by is not None:
        return Actor(named(by).id, THROUGH)
    people = _at_work()
    if len(people) == 1:
        return Actor(people[0], THROUGH)
    raise NotReady(
        Message("More than one person works here, so say who acts."),
        Message("Add `--by NAME`; `masthead person list` has the names."),
    )


def _at_work() -> list["UUID"]:
    """Two at most of those who hold a role today; where nobody does, of all who are not erased."""
    from datetime import UTC, datetime

    from django.db.models import Q

    from masthead.clock import day_of
    from masthead.newsroom.accounts.models import Person, RoleGrant

    here = Person.objects.filter(erased_on=None)
    held = RoleGrant.objects.filter(ended_at=None).values("person")
    found = here.filter(Q(ends_on=None) | Q(ends_on__gte=day_of(datetime.now(UTC))), pk__in=held)
    return list(found.values_list("pk", flat=True)[:2]) or list(here.values_list("pk", flat=True)[:2])


def newest_of(item: str) -> "Version":
    """The newest version of the item of that id, or of the one id that begins so."""
    from masthead.newsroom.items.commands import item_called, newest

    return newest(item_called(item))
