"""Rows as the database itself gives them, made into the bytes of `rows.row_digest` a column at a time.

Past what Django and the driver make of them: ids and times come as text, and what is one text in a whole
column is written once. A table with a column that takes more than that (a list, a number with decimals) has
no such shape and is read the other way. Whatever is not of its column's type raises ValueError or TypeError.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain, repeat
from json.encoder import encode_basestring
from typing import Any, ClassVar

from django.db import connection, models

from masthead.newsroom.evidence.rows import INTEGERS, kind_of, number_text

type Column = Sequence[Any]

_ID_DIGITS = 32
_DASHED_AT = [digit + sum(digit >= dash for dash in (8, 12, 16, 20)) for digit in range(_ID_DIGITS)]
_DASHES = b"-" * (_ID_DIGITS + 4) + b"\n"


class Dialect:
    """How a database is asked for a column, and what such a column is as text. This one is SQLite's.

    A plus keeps Python's driver from making something of the column, and leaves what it is as it is: where
    text is due and none stands there, that is noticed.
    """

    asked: ClassVar[Mapping[str, str]] = dict.fromkeys(("DateTimeField", "DateField", "BooleanField"), "+%s")

    # A plus leaves a column the collation it was declared with, which may know no capitals or blanks.
    unsought = "+%s COLLATE BINARY"
    """A column by which rows are not to be sought, though it has an index; compared byte for byte."""

    says = f"{unsought} IS %%s"
    """That a column says this, or nothing, and nothing that is equal to it. Empty: nothing to be asked so."""

    def ids(self, column: Column) -> list[str]:
        """Ids with their dashes, from 32 digits each."""
        if not {_ID_DIGITS}.issuperset(map(len, column)):
            raise ValueError("an id is 32 digits")
        digits = "".join(column).encode("ascii")
        dashed = bytearray(_DASHES * len(column))
        # One digit of all of them at a time.
        for digit, at in enumerate(_DASHED_AT):
            dashed[at :: len(_DASHES)] = digits[digit::_ID_DIGITS]
        return dashed.decode("ascii").split("\n")[:-1]

    def times(self, column: Column) -> list[str]:
        """Moments as they are sealed: SQLite's text leaves out a fraction that is zero."""
        if not {" "}.issuperset([time[10] for time in column]):
            raise ValueError("a blank stands between the day and the time")
        if ".000000" in {time[19:] for time in column}:
            raise ValueError("a fraction that is zero is not written")
        return [f"{time[:10]}T{time[11:]}{'' if len(time) == 26 else '.000000'}+00:00" for time in column]


def _in_words(moment: str, form: str) -> str:
    """A moment in this form, and one that Python has none for as what is in no such form.

    Of an era before ours the form says nothing, and of what is infinite not even that it is there.
    """
    some = f"{moment} >= '0001-01-01' AND {moment} < '10000-01-01'"
    return f"CASE WHEN {some} THEN to_char({moment}, '{form}') ELSE 'x' || ({moment})::text END"


class _PostgreSQL(Dialect):
    """The other one, which writes ids and times as they are wanted."""

    asked: ClassVar[Mapping[str, str]] = {
        "UUIDField": "%s::text",
        "DateTimeField": _in_words("%s AT TIME ZONE 'UTC'", 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
        "DateField": _in_words("%s", "YYYY-MM-DD"),
        "BooleanField": "%s::int",
    }

    unsought = "%s"
    # With such conditions it expects hardly a row, and plans for that: its server took three times as long.
    says = ""

    def ids(self, column: Column) -> list[str]:
        """Ids as they came."""
        return list(column)

    times = ids


_DIALECTS: Mapping[str, Dialect] = {"sqlite": Dialect(), "postgresql": _PostgreSQL()}


def dialect() -> Dialect:
    """That of the database in use."""
    return _DIALECTS[connection.vendor]


def fetched(statement: str, parameters: Sequence[int | str | None]) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


class Alike:
    """What was one text, or nothing, in a whole column before: the database is asked whether it still is.

    Of each row, in one more column: no row may be left out for what it says, and it is a third of what it
    takes to fetch as many values. Where one row says something else, all of it is fetched, and that column
    ever after. Of SQLite alone.
    """

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str | None]] = {}

    def fetched(
        self, statement: str, columns: Sequence[str], parameters: Sequence[int | str]
    ) -> list[Column]:
        """The columns that the statement has a gap for, of the rows it asks for; none where no row is."""
        said = self._said.get(statement)
        if said:
            so = " AND ".join(dialect().says % column for column in said)
            asked = [so, *(each for each in columns if each not in said)]
            listed = _columns(statement, asked, [*said.values(), *parameters])
            if listed and all(listed[so]):
                count = len(listed[so])
                return [listed[each] if each in listed else (said[each],) * count for each in columns]
        listed = _columns(statement, columns, parameters)
        if listed and dialect().says:
            now = {each: values[0] for each, values in listed.items() if _one_text(values)}
            self._said[statement] = now if said is None else dict(said.items() & now.items())
        return [*listed.values()]


