"""What an item's page says of its proof, and the proof itself: shown only as long as it holds."""

import json

from tests.public.outlet import corrected, page_of, published
from tests.public.test_log_page import witnessed, words

from masthead.language import Message
from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Checkpoint, Entry
from masthead.newsroom.public.opened import opened
from masthead.newsroom.public.serving.kept import store


def test_what_was_changed_on_record_is_not_proven_to_anybody(small, reader):
    item = published(small)
    entry = Entry.objects.filter(kind=Kind.PUBLISHED).latest("place")
    for change in ({"sealed": bytes(entry.sealed).replace(b'"terminal"', b'"desk"')}, {"kind": 9999}):
        with lifted():
            Entry.objects.filter(pk=entry.pk).update(**change)
        store.clear()
        page, proof = reader.get(page_of(item)), reader.get(f"{page_of(item)}bundle.json")
        assert page.status_code == 200
        assert "has not been changed since" not in words(page)
        assert "The proof is not shown" in words(page)
        assert b"bundle.json" not in page.content
        assert json.loads(reader.get(f"{page_of(item)}item.json").content)["proof"] is None
        assert (proof.status_code, proof["Cache-Control"]) == (503, "no-store")
        assert b"did not agree" in proof.content


def test_a_page_that_was_kept_stops_proving_once_damage_is_known(small, reader):
    item = published(small)
    assert "has not been changed since" in words(reader.get(page_of(item)))
    assert reader.get(f"{page_of(item)}bundle.json").status_code == 200
    damage.note(small.home, damage.Found(Message("the head is torn"), None, "start"))
    assert "The proof is not shown" in words(reader.get(page_of(item)))
    assert reader.get(f"{page_of(item)}bundle.json").status_code == 503
    (small.home / damage.FILE).unlink()
    assert "has not been changed since" in words(reader.get(page_of(item)))


def test_a_value_that_there_are_no_words_for_is_told_as_it_stands():
    entry = {"place": 1, "face": {"kind": int(Kind.SIGNED_OFF)}, "opened": [{"name": "role", "value": "x"}]}
    assert opened({"entries": [entry]})[0].fields[0].said == "x"


def test_the_page_says_that_the_proof_may_stand_under_another_head(small, reader):
    item = published(small)
    first = Checkpoint.objects.latest("size")
    witnessed("early.example/witness", first)
    corrected(small, published(small))
    witnessed("late.example/witness", Checkpoint.objects.latest("size"))
    said = words(reader.get(page_of(item)))
    assert f"as entry {item.publications.get().entry.place} of {first.size}, counted from 0" in said
    told = " ".join(said.split("Countersigned by early.example/witness on")[1].split()[:8])
    assert f"at {first.size} entries" in told
    assert "Countersigned by late.example/witness" in said
    assert "The proof to download stands under one head" in said
