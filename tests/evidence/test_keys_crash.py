"""Killed anywhere while the key changes: the log goes on, and nothing published is contradicted."""

import pytest
from tests.evidence.test_crash import NEVER, in_child, settled
from tests.evidence.test_keys import current, followed, listed, record_at

from masthead.newsroom.accounts.commands.log_keys import replace, revoke, rotate
from masthead.newsroom.evidence import high_water, keys
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogKey
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.tlog.handover import Ground
from masthead.tlog.key_list import State


@pytest.fixture
def steward(home, small_mould):
    return small_mould.at(home).steward


def published() -> dict[int, str]:
    return dict(Checkpoint.objects.values_list("size", "note"))


def in_order(home, before: dict[int, str], last: int) -> None:
    """Whatever was done of it, all of it agrees, and the next checkpoint is signed by the key on record."""
    settled()
    publish_checkpoint()
    assert verify_log().intact, last
    newest = Checkpoint.objects.order_by("-size").first()
    known = listed(home)
    assert newest.size == high_water.read(home).size
    assert known.fault_of(newest.note, newest.size, bytes(newest.root)) is None
    assert known.current.key == current(home)
    assert published().items() >= before.items(), last


def test_a_kill_anywhere_in_a_rotation_leaves_it_done_or_not(home, steward):
    first = current(home)

    def work(acknowledge):
        acknowledge(f"key {rotate(steward, days=days).key}")

    days = 1
    steps, said = in_child(work, NEVER)
    assert said == [f"key {current(home)}"]
    assert steps > 20
    for last in range(steps):
        days = int(last % 10 == 0)
        before, keys_before = published(), LogKey.objects.count()
        _, said = in_child(work, last)
        in_order(home, before, last)
        assert LogKey.objects.count() - keys_before in (0, 1)
        if said:
            assert said == [f"key {current(home)}"]
    chain = followed(home, first).keys
    assert chain[-1] == current(home)
    assert len(chain) == LogKey.objects.count() + 1
    assert len(keys.all_files(home)) >= len(chain)


def test_a_kill_between_file_and_row_and_a_rotation_after_it_publish_the_very_same_note(home, steward):
    """The high-water file is ahead of the rows, and the key changes before the row is written."""

    def work(acknowledge):
        acknowledge(publish_checkpoint().note.replace("\n", "|"))

    record_at(Entry.objects.order_by("-place").first().recorded_at)
    steps, _ = in_child(work, NEVER)
    met = 0
    for last in range(steps):
        record_at(Entry.objects.order_by("-place").first().recorded_at)
        in_child(work, last)
        settled()
        mark = high_water.read(home)
        if Checkpoint.objects.filter(size=mark.size).exists():
            publish_checkpoint()
            continue
        met += 1
        expected = listed(home)
        rotate(steward, days=0)
        row = Checkpoint.objects.get(size=mark.size)
        assert bytes(row.root) == mark.root
        assert expected.fault_of(row.note, row.size, mark.root) is None
        assert verify_log().intact
    assert met


@pytest.mark.parametrize("command", ["replace", "revoke"])
def test_a_kill_anywhere_in_a_replacement_or_revocation_leaves_it_done_or_not(home, steward, command):
    def work(acknowledge):
        if command == "replace":
            acknowledge(str(replace(steward, Ground.STOLEN).key))
        else:
            acknowledge(str(revoke(steward, which, Ground.OTHER).key))

    which = current(home).key_id.hex()
    rotate(steward)
    steps, said = in_child(work, NEVER)
    assert said == [str(current(home))]
    for last in range(steps):
        if command == "revoke":
            which = current(home).key_id.hex()
            rotate(steward, days=0)
        before = published()
        in_child(work, last)
        in_order(home, before, last)
    states = [each.state for each in listed(home).keys]
    assert states[-1] is State.CURRENT
    assert states.count(State.REVOKED) > 1
