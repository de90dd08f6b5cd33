"""Which words a correction changed, as far as the audience may read them.

No word is told that does not stand in what is out now: what a correction takes out may be the very address
or name that should not have been there (docs/decisions, 7), and so may be what a later one took out again.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

from masthead.errors import MastheadError
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public.compared import Compared, Said, between, kept, said_of
from masthead.newsroom.public.page import PublicDifference
from masthead.vocabulary import Medium

LONG = 200_000
"""Bytes of a text that is compared for its page."""
ALL = 1_000_000
"""Bytes of all versions of a text that are compared for one page, from the newest back."""
MOST = 5
"""Changed paragraphs that are shown of one correction; of the others the number is told."""


def differences(item: Item) -> list[PublicDifference]:
    """What changed in words with each publication of `item` after its first, oldest first.

    Nothing in all of them once the item is withdrawn. Those before the newest `ALL` bytes are `left_out`.
    """
    versions = [out.version for out in item.publications.order_by("entry__place").select_related("version")]
    for version in versions:
        version.item = item
    if getattr(item, "withdrawal", None) is not None:
        return [PublicDifference()] * (len(versions) - 1)
    told = versions[-_near(versions) :]
    pairs = list(pairwise(told))
    said = cache(said_of)
    compared = [_compared(old, new, said) for old, new in pairs]
    now = next(reversed(compared), None) or _compared(told[-1], told[-1], said)
    left_out = [PublicDifference(left_out=True)] * (len(versions) - len(told))
    return left_out + [
        PublicDifference(too_long=True) if _too_long(old) or _too_long(new) else _told(each, now)
        for each, (old, new) in zip(compared, pairs, strict=True)
    ]


def _near(versions: list[Version]) -> int:
    """How many of the newest are compared; those that are not read take no time."""
    taken = 0
    for count, version in enumerate(reversed(versions)):
        if version.item.medium == Medium.TEXT and not _too_long(version):
            taken += version.size
        if taken > ALL:
            return count
    return len(versions)


def _too_long(version: Version) -> bool:
    return version.item.medium == Medium.TEXT and version.size > LONG


def _compared(old: Version, new: Version, said: Callable[[Version], Said]) -> Compared | None:
    """None where they cannot be compared: too long, or no longer to be read. The page is told without it."""
    if _too_long(old) or _too_long(new):
        return None

    def compare() -> Compared:
        found = between(said(old), said(new))
        # Asked last: what became protected meanwhile is not kept.
        hidden = Item.objects.filter(pk=new.item_id, protected=True).exists()
        return replace(found, rests=None) if hidden else found

    try:
        return compare() if new.item.protected else kept.get((old.pk, new.pk), compare)
    except MastheadError:
        return None


def _told(found: Compared | None, now: Compared | None) -> PublicDifference:
    """What may be told of a change while `now` is out."""
    if found is None or now is None:
        return PublicDifference()
    passages = [passage for words, passage in found.changed if words in now.standing]
    changed_again = len(found.changed) - len(passages)
    if found.titled is not None and found.title == now.title:
        passages.insert(0, found.titled)
    more = max(0, len(passages) - MOST)
    return PublicDifference(
        tuple(passages[:MOST]), more, found.taken_out, changed_again, too_long=found.too_long
    )
