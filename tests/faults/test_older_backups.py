"""A copy that lacks what the world has seen is put back to be read, and nothing is signed from it."""

import pytest
from django.db import connection
from tests.cli.terminal import Desk as Terminal
from tests.faults.hurting import run
from tests.newsroom.desk import ready, size

from masthead.errors import CannotRead, Damaged, ReadOnly, Refused
from masthead.newsroom.evidence import damage, high_water
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.integrity.models import Restoration
from masthead.newsroom.site.backup.restoring import restore
from masthead.newsroom.site.backup.taking import take


def test_an_older_copy_is_refused_and_put_back_only_to_be_read(busy, tmp_path, database, elsewhere):
    folder = take(tmp_path / "copies").folder
    copied = size()
    ready(busy)
    publish_checkpoint()
    published = size()
    mark = high_water.read(busy.home)
    note = Checkpoint.objects.order_by("-size").first().note
    if connection.vendor == "sqlite":
        with pytest.raises(Refused, match="older than what the world has seen"):
            restore(folder)
        assert (size(), damage.is_there(busy.home)) == (published, False)
    # The home folder is lost: only somebody outside knows how far it was published.
    there = elsewhere()
    with pytest.raises(Refused, match="older than what the world has seen"):
        restore(folder, seen=note)
    with pytest.raises(CannotRead):
        restore(folder, seen=note.replace(note.splitlines()[1], str(published + 1), 1))
    back = restore(folder, older=True, seen=note)
    assert back.older
    assert size() == copied
    assert high_water.read(there) == mark
    for refused in (lambda: ready(busy), publish_checkpoint):
        with pytest.raises(ReadOnly):
            refused()
    with pytest.raises(Damaged):
        acknowledge(busy.steward)
    (there / damage.FILE).unlink()  # even then
    run("DELETE FROM evidence_keptdamage")
    for refused in (lambda: ready(busy), publish_checkpoint):
        with pytest.raises(Damaged, match="older copy"):
            refused()


def test_whoever_lost_the_folder_says_how_far_the_log_was_seen(busy, tmp_path, elsewhere):
    folder = take(tmp_path / "copies", with_keys=True).folder
    ready(busy)
    seen = publish_checkpoint()
    there = elsewhere()
    restore(folder)
    with pytest.raises(CannotRead):
        acknowledge(busy.steward, seen=seen.note.replace(str(seen.size), str(seen.size + 1), 1))
    with pytest.raises(Damaged, match="older copy"):
        acknowledge(busy.steward, seen=seen.note)
    assert damage.is_there(there)
    assert high_water.read(there).size == seen.size
    # It is known from now on, whatever is said.
    with pytest.raises(Damaged):
        acknowledge(busy.steward, nobody_has_seen_more=True)


def test_a_checkpoint_that_the_copy_holds_ends_it(busy, tmp_path, elsewhere, terminal: Terminal):
    (tmp_path / "checkpoint").write_text(Checkpoint.objects.order_by("-size").first().note)
    folder = take(tmp_path / "copies", with_keys=True).folder
    there = elsewhere()
    restore(folder)
    words = ("log", "acknowledge", "--by", "Ada Steward")
    assert terminal(*words).code == 1
    assert terminal(*words, "--checkpoint", str(tmp_path / "checkpoint")).code == 0
    assert not damage.is_there(there)
    assert "Compared with a checkpoint" in Restoration.objects.get().note


@pytest.mark.parametrize("words", [("log", "acknowledge", "--by", "Ada Steward"), ("restore", "copies")])
def test_a_checkpoint_that_cannot_be_read_is_named_and_nothing_is_done(busy, tmp_path, terminal, words):
    (tmp_path / "checkpoint.bin").write_bytes(b"\xff\x00")
    bad = {"missing": "There is no such file", "": "is a folder", "checkpoint.bin": "is not plain text"}
    for name, why in bad.items():
        said = terminal(*words, "--checkpoint", str(tmp_path / name))
        assert said.code == 2
        assert why in said.err
        assert "Traceback" not in said.err
