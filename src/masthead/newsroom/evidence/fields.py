"""Read what is sealed in entries. Nothing else knows how the column `sealed` is written.

A field is kept as the very line that is hashed, `["<salt hex>","<name>",<value>]`, in order of names, a line
feed between two: canonical JSON holds no raw one. Of an erased field its digest alone is kept,
`{"digest":"<hex>","name":"<name>"}`.
"""

import json
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import BinaryField, BooleanField, F, Func, Value

from masthead.newsroom.evidence import sealed
from masthead.newsroom.evidence.models import Entry

_KEPT = re.compile(rb'\["([0-9a-f]{32})","([^"\\]+)",(.+)\]', re.DOTALL)
_ERASED = re.compile(rb'\{"digest":"([0-9a-f]{64})","name":"([^"\\]+)"\}')
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Field:
    """One sealed field. `value` is RFC 8785 JSON; of an erased field neither salt nor value is left."""

    name: str
    salt: bytes | None
    value: bytes | None
    digest: bytes

    @property
    def erased(self) -> bool:
        """Whether only its digest is left."""
        return self.value is None

    def line(self) -> bytes:
        """The field as it is kept."""
        if self.salt is None or self.value is None:
            return sealed.erased_line(self.name, self.digest)
        return sealed.line_of(self.salt, self.name, self.value)

    def without_value(self) -> "Field":
        """What is left of it once it is erased."""
        return Field(self.name, None, None, self.digest)


def fields_of(entry: Entry) -> tuple[Field, ...]:
    """The sealed fields of an entry in order of names. ValueError where they cannot be read."""
    return parse(bytes(entry.sealed))


def values_of(entry: Entry, names: Collection[str] | None = None) -> dict[str, Any]:
    """What its sealed fields say: those of these `names` or all, without those erased or unreadable."""
    return _values(bytes(entry.sealed), names)


def erased_of(entry: Entry) -> frozenset[str]:
    """The names of its sealed fields of which a digest alone is left."""
    found = (_ERASED.fullmatch(line) for line in bytes(entry.sealed).split(b"\n"))
    return frozenset(each[2].decode() for each in found if each is not None)


def said(places: Iterable[int], names: Collection[str] | None = None) -> dict[int, dict[str, Any]]:
    """What the entries at these places say, by place, as `values_of` gives it.

    One query for 500 places; nothing for a place that has no entry.
    """
    wanted = list(places)
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Entry.objects.filter(place__in=wanted[start : start + CHUNK]).order_by("place")
        for place, lines in rows.values_list("place", "sealed"):
            found[place] = _values(bytes(lines), names)
    return found


class Says(Func):
    """A condition on entries: that a field says this. May also hold where it stands within another value."""

    function = "instr"
    template = "%(function)s(%(expressions)s) > 0"

    def __init__(self, name: str, value: object) -> None:
        part = b",%s,%s]" % (sealed.canonical(name), sealed.canonical(value))
        super().__init__(F("sealed"), Value(part, BinaryField()), output_field=BooleanField())

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Its words in PostgreSQL, which has no such function for bytes under that name."""
        other = self.copy()
        other.set_source_expressions(self.get_source_expressions()[::-1])
        template = "position(%(expressions)s) > 0"
        return super(Says, other).as_sql(compiler, connection, template=template, arg_joiner=" IN ", **more)


def parse(lines: bytes) -> tuple[Field, ...]:
    """The fields in the column of an entry. ValueError where that is not its form."""
    return tuple(_field(line) for line in lines.split(b"\n")) if lines else ()


def join(fields: Iterable[Field]) -> bytes:
    """The column of an entry with these fields."""
    return b"\n".join(field.line() for field in sorted(fields, key=lambda field: field.name))


def _field(line: bytes) -> Field:
    kept = _KEPT.fullmatch(line)
    if kept is not None:
        salt, name, value = kept.groups()
        return Field(name.decode(), bytes.fromhex(salt.decode()), value, sha256(line).digest())
    erased = _ERASED.fullmatch(line)
    if erased is None:
        raise ValueError("a sealed field is not in its form")
    return Field(erased[2].decode(), None, None, bytes.fromhex(erased[1].decode()))


def _values(lines: bytes, names: Collection[str] | None) -> dict[str, Any]:
    found = {}
    for line in lines.split(b"\n"):
        kept = _KEPT.fullmatch(line)
        # What was tampered with is as if it were not there: verification names it, and pages go on.
        with suppress(ValueError):
            if kept is not None and (names is None or kept[2].decode() in names):
                found[kept[2].decode()] = json.loads(kept[3])
    return found
