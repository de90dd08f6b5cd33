"""What the desk does about a version while nobody waits at the door."""

from uuid import UUID

from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.items.models import Version
from masthead.newsroom.jobs import enqueue, job
from masthead.newsroom.review.commands import run_checks


def ask_for_checks(actor: Actor, version: Version) -> str:
    """Have the checks run on `version` soon; gives the key under which `jobs.standing` tells how it goes.

    Asked for again while they wait, they run once; while they run, they run once more.
    """
    key = f"check:{version.id}"
    enqueue(
        check_version, key=key, version=str(version.id), person=str(actor.person_id), through=actor.through
    )
    return key


@job(attempts=4, seconds=300)
def check_version(version: str, person: str, through: str) -> None:
    """Run the checks on a version in the name of the person who asked."""
    found = Version.objects.filter(pk=UUID(version)).first()
    if found is None:
        raise NotFound(Message("There is no such version."), Message("Bring it in first."))
    run_checks(Actor(UUID(person), through), found)
