"""A list of erasures outside the database: so that an older backup does not bring back what was erased.

A line of JSON for each entry that erased: its id, and the random ids of whom or what it was about; nothing
that says anything to anybody. Like the high-water file it is never put back from a backup. What a restored
database holds again of what the list names is erased once more, with an entry of its own: `again`.

Written after the commit, from the entries themselves: a crash between the two is made good by whoever erases
or finishes next. A database that has lost the last minutes before a crash of its disk has lost the erasure
too, and the list has it only where it was written; that is why it is written at once.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import ERASING
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.models import Item
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import On, Part
from masthead.newsroom.turns import turn

FILE = "erasures.jsonl"
_ABOUT = ("person", "item", "part", "question")


def _path() -> Path:
    return Path(settings.MASTHEAD_HOME) / FILE


def listed() -> list[dict[str, Any]]:
    """The lines of the list; one that a crash cut off is passed over, and written again."""
    return list(_lines())


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
        if isinstance(said, dict) and isinstance(said.get("entry"), str):
            yield said


def note() -> int:
    """Add the entries that erased and are not on the list; gives how many."""
    with turn(Path(settings.MASTHEAD_HOME), "erasures"):
        known = {said["entry"] for said in _lines()}
        entries = Entry.objects.filter(kind__in=ERASING).order_by("place").only("id", "sealed")
        fresh = [_line(entry) for entry in entries.iterator(500) if str(entry.id) not in known]
        if fresh:
            with _path().open("a", encoding="utf-8") as file:
                # A line that a crash cut off ends here, and is none.
                file.write("".join(f"\n{json.dumps(said, sort_keys=True)}\n" for said in fresh))
                file.flush()
                os.fsync(file.fileno())
    return len(fresh)


def _line(entry: Entry) -> dict[str, Any]:
    said = values_of(entry, _ABOUT)
    return {"entry": str(entry.id), **{name: said[name] for name in _ABOUT if said.get(name)}}


def brought_back() -> list[Subject]:
    """Whom and what the list says was erased by an entry that this database does not have."""
    lines = listed()
    here = {str(each) for each in Entry.objects.filter(kind__in=ERASING).values_list("id", flat=True)}
    found = dict.fromkeys(
        subject for said in lines if said["entry"] not in here and (subject := _subject(said))
    )
    return list(found)


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
