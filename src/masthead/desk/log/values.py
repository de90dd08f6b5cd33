"""What a field of an entry holds, in words of the reader's language; a hash or an id as it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from babel.lists import format_list

from masthead.declaration.said import STATUSES
from masthead.desk.decide.passed import PASSED_OVER
from masthead.desk.register.words import TIERS
from masthead.desk.work.row import MEDIA
from masthead.labels.dates import spoken, spoken_time_utc, spoken_utc
from masthead.language import NAMES, Message, active
from masthead.newsroom.evidence.key_words import CAME, WENT
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.public.counted import counts_said, levels_said
from masthead.newsroom.register.words import LEVELS, STAGES
from masthead.newsroom.remedies.words import CLOSINGS
from masthead.newsroom.retention.words import GROUNDS, KEPT, PARTS, REMOVED
from masthead.newsroom.review.commands.deciding import SIGNED
from masthead.newsroom.said import counted, readable
from masthead.newsroom.witness.words import FAULTS
from masthead.vocabulary import LABELS, Profile, Role, SystemStatus, Task, Tier, WaiverReason

NONE = Message("none")
EMPTY = Message("left empty")
UNSAID = Message("not answered")
ABOUT = ("person", "item", "part", "question")
"""What an erasure or a hold is about is one of these: of the others there is none, and nobody was asked."""
ACTING = ("actor", "role")
"""Of what the clock does, of what a reader does and of an alarm nobody is the one who did it."""
STATEMENTS = {said.template: said for said in SIGNED.values()}
DOORS = {
    "clock": Message("the clock"),
    "terminal": Message("the terminal"),
    "desk": Message("the desk"),
    "api": Message("software, with a token"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """Its lines, and whether they are words (told, or typed by people) rather than data."""

    lines: tuple[str, ...]
    words: bool = True


type Says = Callable[[Any], Value]


def value_of(kind: Kind, name: str, value: Any) -> Value:
    """The value of the field `name` of an entry of `kind`. What no table knows is shown as it stands."""
    if value is None:
        return _words(NONE if name in (*ABOUT, *ACTING) else UNSAID)
    if isinstance(value, bool):
        return _words(Message("yes") if value else Message("no"))
    if value in ("", [], {}):
        return _words(EMPTY if value == "" else NONE)
    says = SAYS_OF.get((kind, name)) or SAYS.get(name)
    try:
        return says(value) if says else _plain(value)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _plain(value)


def _words(*lines: str | Message) -> Value:
    return Value(tuple(str(line) for line in lines))


def _plain(value: Any) -> Value:
    """Data, a line for each thing in it."""
    match value:
        case dict():
            return Value(tuple(f"{name} {_flat(each)}" for name, each in sorted(value.items())), words=False)
        case list():
            return Value(tuple(_flat(each) for each in value), words=False)
    return Value((_flat(value),), words=False)


def _flat(value: Any) -> str:
    """A thing inside another, without the signs of a program."""
    match value:
        case dict():
            return " ".join(f"{name} {_flat(each)}" for name, each in sorted(value.items()))
        case list():
            return " ".join(_flat(each) for each in value)
        case bool() | None:
            return "–" if value is None else str(Message("yes") if value else Message("no"))
        case int():
            return counted(value)
    return str(value)


def _one_of(*vocabularies: Mapping[Any, Message]) -> Says:
    known = {str(member): said for each in vocabularies for member, said in each.items()}
    return lambda value: _words(known[value])


def _of(members: type[StrEnum]) -> Mapping[Any, Message]:
    return {member: LABELS[member] for member in members}


def _roles(value: list[str]) -> Value:
    return _words(format_list([str(LABELS[Role(each)]) for each in value], locale=active()))


def _uses(value: list[dict[str, str]]) -> Value:
    return _words(*(_use(use) for use in value))


def _use(use: dict[str, str]) -> Message:
    told: dict[str, str | Message] = {"system": _text(use["system"]), "tier": TIERS[Tier(use["tier"])]}
    if not use.get("task"):
        return Message("%(system)s: %(tier)s", told)
    return Message("%(system)s: %(task)s; %(tier)s", {**told, "task": LABELS[Task(use["task"])]})


def _levels(value: dict[str, int]) -> Value:
    return _words(*levels_said({each: _whole(number) for each, number in value.items()}))


def _counts(value: dict[str, int]) -> Value:
    return _words(*counts_said({name: _whole(number) for name, number in value.items()}))


def _passed(value: list[str]) -> Value:
    return _words(*dict.fromkeys(str(PASSED_OVER[each]) for each in value))


def _entries(value: list[int]) -> Value:
    return _words(format_list([counted(_whole(place)) for place in value], locale=active()))


def _list(value: list[str]) -> Value:
    return Value((format_list([_text(each) for each in value], locale=active()),), words=False)


def _number(value: int) -> Value:
    return _words(counted(_whole(value)))


def _as_said(value: str) -> Value:
    return _words(readable(_text(value)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


SAYS: Mapping[str, Says] = {
    "answer": _as_said,
    "controls": _list,
    "counts": _counts,
    "fault": _one_of(FAULTS),
    "known_size": _number,
    "party": _as_said,
    "shown_size": _number,
    "days": _number,
    "due_on": lambda value: _words(spoken(date.fromisoformat(value))),
    "ends_on": lambda value: _words(spoken(date.fromisoformat(value))),
    "ground": _one_of(GROUNDS),
    "kept": _one_of(KEPT),
    "language": lambda value: _words(NAMES[value]),
    "level": _one_of(LEVELS),
    "levels": _levels,
    "medium": _one_of(MEDIA),
    "name": _as_said,
    "not_run": _list,
    "note": _as_said,
    "number": _number,
    "overlap_until": lambda value: _words(spoken_time_utc(datetime.fromisoformat(value))),
    "overridden": _passed,
    "part": _one_of(PARTS),
    "policy": _number,
    "profile": _one_of(_of(Profile)),
    "provider": _as_said,
    "publisher": _as_said,
    "reason": _as_said,
    "removed": lambda value: _words(
        *(Message(REMOVED[each].template, {"n": _whole(value[each])}) for each in value)
    ),
    "recorded_at": lambda value: _words(spoken_time_utc(datetime.fromisoformat(value))),
    "recorded_on": lambda value: _words(spoken_utc(date.fromisoformat(value))),
    "responsible": _as_said,
    "rests_on": _entries,
    "review_due": lambda value: _words(spoken_time_utc(datetime.fromisoformat(value))),
    "review_due_on": lambda value: _words(spoken_utc(date.fromisoformat(value))),
    "role": _one_of(_of(Role)),
    "roles": _roles,
    "since": lambda value: _words(spoken_utc(date.fromisoformat(value))),
    "sources": _number,
    "stage": _one_of(STAGES),
    "statement": lambda value: _words(STATEMENTS.get(value) or _text(value)),
    "status": _one_of(_of(SystemStatus), STATUSES),
    "system": _as_said,
    "terms_checked_on": lambda value: _words(spoken(date.fromisoformat(value))),
    "text": _as_said,
    "through": _one_of(DOORS),
    "tier": _one_of(TIERS),
    "uses": _uses,
}
"""How a field is told, by its name; a field that is not here is data."""
SAYS_OF: Mapping[tuple[Kind, str], Says] = {
    (Kind.FINDING_WAIVED, "reason"): _one_of(_of(WaiverReason)),
    (Kind.QUESTION_CLOSED, "reason"): _one_of(CLOSINGS),
    (Kind.KEY_ROTATED, "reason"): _one_of(CAME),
    (Kind.KEY_REVOKED, "reason"): _one_of(WENT),
    (Kind.LOG_KEY_GONE, "reason"): _one_of(WENT),
}
"""Those whose kind gives them another meaning."""
