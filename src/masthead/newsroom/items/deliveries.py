"""What is handed in is taken once, however often it is sent: pressed twice, or again after *back*."""

from datetime import datetime, timedelta

from masthead.errors import Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.items.given import Delivery
from masthead.newsroom.items.models import Item, Version

REMEMBERED = timedelta(days=1)
"""How long the very same thing under another mark counts as sent again, not as meant twice."""


class Taken(Stale):
    """This was handed in already, and became `version`."""

    def __init__(self, version: Version) -> None:
        super().__init__(
            Message("This was handed in already, a moment ago."), Message("Look for it among your work.")
        )
        self.version = version


class MarkUsed(Stale):
    """Something else was handed in under this mark: `version`, None where it is not this person's."""

    def __init__(self, version: Version | None) -> None:
        super().__init__(
            Message("Something else was handed in under this mark."),
            Message("Look it over and send it again."),
        )
        self.version = version


def taken_before(actor: Actor, once: Delivery | None, item: Item | None, *, now: datetime) -> Version | None:
    """What this delivery became already, as a version of `item`, or where that is None as a new item.

    The very same thing is known under another mark too, as a browser shows a form anew when one goes back to
    it; for a day, and not once it was withdrawn. An address is no such thing, only what was found there: so
    before `once` says what it brings in, it is known by its mark alone. Raises `MarkUsed`.
    """
    if once is None:
        return None
    known = Version.objects.filter(once=once.mark).first()
    if known is None:
        return _same(actor, once, item, now) if once.content else None
    if known.author_id != actor.person_id or not _about(known, item):
        raise MarkUsed(None)
    # What came before it was kept what came with a mark goes by its mark alone.
    if known.sent_sha256 not in (None, once.sent):
        raise MarkUsed(known)
    return known


def only_once(actor: Actor, once: Delivery | None, item: Item | None, *, now: datetime) -> None:
    """Under the lock: raise `Taken` for the second of two deliveries at the same moment, or `MarkUsed`."""
    if (known := taken_before(actor, once, item, now=now)) is not None:
        raise Taken(known)


def _about(known: Version, item: Item | None) -> bool:
    return known.number == 1 if item is None else known.item_id == item.pk and known.number > 1


def _same(actor: Actor, once: Delivery, item: Item | None, now: datetime) -> Version | None:
    same = Version.objects.filter(
        sent_sha256=once.sent, author=actor.person_id, added_at__gt=now - REMEMBERED, item__withdrawal=None
    )
    same = same.filter(item=item, number__gt=1) if item else same.filter(number=1)
    same = same.filter(sha256=once.content).order_by("-added_at").prefetch_related("sources")
    return next((each for each in same if _holds(each, once.sources)), None)


def _holds(version: Version, sources: frozenset[str]) -> bool:
    """Whether all these are among its sources: others may have been added since."""
    return sources <= {source.sha256 for source in version.sources.all()}
