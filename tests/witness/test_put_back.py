"""A backup put back elsewhere may be older than our last word: the witness's key signs no more then."""

import os
import shutil

import pytest
from tests.faults.conftest import elsewhere

from masthead.errors import NotAllowed, NotReady
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.site.backup import restoring
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.witness import keys, seen
from masthead.newsroom.witness.commands import new_key
from masthead.tlog import cosignature, note

__all__ = ["elsewhere"]


@pytest.fixture
def forked(gazette, small, tmp_path):
    """We cosigned seven entries, a copy was taken, then one history was cosigned; the other is the fork."""
    assert gazette.push(0).status == 200
    take(tmp_path / "copies", with_keys=True)
    fork = gazette.copy().grow(2, "other")
    assert gazette.grow(2).push(7).status == 200
    return fork


def _same_key_signs(small, before) -> bool:
    acknowledge(small.steward, nobody_has_seen_more=True)
    try:
        return str(keys.own(_home(), keys.origin()).key) == before
    except NotReady:
        return False


def _home():
    from django.conf import settings

    return settings.MASTHEAD_HOME


def test_put_back_where_the_folder_was_lost_the_key_signs_nothing(
    forked, gazette, small, tmp_path, elsewhere
):
    before, folder = keys.line_of(), _home() / "keys"
    there = elsewhere()
    restore(newest_in(tmp_path / "copies"))
    assert keys.waits(there)
    acknowledge(small.steward, nobody_has_seen_more=True)
    assert forked.push(7).status == 503
    # By whatever way the key comes back, as with the rest of the keys that are kept apart.
    shutil.copytree(folder, there / "keys", dirs_exist_ok=True)
    assert forked.push(7).status == 503
    with pytest.raises(NotReady, match="signed last is not known"):
        keys.line_of()
    assert seen.view(gazette.key.name).endswith(str(note.parse(seen.view(gazette.key.name))))
    with pytest.raises(NotAllowed):
        new_key(small.author)
    fresh = new_key(small.steward).key
    assert str(fresh) != before
    answer = gazette.push(7)
    assert answer.status == 200
    [line] = note.signatures(answer.body)
    assert cosignature.time_of(gazette.note().text, line, fresh) is not None


def test_a_newer_copy_after_an_older_one_does_not_bring_the_key_back(forked, small, tmp_path, elsewhere):
    there = elsewhere()
    for _ in range(2):
        restore(newest_in(tmp_path / "copies"))
        assert keys.waits(there)
        if restoring.connection.vendor == "postgresql":
            break
    acknowledge(small.steward, nobody_has_seen_more=True)
    assert forked.push(7).status == 503


def test_put_back_in_the_same_folder_it_goes_on_from_what_it_saw(forked, gazette, small, tmp_path, database):
    if restoring.connection.vendor == "postgresql":
        pytest.skip("a database of a server is put back into an empty one")
    before = keys.line_of()
    restore(newest_in(tmp_path / "copies"))
    assert not keys.waits(_home())
    assert _same_key_signs(small, before)
    assert forked.push(7).status == 409
    assert gazette.grow(1).push(9).status == 200


@pytest.mark.parametrize("after", [2, 6])
def test_a_kill_while_files_are_moved_never_leaves_the_key_with_an_older_memory(
    forked, small, tmp_path, elsewhere, monkeypatch, after
):
    before, there, moved, real = keys.line_of(), elsewhere(), [], os.rename

    def rename(*words, **more):
        if (there / restoring.MARKER).exists():
            if len(moved) == after:
                raise KeyboardInterrupt
            moved.append(words)
        return real(*words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename)
        try:
            restore(newest_in(tmp_path / "copies"))
        except KeyboardInterrupt:
            assert not (there / keys.BOUND).exists()
            restore(newest_in_again(tmp_path, patch))
    assert not _same_key_signs(small, before)
    assert forked.push(7).status == 503


def newest_in_again(tmp_path, patch):
    patch.undo()
    return newest_in(tmp_path / "copies")
