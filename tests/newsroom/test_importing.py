"""AI uses that other software noted, many at once: the rules are those for one."""

import pytest
from tests.newsroom.desk import approved, ready, use

from masthead.errors import NotAllowed
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import OnRecordAlready, record_use
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.importing import Told, import_uses
from masthead.newsroom.items.models import AIUse
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, Task, Tier


def told(version, *systems, start=1):
    return [
        Told(number, version.item.public_id, UseGiven(system, Task.SUMMARY, Tier.T1))
        for number, system in enumerate(systems, start)
    ]


def outcome(parts):
    parts = list(parts)
    refused = [each for part in parts for each in part.refused]
    return sum(part.recorded for part in parts), sum(part.known for part in parts), refused


def test_each_use_is_recorded_once_however_often_it_is_told(small):
    version = ready(small, use())
    lines = told(version, "Ink", "Quill", " ink ", "Plume")
    assert outcome(import_uses(small.author, lines, at_once=2)) == (3, 1, [])
    assert outcome(import_uses(small.author, lines)) == (0, 4, [])
    rows = AIUse.objects.filter(version=version, task=Task.SUMMARY)
    assert [row.system for row in rows.order_by("entry__place")] == ["Ink", "Quill", "Plume"]
    entry = Entry.objects.filter(kind=Kind.AI_USE_RECORDED).order_by("place").last()
    said = values_of(entry)
    assert said["item"] == version.item.public_id
    assert said["uses"] == [{"system": "Plume", "task": "summary", "tier": "T1"}]
    assert (said["actor"], said["through"]) == (str(small.author.person_id), small.author.through)
    assert verify_log().intact
    with pytest.raises(OnRecordAlready):
        record_use(small.author, version, UseGiven("PLUME", Task.SUMMARY, Tier.T1))


def test_what_the_rules_refuse_is_told_by_its_line_and_the_others_go_on(small):
    approved(small)
    out = ready(small, use())
    commands.publish(small.author, out)
    lines = [
        *told(out, "Ink"),
        Told(2, "no such item", UseGiven("Ink", None, Tier.T0)),
    ]
    recorded, known, refused = outcome(import_uses(small.author, lines))
    assert (recorded, known) == (0, 0)
    assert [(number, str(why).split(",")[0]) for number, why in refused] == [
        (1, "This version is published"),
        (2, "There is no item of that id."),
    ]
    assert verify_log().intact


def test_who_may_not_work_on_items_records_nothing(small):
    version = ready(small, use())
    auditor = Actor(add_person(small.steward, "Aud Itor", [Role.AUDITOR]).id)
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        outcome(import_uses(auditor, told(version, "Ink")))
    assert Entry.objects.count() == before
