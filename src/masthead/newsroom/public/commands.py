"""Let something go out: record it, sign the log's head over it, and write what the audience gets.

Each is a command of `review` followed by its projection. A process killed in between has recorded and not
yet written: running it again, or `write`, finishes from the record.
"""

from pathlib import Path

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public.projection import unfinished, write
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import Publication


def publish(actor: Actor, version: Version, folder: Path) -> Path:
    """Publish a cleared version into `folder`. A version that is out already is written again."""
    if not Publication.objects.filter(version=version).exists():
        commands.publish(actor, version)
    return _out(version.item, folder)


def correct(
    actor: Actor,
    item: Item,
    given: Given,
    note: str,
    *,
    uses: tuple[UseGiven, ...],
    sources: tuple[Given, ...],
    folder: Path,
) -> Path:
    """Publish a correction at once, then let the checks look at it: afterwards, for the record."""
    publication = commands.correct(actor, item, given, note, uses=uses, sources=sources)
    written = _out(item, folder)
    commands.run_checks(actor, publication.version)
    return written


def withdraw(actor: Actor, item: Item, reason: str, folder: Path) -> Path:
    """Withdraw an item: its page says so, and its content leaves `folder`."""
    commands.withdraw(actor, item, reason)
    return _out(item, folder)


def _out(item: Item, folder: Path) -> Path:
    try:
        publish_checkpoint()
    except OSError as error:
        raise unfinished(error) from error
    item.refresh_from_db()
    write(item, folder)
    return folder
