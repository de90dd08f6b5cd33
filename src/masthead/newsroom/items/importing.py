"""AI uses that other software recorded, thousands at once, by the rules for one.

What is on record already is passed over, so a run that was cut off is done again from its beginning: nothing
is recorded twice. What the rules refuse is told by its line, and the others go on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.bulk import AT_ONCE, Made, record_all
from masthead.newsroom.evidence.vouched import new_id
from masthead.newsroom.items.commands import USE_RECORDED, published_already
from masthead.newsroom.items.erased import Erased, is_erased
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.models import AIUse, Item, Version
from masthead.newsroom.said import key


@dataclass(frozen=True, slots=True)
class Told:
    """An AI use of the whole of an item's newest version, as line `number` told it."""

    number: int
    item: str
    """The item's public id."""
    use: UseGiven


@dataclass(slots=True)
class Imported:
    """What became of some lines, once that is durable."""

    recorded: int = 0
    known: int = 0
    refused: list[tuple[int, Message]] = field(default_factory=list)


def import_uses(actor: Actor, told: Iterable[Told], *, at_once: int = AT_ONCE) -> Iterator[Imported]:
    """Record each AI use on its item's newest version; says after each batch what became of it."""
    outcome = Imported()

    def decide(some: Sequence[Told], now: datetime) -> Iterable[Made]:
        require(actor, Action.WORK_ON_ITEM, now=now)
        rules = _Rules(some)
        for each in some:
            answer = rules.version_for(each)
            if isinstance(answer, Message):
                outcome.refused.append((each.number, answer))
            elif answer is None:
                outcome.known += 1
            else:
                outcome.recorded += 1
                yield _made(actor, each, answer)

    for _ in record_all(USE_RECORDED, told, actor=actor.person_id, decide=decide, at_once=at_once):
        yield outcome
        outcome = Imported()


def _made(actor: Actor, told: Told, version: UUID) -> Made:
    use = told.use
    said = {"system": use.system, "task": use.task or "", "tier": use.tier}
    row = {
        **said,
        "id": new_id(),
        "version_id": version,
        "start": None,
        "end": None,
        "quote": "",
        "recorded_by_id": actor.person_id,
        "recorded_through": actor.through,
    }
    return Made({"item": told.item, "uses": [said], "through": actor.through}, [(AIUse, row)])


class _Rules:
    """What the record says of all items of a batch, read at once, under the lock."""

    def __init__(self, some: Sequence[Told]) -> None:
        self._items = dict(
            Item.objects.filter(public_id__in={each.item for each in some}).values_list("public_id", "pk")
        )
        versions = Version.objects.filter(item__in=self._items.values()).order_by("number")
        self._newest = {
            item: (pk, sha256) for item, pk, sha256 in versions.values_list("item", "pk", "sha256")
        }
        newest = [pk for pk, _ in self._newest.values()]
        # By the item's publications, as for one: the room of items does not know of those.
        out = Item.objects.filter(pk__in=self._items.values(), publications__version__in=newest)
        self._out = set(out.values_list("publications__version", flat=True))
        uses = AIUse.objects.filter(version__in=newest, start=None, end=None)
        self._said = {
            (version, key(system), task, tier)
            for version, system, task, tier in uses.values_list("version", "system", "task", "tier")
        }

    def version_for(self, told: Told) -> UUID | Message | None:
        """The version to record it on, None where it is on record, or why it may not be."""
        item = self._items.get(told.item)
        if item is None:
            return Message("There is no item of that id.")
        version, sha256 = self._newest[item]
        if is_erased(sha256):
            return Erased().what
        said = (version, key(told.use.system), told.use.task or "", told.use.tier)
        if said in self._said:
            return None
        if version in self._out:
            return published_already().what
        self._said.add(said)
        return version
