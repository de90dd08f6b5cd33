"""Which keys count for a log that we witness: those that a person gave, and those that they handed over to.

What a person gave is believed; from there on a key follows only from what the key before it signed too. An
earlier key is not what signs the log any more, so that nothing that bears it alone is cosigned. But it still
speaks against the log: two heads that conflict, each signed with a key that counts, are an alarm. A key that
was revoked says nothing from the size on that the revocation names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.newsroom.witness import seen
from masthead.newsroom.witness.models import FollowedKey, RevokedKey, WitnessedLog
from masthead.newsroom.witness.seen import Head
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.handover import Link
from masthead.tlog.note import Note, VerifierKey, only, parse, verify


@dataclass(frozen=True, slots=True)
class Chain:
    """A key that a person gave, and those it led to, in the order in which they sign."""

    links: tuple[Link, ...]
    revoked: Mapping[VerifierKey, int]
    """From which size on those that are revoked count no longer: the smallest that was said of each."""

    @classmethod
    def of(cls, log: WitnessedLog) -> "Chain":
        """As it is on record."""
        followed = log.followed.order_by("from_size").values_list("key", "from_size")
        gone = log.revoked.order_by("-from_size").values_list("key", "from_size")
        links = ((log.key, 0), *followed)
        return cls(
            tuple(Link(VerifierKey.parse(line), size) for line, size in links),
            {VerifierKey.parse(line): size for line, size in gone},
        )

    @property
    def last(self) -> Link:
        """The key that signs now."""
        return self.links[-1]

    def counting(self, size: int) -> list[VerifierKey]:
        """The keys whose signature on a head of `size` entries is the log's word."""
        return [each.key for each in self.links if not self.is_gone(each.key, size)]

    def leads(self, head: Head) -> bool:
        """Whether the head is signed with the key that signs heads of its size."""
        size = head.checkpoint.size
        key = [each.key for each in self.links if each.size <= size][-1]
        return not self.is_gone(key, size) and verify(head.note, key)

    def is_gone(self, key: VerifierKey, size: int) -> bool:
        """Whether a key counts no longer on heads of `size` entries."""
        return key in self.revoked and size >= self.revoked[key]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one log. Of several that a person gave, each counts with what it led to."""

    chains: tuple[Chain, ...]

    def head_in(self, found: Note) -> Head | None:
        """The head in a note that a key of these has signed, where it counts. Raises as `seen.signed`."""
        size = Checkpoint.parse(found.text).size
        return seen.signed(found, [str(key) for chain in self.chains for key in chain.counting(size)])

    def lead(self, head: Head) -> bool:
        """Whether a key signed it that signs the log at its size, and not one before that alone."""
        return any(chain.leads(head) for chain in self.chains)


def keys_of(origin: str) -> Keys:
    """The keys whose signature we take for the log's; none for a log that we do not witness."""
    return Keys(tuple(map(Chain.of, WitnessedLog.objects.filter(name=origin, ended_at=None))))


def ever(origin: str) -> list[str]:
    """Every key that ever counted: what we have seen may be signed with any of them."""
    given = WitnessedLog.objects.filter(name=origin).order_by("added_at").values_list("key", flat=True)
    led = FollowedKey.objects.filter(log__name=origin).order_by("from_size").values_list("key", flat=True)
    return list(dict.fromkeys((*given, *led)))


def statements(origin: str) -> tuple[str, ...]:
    """What the keys of a log signed of each other, with their own lines alone: this is published."""
    keys = [VerifierKey.parse(line) for line in ever(origin)]
    led = (
        FollowedKey.objects.filter(log__name=origin).order_by("from_size").values_list("statement", flat=True)
    )
    gone = RevokedKey.objects.filter(log__name=origin).order_by("-from_size")
    # Of each key the one that counts.
    smallest = dict(gone.values_list("key", "statement"))
    bare = (only(parse(each), keys) for each in (*led, *smallest.values()))
    return tuple({each.text: str(each) for each in bare if each.signatures}.values())
