"""Checkpoints are signed after the commit, from the table, and never contradict what was published."""

import stat
import threading

import aics_tlog
import pytest
from tests import databases
from tests.conftest import ORIGIN
from tests.evidence.desk import add_person

from masthead.errors import Damaged, NotReady, Refused, Unavailable
from masthead.newsroom.evidence import high_water, keys, tree
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.setup import setup
from masthead.newsroom.evidence.verify import verify_log
from masthead.tlog.note import VerifierKey


def test_a_checkpoint_verifies_with_the_published_key_in_an_independent_implementation(log):
    for name in ("Ada", "Grace", "Hedy"):
        add_person(name)
    row = publish_checkpoint()
    theirs = aics_tlog.parse_vkey(keys.public_line(log))
    result = aics_tlog.verify_checkpoint(aics_tlog.parse_note(row.note), theirs, expected_origin=ORIGIN)
    assert (result.ok, result.size, result.root) == (True, 3, bytes(row.root))
    for entry in Entry.objects.all():
        proof = tree.at(3).inclusion(entry.place)
        assert aics_tlog.verify_inclusion(bytes(entry.leaf_hash), entry.place, 3, proof, result.root)


def test_proofs_hold_across_the_border_of_a_tile(log):
    roots = []
    for number in range(258):
        add_person(f"Person {number}")
        if number >= 254:
            roots.append(bytes(publish_checkpoint().root))
    for old in range(255, 259):
        proof = tree.consistency(old, 258)
        assert aics_tlog.verify_consistency(old, 258, roots[old - 255], roots[-1], proof)
    assert verify_log().intact


def test_publishing_again_without_a_new_entry_changes_nothing(log):
    add_person("Ada")
    first = publish_checkpoint()
    mark = (log / high_water.FILE).read_bytes()
    assert publish_checkpoint().note == first.note
    assert Checkpoint.objects.count() == 2
    assert (log / high_water.FILE).read_bytes() == mark


def test_a_checkpoint_whose_row_was_lost_in_a_crash_is_published_the_same(log):
    add_person("Ada")
    note = publish_checkpoint().note
    with lifted():
        Checkpoint.objects.filter(size=1).delete()
    add_person("Grace")
    publish_checkpoint()
    assert Checkpoint.objects.get(size=1).note == note
    assert Checkpoint.objects.get(size=2)


def test_publishers_at_once_agree(log):
    add_person("Ada")
    notes, trouble = [], []

    def work():
        try:
            notes.append(publish_checkpoint().note)
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            trouble.append(error)
        finally:
            databases.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert len(set(notes)) == 1
    assert verify_log().intact


def test_a_head_that_did_not_grow_from_what_was_published_is_never_signed(log):
    for name in ("Ada", "Grace"):
        add_person(name)
    publish_checkpoint()
    add_person("Hedy")
    with lifted():
        LogHead.objects.update(peaks=bytes(64))
    with pytest.raises(Damaged, match="does not contain"):
        publish_checkpoint()
    assert Checkpoint.objects.order_by("-size").first().size == 2


def test_the_key_is_its_owner_s_alone_and_setting_up_again_keeps_it(log):
    before = keys.public_line(log)
    assert stat.S_IMODE((log / keys.PRIVATE).stat().st_mode) == 0o600
    add_person("Ada")
    publish_checkpoint()
    setup(log, ORIGIN)
    assert keys.public_line(log) == before
    assert high_water.read(log).size == 1
    assert VerifierKey.parse(before).name == ORIGIN


def test_setting_up_does_not_paper_over_a_lost_high_water_file(log):
    add_person("Ada")
    (log / high_water.FILE).unlink()
    setup(log, ORIGIN)
    with pytest.raises(Damaged):
        publish_checkpoint()


def test_setting_up_makes_no_second_key_for_a_log_that_has_entries(log):
    add_person("Ada")
    publish_checkpoint()
    public = (log / keys.PUBLIC).read_bytes()
    (log / keys.PRIVATE).unlink()
    with pytest.raises(NotReady, match=r"masthead key replace"):
        setup(log, ORIGIN)
    assert not (log / keys.PRIVATE).exists()
    assert (log / keys.PUBLIC).read_bytes() == public
    add_person("Grace")
    with pytest.raises(NotReady, match=r"masthead key replace"):
        publish_checkpoint()


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "other.example/log"])
def test_an_origin_that_cannot_be_is_refused(log, origin):
    with pytest.raises(Refused):
        setup(log, origin)
    assert LogHead.objects.get().origin == ORIGIN
    assert keys.public_line(log).startswith(ORIGIN)


def test_without_a_log_or_its_key_nothing_is_published(home):
    with pytest.raises(NotReady):
        publish_checkpoint()
    setup(home, ORIGIN)
    (home / keys.PRIVATE).write_text("no key")
    with pytest.raises(Unavailable):
        publish_checkpoint()
    (home / keys.PRIVATE).unlink()
    with pytest.raises(NotReady):
        publish_checkpoint()
