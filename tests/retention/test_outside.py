"""The list of erasures outside the database, and erasing while others are at work."""

import json
from uuid import uuid4

import pytest
from tests.newsroom.at_once import at_once
from tests.retention import planted

from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.retention import commands, outside
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground


def erase(desk, item):
    return commands.erase(desk.steward, item_of(item.public_id), Ground.OBJECTED)


def test_the_list_names_each_erasure_by_random_ids_alone(small):
    item = planted.draft(small, planted.Words())
    report = erase(small, item)
    entry = Entry.objects.get(place=report.place)
    assert outside.listed() == [{"entry": str(entry.id), "item": item.public_id}]
    assert outside.note() == 0


def test_a_list_that_a_crash_cut_off_is_made_good(small):
    item = planted.draft(small, planted.Words())
    erase(small, item)
    path = small.home / outside.FILE
    whole = path.read_text()
    path.write_text(whole[: len(whole) // 2])
    assert outside.listed() == []
    go_round()
    assert [said["item"] for said in outside.listed()] == [item.public_id]


def test_what_an_older_copy_brought_back_is_erased_again(small):
    """The list has an erasure whose entry the database lacks, and the item is there as it was."""
    item = planted.draft(small, planted.Words())
    line = {"entry": str(uuid4()), "item": item.public_id}
    gone = {"entry": str(uuid4()), "question": "a" * 26}
    (small.home / outside.FILE).write_text(f"{json.dumps(line)}\n{json.dumps(gone)}\n")
    assert go_round() == 1
    assert is_erased(newest(item).sha256)
    entry = Entry.objects.filter(kind=Kind.DATA_ERASED).get()
    assert values_of(entry)["ground"] == Ground.RESTORED
    assert go_round() == 0
    assert verify_log().intact


ANY = "01a20743-6e9a-71cb-8a90-204448fe21c8"


@pytest.mark.parametrize(
    "line",
    [
        {"replayed": "a"},
        {"replayed": ANY},
        {"replayed": ANY, "seen": 7},
        {"entry": "no id"},
        {"entry": ANY, "person": "Ada"},
        {"entry": ANY, "person": None},
        {"entry": ANY, "item": 3},
        {"entry": ANY, "item": "x", "part": ["drafts"], "rows": []},
        {"entry": ANY, "item": "x", "part": "everything"},
        {"entry": ANY, "item": "x", "part": "drafts", "rows": ["a"], "fields": {}},
        {"entry": ANY, "item": "x", "part": "drafts", "rows": [ANY], "fields": {ANY: "title"}},
        ["entry"],
        7,
    ],
    ids=json.dumps,
)
def test_a_line_that_hands_spoiled_keeps_nothing_else_from_being_erased(small, line, caplog):
    item = planted.draft(small, planted.Words())
    good = {"entry": str(uuid4()), "item": item.public_id}
    (small.home / outside.FILE).write_text(f"{json.dumps(line)}\n{json.dumps(good)}\n")
    assert go_round() == 1
    assert is_erased(newest(item).sha256)
    assert "has not its form" in caplog.text
    assert go_round() == 0


def test_others_go_on_while_something_is_erased(small):
    items = [planted.draft(small, planted.Words(external=f"cms-{number}")) for number in range(2)]
    before = Entry.objects.count()
    at_once(
        lambda: [add_person(small.steward, f"One {number}", []) for number in range(6)],
        lambda: erase(small, items[0]),
        lambda: [add_person(small.steward, f"Two {number}", []) for number in range(6)],
        lambda: erase(small, items[1]),
    )
    assert Entry.objects.count() == before + 14
    assert all(is_erased(newest(each).sha256) for each in items)
    assert len(outside.listed()) == 2
    assert verify_log().intact


def test_two_who_erase_the_same_erase_it_once(small):
    item = planted.draft(small, planted.Words())
    places = {report.place for report in at_once(*[lambda: erase(small, item)] * 3)}
    assert len(places - {None}) == 1
    assert Entry.objects.filter(kind=Kind.DATA_ERASED).count() == 1
    assert verify_log().intact
