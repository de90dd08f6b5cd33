"""Rows of the log as they are found: of one that holds what it should not, its place alone.

Pages are read when something is wrong, so none of them ends at one such row; `verify` names what is wrong.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from masthead.newsroom.evidence.key_ring import UNREADABLE
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.legible import legible
from masthead.newsroom.evidence.models import Entry

LAST = 2**63 - 1
"""The last place there can be: what is no number stands after it."""
NO_KIND = -1
"""Stands for the kind of one that cannot be read."""
_KINDS = frozenset(kind.value for kind in Kind)
_NOTHING: Mapping[str, Any] = {"actor": None, "commitment": b"", "leaf_hash": b"", "sealed": b""}


def at(places: Collection[int]) -> list[Entry]:
    """The entries at these places, newest first. One that cannot be read has nothing but its place."""
    rows = Entry.objects.filter(place__in=places).order_by("-place")
    try:
        found = legible(rows, "recorded_at")
    except UNREADABLE:
        stand = rows.values_list("place", flat=True)
        found = [each for place in stand for each in _alone(place)]
    return [each if _of_bytes(each) else _nothing(each.place) for each in found]


def known(entry: Entry) -> bool:
    """Whether it can be told: its row was read, and its kind is one."""
    return entry.kind in _KINDS


def shaped(said: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says, without what is not of the form that pages go by: somebody changed it."""
    return {name: value for name, value in said.items() if name not in _FORMS or _FORMS[name](value)}


def _alone(place: int) -> list[Entry]:
    try:
        return legible(Entry.objects.filter(place=place), "recorded_at")
    except UNREADABLE:
        return [_nothing(place)]


def _nothing(place: int) -> Entry:
    return Entry(place=place, kind=NO_KIND, **_NOTHING)


def _of_bytes(entry: Entry) -> bool:
    return all(isinstance(getattr(entry, name), bytes | memoryview) for name in _NOTHING if name != "actor")


def _id(value: object) -> bool:
    try:
        return value is None or (isinstance(value, str) and bool(UUID(value)))
    except ValueError:
        return False


def _text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _uses(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _places(value: object) -> bool:
    return isinstance(value, list) and all(type(each) is int for each in value)


_FORMS = {
    **dict.fromkeys(("actor", "person", "accountable", "invited_by"), _id),
    **dict.fromkeys(("item", "system", "party", "key", "tier", "through", "role"), _text),
    "uses": _uses,
    "rests_on": _places,
}
