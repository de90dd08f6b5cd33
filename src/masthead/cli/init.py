"""`masthead init`: an organisation's record, in this folder."""

from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import say
from masthead.language import Message, gettext
from masthead.vocabulary import Profile


def init(
    name: Annotated[str, typer.Option("--name", prompt="Name of your outlet", help="Your outlet's name.")],
    person: Annotated[str, typer.Option("--person", prompt="Your own name", help="The first person.")],
    profile: Annotated[
        Profile, typer.Option("--profile", help="solo: one person. small: a team, ten starter controls.")
    ] = Profile.SOLO,
    publisher: Annotated[
        str, typer.Option("--publisher", help="Who holds editorial responsibility; else the outlet.")
    ] = "",
    origin: Annotated[
        str, typer.Option("--origin", help="Names your evidence log for ever, such as example.org/log.")
    ] = "",
) -> None:
    """Begin a record in this folder: database, evidence log, keys, certificate and checklist."""
    desk.load()
    from django.conf import settings

    from masthead.newsroom.site.founding import found

    for done in found(name, publisher, person, profile, origin=origin):
        say(f"✓ {done}")
    say(Message("Ready: %(home)s", {"home": str(settings.MASTHEAD_HOME)}))
    if profile is Profile.SOLO:
        say(gettext('Next: masthead publish STORY --source NOTES --ai "SYSTEM, TASK, TIER"'))
    else:
        say(gettext("Next: masthead person add NAME --role contributor"))