def _columns(
    statement: str, columns: Sequence[str], parameters: Sequence[int | str | None]
) -> dict[str, Column]:
    found = fetched(statement.format(columns=", ".join(columns)), parameters)
    return dict(zip(columns, zip(*found, strict=True), strict=True)) if found else {}


def _one_text(column: Column) -> bool:
    first = column[0]
    return (first is None or type(first) is str) and column.count(first) == len(column)


def asked(field: "models.Field[Any, Any]", table: str) -> str:
    """How to ask for a column of the table that goes by this name."""
    return dialect().asked.get(kind_of(field), "%s").replace("%s", f'{table}."{field.column}"')


class RawShape:
    """How the rows of one table become bytes, settled once for the table and the database."""

    def __init__(self, model: type[models.Model]) -> None:
        listed = model._meta.concrete_fields
        words = _words(dialect())
        self.complete = all(kind_of(field) in words for field in listed)
        """Whether its rows can be read so."""
        self.columns = [asked(field, "t") for field in listed]
        self.asked = ", ".join(self.columns)
        self.at_id = [field.attname for field in listed].index("id")
        parts = [(f'"{field.column}":', at, words.get(kind_of(field))) for at, field in enumerate(listed)]
        self._parts = [((name + each[0], each[0]), at, each[1]) for name, at, each in sorted(parts) if each]

    def texts(self, columns: Sequence[Column], ids: list[str] | None = None) -> list[str]:
        """RFC 8785 of each row, null columns left out; of one row at least. `ids` are theirs, if known."""
        gaps, varying, comma = ["{"], [], ""
        for (before, after), at, words in self._parts:
            column = columns[at]
            first, count = column[0], column.count(column[0])
            if first is None and count == len(column):
                continue
            if type(first) is str and count == len(column):
                gaps[-1] += f"{comma}{before}{words([first])[0]}{after}"
            elif None in column:
                varying.append(
                    _some(column, words, f",{before}" if comma else before, after + "," * (not comma))
                )
                gaps.append("")
                continue
            else:
                varying.append(ids if ids and at == self.at_id else words(column))
                gaps[-1] += comma + before
                gaps.append(after)
            comma = ","
        gaps[-1] += "}"
        return filled(gaps, varying) if varying else gaps * len(columns[0])


def filled(gaps: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """Texts with one of each column between what is alike in all of them."""
    parts = chain.from_iterable((repeat(gap), column) for gap, column in zip(gaps, columns, strict=False))
    return [*map("".join, zip(*parts, repeat(gaps[-1]), strict=False))]


def _some(column: Column, words: "Words", before: str, after: str) -> list[str]:
    """What a column says where it says anything."""
    said = iter(words([value for value in column if value is not None]))
    return ["" if value is None else before + next(said) + after for value in column]


@cache
def shape_of(model: type[models.Model], vendor: str) -> RawShape:
    """The shape of a table in a database of that `vendor`, the one in use."""
    return RawShape(model)


type Words = Callable[[Column], list[str]]


def _words(dialect: Dialect) -> dict[str, tuple[str, Words]]:
    """The quotes around a column of each kind in a row's JSON, and how it becomes text."""
    text: tuple[str, Words] = ("", _each(encode_basestring))
    return {
        "CharField": text,
        "TextField": text,
        "UUIDField": ('"', dialect.ids),
        "DateTimeField": ('"', dialect.times),
        "DateField": text,
        "BooleanField": ("", _each(_truth)),
        "BinaryField": ('"', _each(bytes.hex)),
        **dict.fromkeys(INTEGERS, ("", _numbers)),
    }


def _each(words: Callable[[Any], str]) -> Words:
    return lambda column: [*map(words, column)]


def whole(column: Column) -> bool:
    """Whether a column holds whole numbers alone: to Python, 1.0 is equal to one."""
    return {*map(type, column)} == {int}


def _numbers(column: Column) -> list[str]:
    if not whole(column):
        raise ValueError("a number is a whole one")
    return [*map(number_text, column)]


def _truth(value: object) -> str:
    if type(value) is not int or value not in (0, 1):
        raise ValueError("a truth is 0 or 1")
    return "true" if value else "false"
