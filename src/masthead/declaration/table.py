"""Reading TOML that may be wrong: every key is there, has its type, and none is left over."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from masthead.declaration.refusal import CatalogueError
from masthead.language import Message


class Table:
    """One table of one data file. Each method takes a key and raises `CatalogueError` naming it.

    `end` refuses the keys that nobody took, so a misspelt key is never passed over in silence.
    """

    def __init__(self, file: str, values: Mapping[str, object], path: str = "") -> None:
        self.file = file
        self._values = values
        self._path = path
        self._taken: set[str] = set()

    def refuse(self, key: str, problem: Message, remedy: Message) -> NoReturn:
        """Raise for `key` of this table."""
        raise CatalogueError(self.file, self._where(key), problem, remedy)

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        """A string that says something, unless it may be empty."""
        value = self._take(key)
        if not isinstance(value, str):
            self._wrong_type(key, Message("a text in quotation marks"))
        if not may_be_empty and not value.strip():
            self.refuse(key, Message("it is empty."), Message("Write the text."))
        return value

    def texts(self, key: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
        """A list of non-empty strings without repeats."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self._wrong_type(key, Message("a list of texts"))
        if not value and not may_be_empty:
            self.refuse(key, Message("it is empty."), Message("Name at least one."))
        if len(set(value)) < len(value):
            self.refuse(key, Message("it names the same twice."), Message("Remove the repeat."))
        return tuple(value)

    def number(self, key: str) -> int:
        """A whole number, zero or more."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self._wrong_type(key, Message("a whole number, 0 or more"))
        return value

    def member[E: StrEnum](self, key: str, kind: type[E]) -> E:
        """A member of a closed list, by its value."""
        return self._member(key, kind, self.text(key))

    def members[E: StrEnum](self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Members of a closed list without repeats; may be none."""
        return tuple(self._member(key, kind, one) for one in self.texts(key, may_be_empty=True))

    def table(self, key: str) -> "Table":
        """The table under `key`."""
        value = self._take(key)
        if not isinstance(value, dict):
            self._wrong_type(key, Message("a table"))
        return Table(self.file, value, self._where(key))

    def rows(self, key: str, name: str) -> "list[Table]":
        """The tables of a list; a row is called by its `name` in refusals, or by its place."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self._wrong_type(key, Message("a list of tables"))
        return [
            Table(self.file, row, f"{self._where(key)}[{row.get(name, f'#{place}')}]")
            for place, row in enumerate(value, start=1)
        ]

    def end(self) -> None:
        """Refuse what nobody took."""
        for key in self._values:
            if key not in self._taken:
                known = ", ".join(sorted(self._taken))
                self.refuse(
                    key,
                    Message("it is not known here."),
                    Message("Remove it, or correct its spelling. Known keys: %(known)s.", {"known": known}),
                )

    def _where(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _take(self, key: str) -> object:
        if key not in self._values:
            self.refuse(key, Message("it is missing."), Message("Add it to the file."))
        self._taken.add(key)
        return self._values[key]

    def _member[E: StrEnum](self, key: str, kind: type[E], value: str) -> E:
        known = {member.value: member for member in kind}
        if value not in known:
            self.refuse(
                key,
                Message("“%(value)s” is not one of the values it can have.", {"value": value}),
                Message("Use one of these: %(known)s.", {"known": ", ".join(known)}),
            )
        return known[value]

    def _wrong_type(self, key: str, wanted: Message) -> NoReturn:
        self.refuse(
            key,
            Message("it should be %(wanted)s.", {"wanted": wanted}),
            Message("Correct the value."),
        )


def read(folder: Path, file: str, called: str | None = None) -> Table:
    """The data file `file` in `folder`, named `called` in refusals; raises `CatalogueError`."""
    called = called or file
    try:
        return Table(called, tomllib.loads((folder / file).read_text(encoding="utf-8")))
    except FileNotFoundError:
        problem, remedy = Message("the file is missing."), Message("Put it back, or write it.")
    except UnicodeDecodeError:
        problem, remedy = Message("the file is not UTF-8."), Message("Save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        problem = Message("it is not TOML: %(reason)s.", {"reason": str(error)})
        remedy = Message("Correct the file at that place.")
    raise CatalogueError(called, "", problem, remedy) from None
