"""Killed at any step of an erasure: nothing is half erased, and the same command or the clock finishes it."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from tests.newsroom import killed
from tests.newsroom.desk import letters
from tests.retention import planted
from tests.retention.traces import traces

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_version, newest
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.given import Answers
from masthead.newsroom.items.models import Version
from masthead.newsroom.retention import commands, outside
from masthead.newsroom.retention.models import Remains
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.subjects import item_of, person_called
from masthead.newsroom.retention.words import Ground, Part


def erase_item(actor: Actor, version: Version, folder: Path, words: str) -> None:
    commands.erase(actor, item_of(version.item.public_id), Ground.OBJECTED)


def erase_sources(actor: Actor, version: Version, folder: Path, words: str) -> None:
    commands.erase(actor, item_of(version.item.public_id, Part.SOURCES), Ground.OBJECTED)


def erase_drafts(actor: Actor, version: Version, folder: Path, words: str) -> None:
    commands.erase(actor, item_of(version.item.public_id, Part.DRAFTS), Ground.OBJECTED)


def erase_person(actor: Actor, version: Version, folder: Path, name: str) -> None:
    commands.erase(actor, person_called(name), Ground.OBJECTED)


def every(taken: list[str], sqlite: int, postgres: int) -> list[int]:
    """Steps to be killed at: every n-th, and more from the commit of the record on."""
    apart = sqlite if connection.vendor == "sqlite" else postgres
    last = taken.index("after COMMIT") + 1 if "after COMMIT" in taken else len(taken)
    late = range(last - 1, len(taken) + 1, 2 if connection.vendor == "sqlite" else 5)
    return sorted({*range(1, last, apart), *late})


def words_of(number: int) -> planted.Words:
    mark = letters(number)
    like = planted.Words()
    return replace(
        like,
        title=f"Vermilionquay {mark}",
        story=f"{like.story} {mark}",
        source=f"{like.source} {mark}",
        external=f"{like.external}-{mark}",
    )


def test_an_item_is_erased_whole_or_not_at_all(small):
    looked_for = planted.Words().all
    version = newest(planted.draft(small, words_of(0)))
    taken = killed.run(erase_item, small.steward, version, small.home)
    assert traces(small.home, *looked_for) == []
    assert taken.count("after COMMIT") >= 2
    assert any(step.startswith("os.remove") for step in taken)
    for kill_at in every(taken, 7, 15):
        item = planted.draft(small, words_of(kill_at))
        size = Entry.objects.count()
        killed.run(erase_item, small.steward, newest(item), small.home, kill_at=kill_at)
        recorded = Entry.objects.count() > size
        assert is_erased(newest(item).sha256) == recorded, kill_at
        assert verify_log().intact, kill_at
        if recorded:
            go_round()
        else:
            assert not Remains.objects.exists()
            erase_item(small.steward, newest(item), small.home, "")
        assert traces(small.home, *looked_for) == [], kill_at
        assert not Remains.objects.exists()
    assert {said["entry"] for said in outside.listed()} == {
        str(each) for each in Entry.objects.filter(kind=42).values_list("id", flat=True)
    }
    assert verify_log().intact


OF = {erase_sources: ["Nightjarwitness", "nightjarwitness-tape"], erase_drafts: ["Marigoldstreet"]}


@pytest.mark.parametrize("erase", OF)
def test_a_part_of_an_item_is_erased_whole_or_not_at_all(small, erase):
    def made(number: int) -> Version:
        version = newest(planted.draft(small, words_of(number)))
        words = f"The quay was quiet. {letters(number)}"
        return add_version(small.author, version, planted.text(words), answers=Answers("Quay"))

    version = made(0)
    taken = killed.run(erase, small.other_editor, version, small.home)
    assert traces(small.home, *OF[erase]) == []
    assert "after COMMIT" in taken
    for kill_at in every(taken, 14, 30):
        version, size = made(kill_at), Entry.objects.count()
        killed.run(erase, small.other_editor, version, small.home, kill_at=kill_at)
        assert verify_log().intact, kill_at
        if Entry.objects.count() > size:
            go_round()
        else:
            assert not Remains.objects.exists()
            erase(small.other_editor, version, small.home, "")
        assert traces(small.home, *OF[erase]) == [], kill_at
        assert not Remains.objects.exists()
        assert not is_erased(newest(version.item).sha256)


def test_a_person_is_erased_whole_or_not_at_all(small):
    version = newest(planted.draft(small, planted.Words()))
    gone = planted.leaver(small, "Aldous Firecrest")
    taken = killed.run(erase_person, small.steward, version, small.home, words=gone.name)
    for kill_at in every(taken, 9, 20):
        leaver = planted.leaver(small, f"Cosima {letters(kill_at).title()}crest")
        killed.run(erase_person, small.steward, version, small.home, words=leaver.name, kill_at=kill_at)
        person = Person.objects.get(pk=leaver.person.pk)
        assert verify_log().intact, kill_at
        if person.erased_on is None:
            assert person.name == leaver.name
            erase_person(small.steward, version, small.home, leaver.name)
        else:
            go_round()
        assert traces(small.home, leaver.name, leaver.email) == [], kill_at
    assert verify_log().intact
