"""A correction that software sends carries words that somebody has read: no token speaks unread."""

from masthead.errors import CannotRead, Refused
from masthead.language import Message
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.reading import read
from masthead.newsroom.review.standing import live_sign_off


def signed_off(item: Item, given: Given) -> None:
    """Raise `Refused` unless `given` has the words of the newest version and a sign-off covers that.

    At the desk a person corrects at once and answers for it; software in their name is not that person.
    """
    version = newest(item)
    if live_sign_off(version) is not None and _canonical(given) == version.canonical_sha256:
        return
    raise Refused(
        Message("Nobody with the right to has signed off this text, and software publishes nothing unread."),
        Message("Send it as a new version and have it signed off, or correct it at the desk, at once."),
    )


def _canonical(given: Given) -> str:
    try:
        return read(given).canonical_sha256
    except CannotRead:
        return ""
