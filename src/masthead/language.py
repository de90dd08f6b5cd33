"""The language in which Masthead speaks to the person before it.

A `Message` keeps its English template and its values apart until it is shown, so that a finding
recorded by one person can be read by another in another language. The templates are the ids of the
gettext catalogue in `locale/`, which the library rooms and Django share.
"""

import gettext as _gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self

NAMES = {"en": "English", "fr": "Français"}
"""Every language we speak, by its tag, as it calls itself."""

LANGUAGES = tuple(NAMES)
"""Languages whose catalogue is complete; the first is the language of the templates."""

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "django"

_active: ContextVar[str] = ContextVar("masthead_language", default=LANGUAGES[0])

type Value = str | int | float | Message


def active() -> str:
    """The language messages are shown in, a member of `LANGUAGES`."""
    return _active.get()


def supported(tag: str) -> str:
    """The member of `LANGUAGES` nearest to a BCP 47 tag or a POSIX locale; English if none is near."""
    primary = tag.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else LANGUAGES[0]


@contextmanager
def using(language: str) -> Iterator[None]:
    """Show messages in `language` (any BCP 47 tag; see `supported`) inside the block."""
    token = _active.set(supported(language))
    try:
        yield
    finally:
        _active.reset(token)


def choose(language: str) -> None:
    """Show messages in `language` from here on: for a process that has one reader."""
    _active.set(supported(language))


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def gettext(text: str) -> str:
    """`text` in the active language, itself where the catalogue has no entry."""
    return _catalogue(active()).gettext(text)


@dataclass(frozen=True, slots=True)
class Message:
    """Something said to a person: a template in English with `%(name)s` places, and their values.

    `str()` gives it in the active language. With `plural`, the value named `n` chooses the form.
    Values are never translated unless they are messages themselves.
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        catalogue = _catalogue(active())
        if self.plural is None:
            text = catalogue.gettext(self.template)
        else:
            text = catalogue.ngettext(self.template, self.plural, int(str(self.values["n"])))
        shown = {
            name: value if isinstance(value, int | float) else str(value)
            for name, value in self.values.items()
        }
        return text % shown

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back; nested messages included."""
        values = {k: v.to_json() if isinstance(v, Message) else v for k, v in self.values.items()}
        return {"template": self.template, "values": values, "plural": self.plural}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The message that `to_json` wrote."""
        values = {k: cls.from_json(v) if isinstance(v, dict) else v for k, v in data["values"].items()}
        return cls(data["template"], values, data["plural"])
