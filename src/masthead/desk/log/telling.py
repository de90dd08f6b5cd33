"""Entries as a reader may read them: who did what to which item, and when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.text import capfirst

from masthead.desk.log.seeing import Said, Shows, Sight, read, sight_of
from masthead.desk.log.unread import known
from masthead.desk.log.words import USED, WORDS, Words
from masthead.desk.work.row import UNTITLED
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import FIELDS, Kind, Opens
from masthead.newsroom.evidence.legible import or_none
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.said import readable
from masthead.newsroom.worklist.models import Line
from masthead.vocabulary import LABELS, Medium, Role

SOMEONE = Message("Someone")
THE_CLOCK = Message("The clock")
UNREAD = Message("an entry that cannot be read")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry for one reader. `at` and `on` are None where they may not know when."""

    place: int
    kind: Kind | None
    """None where its row cannot be read, or is of no kind that there is."""
    shows: Shows
    says: Message
    who: str
    """A name for who may know names, else the role; empty where this reader may know neither."""
    role: Message | None
    """The role they acted in, beside a name."""
    did: str
    """The sentence without who did it, where the language lets it stand so."""
    at: datetime | None
    on: date | None
    item: str
    title: str
    language: str
    untitled: str = ""
    """What stands in place of a title where there is none."""

    @property
    def hidden(self) -> bool:
        """Whether only its kind is shown."""
        return self.shows is Shows.KIND and not self.unread

    @property
    def unread(self) -> bool:
        """Whether not even its kind can be told."""
        return self.kind is None


def tell(entries: Collection[Entry], who: Someone) -> list[Told]:
    """The entries as this person may read them, in the order given."""
    said = read(entries, USED)
    seen = sight_of(who, said)
    names = names_of(entries, said.values()) if who.may(Action.SEE_PEOPLE) else {}
    return [told(entry, said[entry.place], seen, names) for entry in entries]


def names_of(entries: Collection[Entry], said: Collection[Said]) -> dict[str, str]:
    """The names of everyone these entries speak of, by id."""
    ids = {str(entry.actor) for entry in entries if entry.actor}
    ids |= {each["person"] for each in said if isinstance(each.get("person"), str)}
    known = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): readable(name) for pk, name in known}


def told(entry: Entry, said: Said, seen: Sight, names: Mapping[str, str]) -> Told:
    """One entry, for a reader with this sight who may know these names."""
    if not known(entry):
        return _unread(entry.place)
    kind, shows = Kind(entry.kind), seen.of(entry, said)
    line = seen.lines.get(said.get("item", "")) if shows is not Shows.KIND else None
    about_item = line is not None
    # None also where what stands there is no moment: its page says that it does not hold.
    kept = or_none(lambda: entry.recorded_at)
    when = kept.astimezone(UTC) if kept else None
    hidden = shows is Shows.KIND
    values = {} if hidden else _values(entry, said, names)
    if shows is Shows.ALL and entry.actor is None and said.get("through") == "clock":
        values["who"] = THE_CLOCK
    return Told(
        place=entry.place,
        kind=kind,
        shows=shows,
        says=WORDS[kind].name if hidden else WORDS[kind].sentence(said, values),
        who="" if hidden or "%(who)s" not in WORDS[kind].says.template else str(values["who"]),
        role=None if hidden or str(entry.actor) not in names else _role(kind, said),
        did=capfirst(str(WORDS[kind].name)) if hidden else _did(WORDS[kind], said, values),
        at=when if shows is Shows.ALL or (shows is Shows.OPENED and not about_item) else None,
        on=when.date() if when and shows is Shows.OPENED else None,
        item=line.public_id if line else "",
        title=_title(line, seen) if line else "",
        language=line.language if line else "",
        untitled=str(UNTITLED[Medium(line.medium)]) if line else "",
    )


def _unread(place: int) -> Told:
    did = str(Message("Its page says what does not hold."))
    return Told(place, None, Shows.KIND, UNREAD, "", None, did, None, None, "", "", "")


_WHO = "\N{OBJECT REPLACEMENT CHARACTER}"


def _did(words: Words, said: Said, values: Mapping[str, Any]) -> str:
    """What was done, without who did it: their name stands beside it. Else the whole sentence."""
    whole = str(words.sentence(said, {**values, "who": _WHO}))
    before, found, after = whole.partition(f"{_WHO} ")
    if found and not before and _WHO not in after:
        return capfirst(after)
    return str(words.sentence(said, values))


def _title(line: Line, seen: Sight) -> str:
    return line.title if line.public_id in seen.drafts else line.out_title


def _who(entry: Entry, said: Said, names: Mapping[str, str]) -> str | Message:
    """A name for who may know names; else the role they acted in, where the audience may know it."""
    name = names.get(str(entry.actor))
    if name:
        return name
    kind = Kind(entry.kind)
    role = _role(kind, said)
    if role is not None and FIELDS[kind].opens["role"] is not Opens.NEVER:
        return Message("Someone (%(role)s)", {"role": role})
    return SOMEONE


def _role(kind: Kind, said: Said) -> Message | None:
    """The role that who did it acted in; None where the entry says none, or that of somebody else."""
    role, fields = said.get("role"), FIELDS[kind].opens
    if "person" in fields or "role" not in fields or not isinstance(role, str) or role not in list(Role):
        return None
    return LABELS[Role(role)]


def _key_id(line: object) -> str:
    """Of a verifier-key line; of what is none, all of it."""
    parts = line.split("+", 2) if isinstance(line, str) else [""]
    return parts[1] if len(parts) > 1 else parts[0]


def _values(entry: Entry, said: Said, names: Mapping[str, str]) -> dict[str, Any]:
    role = said.get("role")
    label = LABELS[Role(role)] if isinstance(role, str) and role in list(Role) else Message("not known")
    return {
        "who": _who(entry, said, names),
        "person": names.get(said.get("person", "")) or Message("a person"),
        "role": label,
        "system": said.get("system", ""),
        "party": said.get("party", ""),
        "key": _key_id(said.get("key")),
        "tier": said.get("tier", ""),
        "number": said.get("number", ""),
        "uses": ", ".join(dict.fromkeys(str(use.get("system", "")) for use in said.get("uses", []))),
    }
