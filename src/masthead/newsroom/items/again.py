"""The same file handed in again: go on with what is there instead of beginning anew."""

from collections.abc import Sequence
from hashlib import sha256

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.items.commands import add_source, newest, record_use, says_anew
from masthead.newsroom.items.given import Answers, Given, UseGiven
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.said import key


def same_file(actor: Actor, given: Given) -> Version | None:
    """The newest version of an item of this person that holds the very same bytes and was not withdrawn."""
    digest = sha256(given.content).hexdigest()
    held = Item.objects.filter(author_id=actor.person_id, versions__sha256=digest, withdrawal=None)
    for item in held.order_by("-id").distinct():
        version = newest(item)
        if version.sha256 == digest:
            return version
    return None


def nothing_new(base: Version, given: Given, answers: Answers) -> bool:
    """Whether file and answers are what is on record already."""
    same = base.sha256 == sha256(given.content).hexdigest()
    return same and not says_anew(base, answers)


def bring_up_to_date(
    actor: Actor, version: Version, sources: Sequence[Given], uses: Sequence[UseGiven]
) -> Version:
    """Record the sources and AI uses that are not yet on record for `version`.

    What is out already takes none: what the audience was told rests on those it had.
    """
    known = set(version.sources.values_list("sha256", flat=True))
    new_sources = [given for given in sources if sha256(given.content).hexdigest() not in known]
    said = {(key(use.system), use.task, use.tier) for use in version.ai_uses.all()}
    new_uses = [use for use in uses if (key(use.system), use.task or "", use.tier) not in said]
    if (new_sources or new_uses) and version.item.publications.filter(version=version).exists():
        raise Refused(
            Message("This very file is published already, and without what you say of it now."),
            Message("Publish a correction that says so."),
        )
    for given in new_sources:
        add_source(actor, version, given)
    for use in new_uses:
        record_use(actor, version, use)
    return version
