"""Who vouches for the log that is here, and whether it still begins with what somebody kept of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from masthead.newsroom.evidence import attested, key_ring, served, tree
from masthead.newsroom.evidence.attested import Attested, Broken, Given
from masthead.newsroom.evidence.bundle import stamps_of
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.note import Malformed
from masthead.tlog.proofs import Missing


@dataclass(frozen=True, slots=True)
class Vouched:
    """The newest checkpoint, and who vouches for it.

    `kept_checked` is whether a key of the log signed the checkpoint that was kept earlier.
    """

    origin: str
    size: int
    root: bytes
    attested: Attested
    kept_checked: bool = False


def vouched(given: Given) -> Vouched:
    """Who vouches for the newest checkpoint. The log's key is the one given, else the one that signs now.

    Raises `Broken` where a signature does not hold, or where the log does not begin with the checkpoint kept
    earlier; `NotFound` before there is a checkpoint.
    """
    home: Path = settings.MASTHEAD_HOME
    with told_plainly():
        row, ring = served.newest(), key_ring.ring(home)
        ours = given if given.key else replace(given, key=ring.current)
        try:
            followed = attested.follow(ours.key, ring.list.notes)
            head = attested.read_head(served.checkpoint(row).decode(), ring.list.origin, followed)
            found = attested.attest(head, ours, stamps_of(row))
            checked = given.kept is not None and _compare(
                head, attested.read_kept(given.kept, head, ring.list)
            )
        except Malformed as error:
            raise Broken(attested.OTHER) from error
    # Those of the log's other keys were verified with the whole record.
    own = {f"{each.key.name}+{each.key.key_id.hex()}" for each in ring.list.keys}
    strange = tuple(each for each in found.unchecked if each not in own)
    return Vouched(
        head.said.origin, head.said.size, head.said.root, replace(found, unchecked=strange), checked
    )


def _compare(head: attested.Head, kept: attested.Kept) -> bool:
    """Whether the signature of `kept` was checked. Raises `Broken` where the log does not begin with it."""
    try:
        root = tree.at(head.said.size).root(kept.said.size)
    except Missing as error:
        raise Broken(attested.OTHER) from error
    attested.compare(kept, root)
    return kept.checked
