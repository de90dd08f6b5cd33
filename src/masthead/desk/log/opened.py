"""The sealed fields of one entry, as far as a reader may see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from masthead.desk.log.naming import NAMES
from masthead.desk.log.seeing import PERSONS, WORDS_OF_PEOPLE, Said, Shows, Sight, publications_on
from masthead.desk.log.values import Value, value_of
from masthead.language import Message
from masthead.newsroom.evidence.fields import erased_of
from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind, Opens, opening_of
from masthead.newsroom.evidence.models import Entry

OPENS = {
    Opens.NEVER: Message("never leaves the record"),
    Opens.WITH_ITEM: Message("told when the item is published"),
    Opens.WITH_VERSION: Message("told when this very version is published"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the record and in words, what it holds, and when it may be told."""

    name: str
    called: Message
    value: Value
    opens: Message


def fields_of(entry: Entry, said: Said, seen: Sight, names: Mapping[str, str]) -> tuple[list[Field], int]:
    """The fields that this reader may see, and how many more there are."""
    kind = Kind(entry.kind)
    whole = sorted({*FIELDS[kind].opens, *IMPLICIT})
    shown, erased = [name for name in whole if name in _seen(entry, said, seen)], erased_of(entry)
    return [
        Field(
            name,
            NAMES[name],
            _value(kind, name, said, names) if name in said else _without(name, erased),
            OPENS[opening_of(kind, name)],
        )
        for name in shown
    ], len(whole) - len(shown)


def _seen(entry: Entry, said: Said, seen: Sight) -> set[str]:
    kind, shows = Kind(entry.kind), seen.of(entry, said)
    every = {*FIELDS[kind].opens, *IMPLICIT}
    if shows is Shows.ALL:
        return every
    if shows is Shows.KIND:
        return set()
    if "item" not in FIELDS[kind].opens:
        return every - PERSONS - WORDS_OF_PEOPLE - {"rows", "entry"}
    found: set[str] = set()
    for publication in publications_on(seen.lines[said["item"]], entry.place):
        found |= {name for name in every if _opens_with(publication, kind, name, said)}
    return found


def _opens_with(publication: Said, kind: Kind, name: str, said: Said) -> bool:
    opens = opening_of(kind, name)
    if opens is Opens.WITH_VERSION:
        return said.get("canonical_sha256") == publication.get("canonical_sha256")
    return opens is Opens.WITH_ITEM


def _without(name: str, erased: Collection[str]) -> Value:
    """What is not there any more is told from what somebody changed."""
    return Value((str(Message("erased") if name in erased else Message("cannot be read")),))


def _value(kind: Kind, name: str, said: Said, names: Mapping[str, str]) -> Value:
    if name in PERSONS and said[name] in names:
        return Value((names[said[name]],))
    return value_of(kind, name, said[name])
