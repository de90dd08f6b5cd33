"""Whatever becomes of the keys, with crashes: what is published verifies and is never contradicted."""

from itertools import count

import pytest
from django.conf import settings
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.evidence.desk import add_person
from tests.evidence.test_keys import current, followed, listed

from masthead.errors import NotReady
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands.log_keys import replace, revoke, rotate
from masthead.newsroom.evidence import high_water, keys, tree
from masthead.newsroom.evidence.models import Checkpoint, LogHead, LogKey
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.tlog import note
from masthead.tlog.frontier import Frontier
from masthead.tlog.handover import Ground
from masthead.tlog.key_list import State
from masthead.tlog.proofs import verify_consistency

GONE = st.sampled_from([Ground.STOLEN, Ground.OTHER])
_fresh = count()


class AnyKeys(RuleBasedStateMachine):
    """One log whose keys change over all histories; in each a stranger learns the key of its beginning."""

    steward: Actor

    @initialize()
    def begin(self):
        self.home = settings.MASTHEAD_HOME
        publish_checkpoint()
        self.first = current(self.home)
        self.since = len(listed(self.home).keys)
        self.unbroken = True
        self.chain = [self.first]
        self.seen = dict(Checkpoint.objects.order_by("-size").values_list("size", "note")[:1])
        self.lost, self.waiting = False, None

    def changed(self, key, *, handed_over: bool):
        self.unbroken = self.unbroken and handed_over
        if self.unbroken:
            self.chain.append(key)

    @rule()
    def add_an_entry(self):
        add_person(f"Person of any keys {next(_fresh)}")

    @precondition(lambda self: not self.lost)
    @rule(days=st.sampled_from([0, 30]))
    def rotate(self, days):
        self.changed(rotate(self.steward, days=days).key, handed_over=True)

    @precondition(lambda self: not self.lost)
    @rule(ground=GONE)
    def replace(self, ground):
        self.changed(replace(self.steward, ground).key, handed_over=False)

    @precondition(lambda self: not self.lost)
    @rule()
    def lose_the_current_key(self):
        for path in keys.files_of(self.home, current(self.home)):
            path.unlink()
        self.lost = True

    @precondition(lambda self: self.lost)
    @rule()
    def replace_what_is_lost(self):
        self.changed(replace(self.steward, Ground.LOST).key, handed_over=False)
        self.lost = False

    @rule(which=st.integers(0, 3), ground=GONE)
    def revoke_an_earlier_key(self, which, ground):
        earlier = [each for each in listed(self.home).keys[:-1] if each.state is not State.REVOKED]
        if earlier and not self.lost:
            revoke(self.steward, str(earlier[which % len(earlier)].key), ground)

    @rule()
    def publish(self):
        if not self.lost:
            publish_checkpoint()
            if self.waiting:
                self.came_out()
            return
        add_person(f"Person of any keys {next(_fresh)}")
        with pytest.raises(NotReady, match="masthead key"):
            publish_checkpoint()

    @rule()
    def crash_between_file_and_row(self):
        """As a kill leaves it: the file says more than the rows. Nobody saw what has no row."""
        add_person(f"Person of any keys {next(_fresh)}")
        head = LogHead.objects.get()
        root = Frontier.from_bytes(head.size, bytes(head.peaks)).root()
        high_water.write(self.home, high_water.HighWater(head.origin, head.size, root))
        self.waiting = head.size, root, listed(self.home).current.key

    def came_out(self):
        """What a crash kept back comes out as it was; only what a lost key had to sign never does."""
        size, root, key = self.waiting
        row = Checkpoint.objects.filter(size=size).first()
        assert row is not None or key != listed(self.home).current.key
        if row is not None:
            assert bytes(row.root) == root
            assert note.verify(note.parse(row.note), key)

    @rule()
    def spoil_the_public_line(self):
        (self.home / keys.PUBLIC).write_text("spoilt\n")
        if not self.lost and len(listed_safely(self.home)) > 1:
            add_person(f"Person of any keys {next(_fresh)}")
            publish_checkpoint()
        else:
            (self.home / keys.PUBLIC).write_text(f"{self.now}\n")

    @property
    def now(self):
        return listed_safely(self.home)[-1]

    @invariant()
    def what_is_published_verifies_with_the_keys_as_published(self):
        if not hasattr(self, "first"):
            return
        known = listed(self.home)
        rows = list(Checkpoint.objects.order_by("-size")[:12])
        for row in rows:
            assert known.fault_of(row.note, row.size, bytes(row.root)) is None
        newest = rows[0]
        assert newest.size <= high_water.read(self.home).size
        for size, said in self.seen.items():
            kept = Checkpoint.objects.get(size=size)
            assert kept.note == said
            proof = tree.consistency(size, newest.size)
            assert verify_consistency(size, newest.size, bytes(kept.root), bytes(newest.root), proof)
        self.seen |= {row.size: row.note for row in rows}

    @invariant()
    def who_holds_the_first_key_follows_or_is_told(self):
        if not hasattr(self, "first"):
            return
        told = followed(self.home, self.first)
        assert not told.forked
        assert list(told.keys) == self.chain
        newest = Checkpoint.objects.order_by("-size").first()
        if self.unbroken and told.keys[-1] == listed(self.home).current.key:
            assert told.verifies(note.parse(newest.note), newest.size)
        if not self.unbroken:
            assert told.revoked or told.replaced
            assert {each.old for each in told.replaced} == {self.chain[-1]}

    def teardown(self):
        if getattr(self, "lost", False):
            replace(self.steward, Ground.LOST)
        assert verify_log().intact


def listed_safely(home):
    rows = LogKey.objects.order_by("from_size").values_list("key", flat=True)
    return [None, *rows] if rows else [keys.public_line(home)]


@pytest.mark.long
def test_any_history_of_the_keys(home, small_mould):
    AnyKeys.steward = small_mould.at(home).steward
    rotate(AnyKeys.steward)
    run_state_machine_as_test(
        AnyKeys,
        settings=hypothesis_settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )
