"""A list of erasures outside the database: so that an older backup does not bring back what was erased.

A line of JSON for each entry that erased: its id, and the random ids of whom or what it was about; of a part
of an item, which lives on, also the ids of each row and sealed field that went. Nothing that says anything to
anybody. Like the high-water file it is never put back from a backup. What a restored database holds again of
what the list names is erased once more, with an entry of its own: of a part, what is listed and no more, as
evidence came since. Then a line says that it was done and which entry was the newest by then: it counts where
that entry is here, so that it is done once in each database, and again in one that is older still.

Written after the commit, from the entries themselves: a crash between the two is made good by whoever erases
or finishes next. A database that has lost the last minutes before a crash of its disk has lost the erasure
too, and the list has it only where it was written; that is why it is written at once.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from masthead.newsroom import lasting
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import ERASING, Kind
from masthead.newsroom.evidence.models import Entry, Erasure, RowDigest
from masthead.newsroom.evidence.rows import CHUNK
from masthead.newsroom.items.models import Item
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.retention.subjects import Listed, Subject
from masthead.newsroom.retention.words import Ground, On, Part
from masthead.newsroom.turns import turn

logger = logging.getLogger(__name__)
FILE = "erasures.jsonl"
_ABOUT = ("person", "item", "part", "question")


def _path() -> Path:
    return Path(settings.MASTHEAD_HOME) / FILE


def listed() -> list[dict[str, Any]]:
    """The lines of the list, the newest of each entry; one that a crash cut off is written again."""
    return list({said["entry"]: said for said in _lines() if "entry" in said}.values())


def _lines() -> Iterator[dict[str, Any]]:
    try:
        kept = _path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in kept.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if _formed(said):
            yield said
        else:
            logger.warning("A line of %s has not its form and was passed over.", FILE)


def _formed(said: object) -> bool:
    """Whether a line, which hands may have copied, says what one of ours can say."""
    if not isinstance(said, dict):
        return False
    if "replayed" in said:
        return _id(said["replayed"]) and _id(said.get("seen"))
    rows, fields = said.get("rows", []), said.get("fields", {})
    return (
        _id(said.get("entry"))
        and ("person" not in said or _id(said["person"]))
        and all(isinstance(said.get(name, ""), str) for name in ("item", "question"))
        and said.get("part") in [None, *Part]
        and isinstance(rows, list)
        and all(map(_id, rows))
        and isinstance(fields, dict)
        and all(map(_id, fields))
        and all(
            isinstance(names, list) and all(isinstance(name, str) for name in names)
            for names in fields.values()
        )
    )


def _id(said: object) -> bool:
    try:
        return isinstance(said, str) and str(UUID(said)) == said
    except ValueError:
        return False


def note() -> int:
    """Add the entries that erased and are not on the list, or not with all that went; gives how many."""
    with turn(Path(settings.MASTHEAD_HOME), "erasures"):
        known = {said["entry"] for said in listed() if "part" not in said or "rows" in said}
        entries = Entry.objects.filter(kind__in=ERASING).order_by("place")
        fresh = [_line(entry) for entry in entries.iterator(500) if str(entry.id) not in known]
        _append(fresh)
    return len(fresh)


def _append(fresh: list[dict[str, Any]]) -> None:
    if not fresh:
        return
    with _path().open("a", encoding="utf-8") as file:
        # A line that a crash cut off ends here, and is none.
        file.write("".join(f"\n{json.dumps(said, sort_keys=True)}\n" for said in fresh))
        file.flush()
        os.fsync(file.fileno())
    # The name of the file too, which may be its first line: without it a restore would bring all back.
    lasting.sync(_path().parent)


def _line(entry: Entry) -> dict[str, Any]:
    said = values_of(entry, _ABOUT)
    line = {"entry": str(entry.id), **{name: said[name] for name in _ABOUT if said.get(name)}}
    return line | _went(entry) if entry.kind == Kind.PART_ERASED else line


def _went(entry: Entry) -> dict[str, Any]:
    """The rows that an entry blanked, and the sealed fields it destroyed, by the id of their entry."""
    digests = RowDigest.objects.filter(entry=entry).exclude(table=Erasure._meta.db_table)
    places = dict(Erasure.objects.filter(entry=entry.pk).values_list("place", "names"))
    ids = Entry.objects.filter(place__in=places).values_list("id", "place")
    return {
        "rows": sorted(str(row) for (row,) in digests.values_list("row")),
        "fields": {str(each): places[place] for each, place in ids},
    }


def brought_back() -> dict[Subject, list[str]]:
    """Whom and what the list says was erased by entries that this database lacks; with the ids of those.

    Of one part of an item it is all that is listed, at once: what went first may be as what went later.
    """
    lines, seen = listed(), [said for said in _lines() if "replayed" in said]
    here = _here([*(said["entry"] for said in lines), *(said["seen"] for said in seen)])
    done = here | {said["replayed"] for said in seen if said["seen"] in here}
    found: dict[Subject, list[str]] = {}
    parts: dict[Subject, list[dict[str, Any]]] = {}
    for said in lines:
        if said["entry"] in done or (subject := _subject(said)) is None:
            continue
        if subject.part and "rows" in said:
            parts.setdefault(subject, []).append(said)
        elif not (subject.part and _replayed_unlisted(said)):
            found.setdefault(subject, []).append(said["entry"])
    for subject, several in parts.items():
        found[replace(subject, listed=_union(several))] = [said["entry"] for said in several]
    return found


def replayed(entries: Iterable[str]) -> None:
    """Say that what these entries erased is gone from here too."""
    newest = Entry.objects.order_by("-place").values_list("id", flat=True)[0]
    with turn(Path(settings.MASTHEAD_HOME), "erasures"):
        _append([{"replayed": each, "seen": str(newest)} for each in entries])


def _here(ids: Iterable[str]) -> set[str]:
    """Which of these entries this database has."""
    found: set[str] = set()
    for some in batched(set(ids), CHUNK):
        found.update(str(each) for each in Entry.objects.filter(id__in=some).values_list("id", flat=True))
    return found


def _replayed_unlisted(said: Mapping[str, Any]) -> bool:
    """Whether a part of which nobody listed what went was erased from here once more already."""
    entries = Entry.objects.filter(kind=Kind.PART_ERASED).only("id", "sealed")
    wanted = {"item": said["item"], "part": said["part"], "ground": Ground.RESTORED.value}
    return any(values_of(entry, wanted) == wanted for entry in entries.iterator(500))


def _union(lines: Iterable[Mapping[str, Any]]) -> Listed:
    rows, fields = set[UUID](), set[tuple[str, str]]()
    for said in lines:
        rows.update(map(UUID, said["rows"]))
        fields.update((entry, name) for entry, names in said["fields"].items() for name in names)
    return Listed(frozenset(rows), frozenset(fields))


def _subject(said: dict[str, Any]) -> Subject | None:
    """Whom or what a line is about, where this database knows them."""
    if person := said.get("person"):
        known = Person.objects.filter(pk=UUID(person)).values_list("pk", flat=True).first()
        return Subject(On.PERSON, known) if known else None
    if item := said.get("item"):
        known = Item.objects.filter(public_id=item).values_list("pk", flat=True).first()
        part = Part(said["part"]) if said.get("part") else None
        return Subject(On.ITEM, known, part) if known else None
    known = Question.objects.filter(public_id=said.get("question")).values_list("pk", flat=True).first()
    return Subject(On.QUESTION, known) if known else None
