"""`masthead init`: an organisation's record, in this folder."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.output import as_json, say, say_command
from masthead.cli.taking import Json
from masthead.errors import NotReady
from masthead.language import Message, gettext
from masthead.vocabulary import Profile

Name = Annotated[
    str, typer.Option("--name", metavar="NAME", help="Your outlet's name; asked for at a terminal.")
]
First = Annotated[
    str, typer.Option("--person", metavar="NAME", help="The first person who works here; asked for likewise.")
]
Kind = Annotated[
    Profile,
    typer.Option(
        "--profile",
        metavar="PROFILE",
        parser=one_of(Profile),
        help=f"{listed(Profile)}. solo: one person; small: a team with the ten starter controls.",
    ),
]
Publisher = Annotated[
    str,
    typer.Option("--publisher", metavar="NAME", help="Who holds editorial responsibility; else the outlet."),
]
Origin = Annotated[
    str,
    typer.Option(
        "--origin",
        metavar="ORIGIN",
        help="Names your evidence log for ever, such as example.org/log; else made of the setting address.",
    ),
]


def init(
    name: Name = "",
    person: First = "",
    profile: Kind = Profile.SOLO,
    publisher: Publisher = "",
    origin: Origin = "",
    json: Json = False,
) -> None:
    """Begin a record in this folder: database, evidence log, keys, certificate and checklist.

    Where a record was begun already, finish it and bring it up to date; then no name is needed.
    """
    from masthead.newsroom.site import home as site

    begun = site.begun(folder := site.find(Path.cwd()))
    desk.tell_of_mistyped(folder)
    if not begun:
        name = name or _asked(gettext("Name of your outlet"), json=json)
        person = person or _asked(gettext("Your own name"), json=json)
    _must_be_names(*(each for each in (name, person) if each or not begun))
    desk.load()
    from django.conf import settings

    from masthead.newsroom.site.founding import found

    desk.must_be_writable(settings.MASTHEAD_HOME)
    desk.answers()
    for done in found(name, publisher, person, profile, origin=origin):
        if not json:
            say(f"✓ {done}")
    home = settings.MASTHEAD_HOME
    desk.tell_if_open(home)
    if json:
        as_json(_on_record(home))
        return
    say(Message("Ready: %(home)s", {"home": str(home)}), "bold green")
    if not begun:
        _say_next(profile)


def _on_record(home: Path) -> dict[str, str]:
    from masthead.newsroom.accounts.actor import organisation
    from masthead.newsroom.evidence.keys import public_line
    from masthead.newsroom.policy.commands import in_force

    key = public_line(home).strip()
    return {"home": str(home), "name": organisation().name, "profile": in_force().profile, "log_key": key}


def _say_next(profile: Profile) -> None:
    say(gettext("Next:"))
    if profile is Profile.SOLO:
        say_command(f'masthead publish STORY --source NOTES --ai "SYSTEM, TASK, TIER"{desk.by_name()}')
    else:
        say_command(f"masthead person add NAME --role contributor{desk.by_name()}")


def _asked(question: str, *, json: bool) -> str:
    return str(typer.prompt(question)) if sys.stdin.isatty() and not json else ""


def _must_be_names(*names: str) -> None:
    """Refuse an empty or endless name before anything is made."""
    if not all(0 < len(" ".join(name.split())) <= 200 for name in names):
        raise NotReady(
            Message("A name must have between 1 and 200 characters."),
            Message("Give your outlet's with --name and your own with --person."),
        )
