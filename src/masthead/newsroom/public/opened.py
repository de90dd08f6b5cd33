"""What opened in the log with a publication, as its page tells it: entry by entry, out of the bundle itself.

Read from the bundle and not from the record, so that the page shows what whoever verifies it will find.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list

from masthead.joined import apart
from masthead.labels.dates import spoken_utc
from masthead.language import Message, active
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.public.counted import checks_said, counts_said, levels_said
from masthead.newsroom.public.showing.words import MEDIA
from masthead.newsroom.said import counted
from masthead.vocabulary import LABELS, Medium, Role, Task

KINDS: Mapping[Kind, Message] = {
    Kind.ITEM_ADDED: Message("item added"),
    Kind.VERSION_ADDED: Message("version added"),
    Kind.AI_USE_RECORDED: Message("AI use recorded"),
    Kind.CHECKS_RUN: Message("checks run"),
    Kind.FINDING_WAIVED: Message("finding waived"),
    Kind.SIGNED_OFF: Message("signed off"),
    Kind.PUBLISHED: Message("published"),
    Kind.BREAK_GLASS: Message("break-glass"),
    Kind.SECOND_REVIEW: Message("second review"),
    Kind.CORRECTED: Message("corrected"),
    Kind.WITHDRAWN: Message("withdrawn"),
}
"""Every kind that opens; a test holds it complete."""

NAMES: Mapping[str, Message] = {
    "recorded_on": Message("Recorded on"),
    "role": Message("Role"),
    "medium": Message("Medium"),
    "uses": Message("The AI uses"),
    "sources": Message("The sources"),
    "ran": Message("Checks that were run"),
    "not_run": Message("Checks that could not be run"),
    "levels": Message("How many findings of each weight"),
    "counts": Message("What the checks counted"),
    "self_signed": Message("Whether they signed their own work"),
    "overridden": Message("What stood in the way"),
    "review_due_on": Message("Second review due on"),
    "upheld": Message("Whether it stands"),
    "through": Message("Through"),
    "media_type": Message("Kind of file"),
    "rests_on": Message("The entries it rests on"),
    "canonical_sha256": Message("Hash of the version, whatever its typography"),
    "published_sha256": Message("Hash of the file that went out"),
    "disclosure_sha256": Message("Hash of what the audience was told"),
}
"""Every field that opens, in the order in which they are told; `item` is the page's own."""

DOORS = {
    "terminal": Message("the terminal"),
    "desk": Message("the desk"),
    "api": Message("software, with a token"),
}


@dataclass(frozen=True, slots=True)
class OpenedField:
    """One field: what it is called, and what it says; `data` is whether that is for machines."""

    called: Message
    said: str
    data: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """One entry of a bundle, with its place in the log."""

    place: int
    what: Message
    fields: tuple[OpenedField, ...]


def opened(bundle: Mapping[str, Any]) -> tuple[Opened, ...]:
    """The entries of a bundle that was read as JSON, in order of places."""
    return tuple(_entry(each) for each in bundle["entries"])


def _entry(entry: Mapping[str, Any]) -> Opened:
    values = {each["name"]: each["value"] for each in entry["opened"]}
    kind = Kind(entry["face"]["kind"])
    return Opened(int(entry["place"]), KINDS[kind], tuple(_fields(values)))


def told(values: Mapping[str, Any]) -> tuple[OpenedField, ...]:
    """What an entry opened, in words."""
    return tuple(_fields(values))


def _fields(values: Mapping[str, Any]) -> Iterator[OpenedField]:
    for name, called in NAMES.items():
        if name in values:
            yield OpenedField(called, _said(name, values[name]), data=name.endswith("sha256"))


def _said(name: str, value: Any) -> str:
    says = SAYS.get(name, _plain)
    try:
        return says(value)
    except (ValueError, LookupError, TypeError, AttributeError):
        # What this release has no words for, another had: it is told as it stands.
        return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case None:
            return str(Message("not answered"))
        case bool():
            return str(Message("yes") if value else Message("no"))
        case int():
            return counted(value)
        case dict():
            return _listed([f"{name} {_plain(each)}" for name, each in value.items()])
        case list():
            return _listed([_plain(each) for each in value])
    return str(value)


def _apart(parts: Iterable[str]) -> str:
    """Parts that may hold commas of their own."""
    return apart(parts) or str(Message("none"))


def _listed(parts: list[str]) -> str:
    return ", ".join(parts) or str(Message("none"))


def _use(use: Mapping[str, str]) -> str:
    if not use.get("task"):
        return f"{use['system']} ({use['tier']})"
    said = f"{LABELS[Task(use['task'])]} ({use['tier']})"
    return str(Message("%(name)s: %(said)s", {"name": use["system"], "said": said}))


SAYS: Mapping[str, Callable[[Any], str]] = {
    "recorded_on": lambda value: spoken_utc(date.fromisoformat(value)),
    "review_due_on": lambda value: spoken_utc(date.fromisoformat(value)),
    "role": lambda value: str(LABELS[Role(value)]),
    "medium": lambda value: str(MEDIA[Medium(value)]),
    "uses": lambda value: _listed([_use(each) for each in value]),
    "counts": lambda value: _apart(counts_said(value)),
    "levels": lambda value: _listed(list(levels_said(value))),
    "ran": lambda value: _apart(checks_said(value)),
    "not_run": lambda value: _apart(checks_said(value)),
    "through": lambda value: str(DOORS.get(value, value)),
    "rests_on": lambda value: format_list([counted(place) for place in value], locale=active()),
}
"""How a field is told that is no plain value."""
