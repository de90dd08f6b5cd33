"""Bring in what other software hands over under its own name for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import IntegrityError

from masthead.errors import Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.connections.alongside import alongside
from masthead.newsroom.connections.models import ExternalId
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.again import bring_up_to_date, nothing_new
from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.items.given import Answers, Given, UseGiven
from masthead.newsroom.items.models import Item, Version


@dataclass(frozen=True, slots=True)
class Named:
    """A name that other software gives: `external_id` within `source`, which names the software."""

    source: str
    external_id: str

    def item(self) -> Item | None:
        """The item of that name, if there is one."""
        return Item.objects.filter(
            external_ids__source=self.source, external_ids__external_id=self.external_id
        ).first()


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed over at once: content, sources, AI uses, answers, the language or `auto`."""

    given: Given
    sources: Sequence[Given] = ()
    uses: Sequence[UseGiven] = ()
    answers: Answers = Answers()  # noqa: RUF009 - frozen
    language: str = "auto"


def bring_in(actor: Actor, handed: Handed, name: Named | None = None, *, protected: bool = False) -> Version:
    """A new item, with its external name in the same transaction. `Stale` where an item has that name."""

    def call_it_so(entry: Entry) -> None:
        if name is not None:
            item = Item.objects.get(entry=entry)
            ExternalId.objects.create(source=name.source, external_id=name.external_id, item=item)

    answers = handed.answers
    try:
        with alongside(call_it_so):
            return add_item(
                actor,
                handed.given,
                sources=handed.sources,
                uses=handed.uses,
                title=answers.title,
                language=handed.language,
                public_interest=answers.public_interest,
                realistic=answers.realistic,
                protected=protected,
            )
    except IntegrityError as error:
        if name is None or name.item() is None:
            raise
        raise Stale(
            Message("An item of that name was brought in meanwhile."),
            Message("Look at it, then do the same again."),
        ) from error


def bring_up(actor: Actor, base: Version, handed: Handed, *, protected: bool | None = None) -> Version:
    """What is handed over as the newest version of an item; what is on record already is not said twice.

    `base` is the newest one so far, as whoever hands it over knows it.

    Protection comes before the new content, and stands though that is refused; it is lifted after it.
    """
    item = base.item
    if protected and not item.protected:
        protect(actor, item, protected=True)
    lifts = protected is False and bool(item.protected)
    if lifts:
        require(actor, Action.SEE_PROTECTED, now=datetime.now(UTC))
    version = _brought_up(actor, base, handed)
    if lifts:
        protect(actor, item, protected=False)
    return version


def _brought_up(actor: Actor, base: Version, handed: Handed) -> Version:
    if nothing_new(base, handed.given, handed.answers):
        return bring_up_to_date(actor, base, handed.sources, handed.uses)
    return add_version(
        actor,
        base,
        handed.given,
        sources=handed.sources,
        uses=handed.uses,
        answers=handed.answers,
        language=handed.language,
    )
