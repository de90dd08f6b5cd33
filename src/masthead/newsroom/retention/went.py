"""The erased versions of an item, as pages and the terminal tell of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.lists import format_list

from masthead.language import Message, active
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.left import erased_by
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.retention.words import GROUNDS, Ground


@dataclass(frozen=True, slots=True)
class Went:
    """Versions that were erased with one entry: when, by whom and why. `ground` is None if unknown."""

    versions: tuple[int, ...]
    entry: Entry
    by: str | Message
    ground: Ground | None

    @property
    def numbers(self) -> str:
        """Their numbers, one after the other."""
        return format_list([str(each) for each in self.versions], locale=active())

    @property
    def why(self) -> Message:
        """The ground in words."""
        return GROUNDS[self.ground] if self.ground else Message("not known")


def went(item: Item, left: Version | None) -> tuple[Went, ...]:
    """The versions erased after the one that is left, by the entries that did it, the oldest first."""
    return _by_entry(item.versions.filter(number__gt=left.number if left else 0).order_by("number"))


def _by_entry(versions: Iterable[Version]) -> tuple[Went, ...]:
    by: dict[int, tuple[Entry, list[int]]] = {}
    for version in versions:
        entry = erased_by(version) if is_erased(version.sha256) else None
        if entry is not None:
            by.setdefault(entry.place, (entry, []))[1].append(version.number)
    names = Person.objects.in_bulk([entry.actor for entry, _ in by.values() if entry.actor])
    found = []
    for entry, numbers in (by[place] for place in sorted(by)):
        who = names[entry.actor].called if entry.actor in names else Message("the clock")
        said = values_of(entry, ("ground",)).get("ground")
        found.append(Went(tuple(numbers), entry, who, Ground(said) if said in list(Ground) else None))
    return tuple(found)
