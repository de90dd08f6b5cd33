"""The same file handed in again: go on with what is there instead of beginning anew."""

from collections.abc import Sequence
from hashlib import sha256

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.items.commands import add_source, newest, record_use
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.items.models import Item, Version


def unpublished_copy(actor: Actor, given: Given) -> Version | None:
    """The newest version of an item of this person that holds the very same bytes and is not out."""
    digest = sha256(given.content).hexdigest()
    held = Item.objects.filter(author_id=actor.person_id, versions__sha256=digest, publications=None)
    for item in held.order_by("-id").distinct():
        version = newest(item)
        if version.sha256 == digest:
            return version
    return None


def bring_up_to_date(
    actor: Actor, version: Version, sources: Sequence[Given], uses: Sequence[UseGiven]
) -> Version:
    """Record the sources and AI uses that are not yet on record for `version`."""
    known = set(version.sources.values_list("sha256", flat=True))
    for given in sources:
        if sha256(given.content).hexdigest() not in known:
            add_source(actor, version, given)
    said = {(use.system.casefold(), use.task, use.tier) for use in version.ai_uses.all()}
    for use in uses:
        if (use.system.casefold(), use.task or "", use.tier) not in said:
            record_use(actor, version, use)
    return version
