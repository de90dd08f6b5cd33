"""Look at a log for ourselves: its checkpoint, its tiles, and what other witnesses have seen of it.

A log sends its checkpoints to its witnesses, but a dishonest one sends what it likes to whom it likes, or
stops. So each log is also fetched from where everybody finds it, and compared with what we have seen and with
the heads that other witnesses say they saw. Of what is fetched, only what the log has signed is believed.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from masthead.errors import MastheadError, NotFound
from masthead.exchange import Deadline, Limits, fetch
from masthead.language import Message
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.outside import allowed
from masthead.newsroom.witness import alarms, contacts, doubts, following, memory, seen, trusted
from masthead.newsroom.witness.comparing import OLDER, UNREAD, Comparing
from masthead.newsroom.witness.contacts import Went
from masthead.newsroom.witness.memory import Memory
from masthead.newsroom.witness.models import AskedWitness, WitnessedLog
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.trusted import Keys
from masthead.newsroom.witness.words import FAULTS, Fault
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.hashes import HASH_BYTES
from masthead.tlog.note import Malformed, Note
from masthead.tlog.proofs import Missing, Tree
from masthead.tlog.tiles import FULL, Tile, hashes_in

EVERY = timedelta(minutes=10)
SECONDS = 60.0
"""How long the log may keep us, in all that it answers."""
VIEWS = 90.0
"""How long the other witnesses may: a time of their own, which the log cannot use up, however it drips."""
EACH = 10.0
"""And each of these, so that none uses up what the rest have."""
OLD_KEY = Message("What stands at its address is signed with a key that no longer signs this log.")
UNSIGNED = Message(
    "What stands at its address is not signed with its key, nor with one that its key has handed over to."
)
OTHER = Message("At its address is another log, %(origin)s: end it, and add it with its own address.")
OUR_OWN = Message("At its address is our own log: end it, and add it with its own address.")
_NAME = 255
_NOTE = Limits(size=64_000, seconds=15.0, redirects=3)
_TILE = Limits(size=256 * 32, seconds=15.0, redirects=3)


class Tiles:
    """The trees of a log as it serves them. Each tile is fetched once."""

    def __init__(self, address: str, deadline: Deadline) -> None:
        self._address = address
        self._deadline = deadline
        self._read: dict[Tile, bytes] = {}

    def tree(self, size: int) -> Tree:
        """The tree of the first `size` entries; reading it raises what `fetch` raises, and `Malformed`."""
        return Tree(size, hashes_in(size, self._tile))

    def _tile(self, tile: Tile) -> bytes:
        if tile not in self._read:
            try:
                self._read[tile] = self._fetched(tile)
            except NotFound:
                if tile.width == FULL:
                    raise
                # Once the full tile is there narrower ones may go (C2SP tlog-tiles): they are its beginning.
                full = self._tile(Tile(tile.level, tile.index))
                self._read[tile] = full[: tile.width * HASH_BYTES]
        return self._read[tile]

    def _fetched(self, tile: Tile) -> bytes:
        url = f"{self._address}/{tile.path}"
        return fetch(url, limits=_TILE, allow=allowed(), deadline=self._deadline).content


def look(log: WitnessedLog, *, now: datetime | None = None) -> Went:
    """Look once: remember and cosign what is new, raise the alarm where something cannot be. How it went."""
    moment = now or datetime.now(UTC)
    try:
        went = _look(log, moment)
    except MastheadError as error:
        went = Went(error.what)
    contacts.note(str(log.pk), went, moment, again=EVERY)
    return went


def _look(log: WitnessedLog, now: datetime) -> Went:
    alarm = alarms.open_about(log.name)
    if alarm is not None:
        return Went(FAULTS[Fault(alarm.fault)])
    deadline, known = Deadline(SECONDS), seen.remembered(log.name)
    tiles = Tiles(log.address, deadline)
    # The checkpoint before the keys: whatever signed it, its log has said so by the time they are read.
    content = _checkpoint(log, deadline)
    of_keys = _follow(log, known, _size_in(content), deadline, now)
    keys, every = trusted.keys_of(log.name), trusted.ever(log.name)
    shown = content if isinstance(content, Went) else _head(content, log.name, keys.head_in)
    base = seen.signed(note.parse(known.note), every) if known.note else None
    if known.note and base is None:
        # Without it nothing would be compared, and a fork pass for the first head that was ever seen.
        raise memory.damaged(log.name)
    comparing = Comparing(base, tiles.tree, every, now)
    for told_by, head in _heads(log, shown, keys, every):
        comparing.take(head, told_by, shown=head is shown)
        if comparing.fault is not None:
            return Went(FAULTS[comparing.fault])
    if isinstance(shown, Went):
        return shown
    if shown is None:
        return Went(_elsewhere(content, log.name) or of_keys or UNSIGNED)
    trouble = comparing.trouble
    if trouble is None:
        trouble = _cosign(shown, comparing.base or shown, known.size, keys, tiles, now)
    return Went(trouble or of_keys)


def _follow(
    log: WitnessedLog, known: Memory, shown: int, deadline: Deadline, now: datetime
) -> Message | None:
    said, trouble = following.published(log, deadline.within(_NOTE.seconds))
    return following.take_up(log, said, known, now, shown=shown) if said is not None else trouble


def _size_in(content: bytes | Went) -> int:
    """How many entries the log says it has, whoever signed that; 0 where that cannot be read."""
    with suppress(Malformed, UnicodeDecodeError):
        if isinstance(content, bytes):
            return Checkpoint.parse(note.parse(content.decode()).text).size
    return 0


def _elsewhere(content: bytes | Went, name: str) -> Message | None:
    """That the address leads to another log than the one that is watched; None where it does not say so."""
    with suppress(Malformed, UnicodeDecodeError):
        if isinstance(content, bytes):
            found = Checkpoint.parse(note.parse(content.decode()).text).origin
            if LogHead.objects.filter(origin=found).exists():
                return OUR_OWN
            if found != name:
                return Message(OTHER.template, {"origin": found[:_NAME]})
    return None


def _cosign(shown: Head, base: Head, old: int, keys: Keys, tiles: Tiles, now: datetime) -> Message | None:
    """Cosign what the log shows; or, where another has seen more of it and we have compared that, the larger.

    Were it the smaller one, our word would stand under a head that we know to be left behind.
    """
    behind = shown.checkpoint.size < base.checkpoint.size
    head = base if behind else shown
    if not keys.lead(head):
        return OLDER if behind else OLD_KEY
    try:
        seen.cosign(head, old, tiles.tree(head.checkpoint.size).consistency(old), now=now)
    except (Malformed, Missing):
        return UNREAD
    except (seen.Behind, seen.OtherRoot, seen.NotShown):
        # It was moved on while we looked: the next round compares with that.
        pass
    return OLDER if behind else None


def _checkpoint(log: WitnessedLog, deadline: Deadline) -> bytes | Went:
    """What the log shows to everybody; or why there is nothing to see."""
    within = deadline.within(_NOTE.seconds)
    try:
        return fetch(f"{log.address}/checkpoint", limits=_NOTE, allow=allowed(), deadline=within).content
    except MastheadError as error:
        return Went(error.what)


def _heads(
    log: WitnessedLog, shown: Head | Went | None, keys: Keys, every: list[str]
) -> Iterator[tuple[str, Head]]:
    """Each head to compare, and who told us of it. A log that is silent now may have spoken to others."""
    if isinstance(shown, Head):
        yield log.name, shown
    # A head that came while its key counted stays in doubt when that counts no longer.
    yield from doubts.kept(log.name, every)
    deadline = Deadline(VIEWS)
    for witness in AskedWitness.objects.filter(ended_at=None):
        head = view_of(witness, log.name, keys.head_in, deadline)
        if head is not None:
            yield witness.name, head


def view_of(
    witness: AskedWitness, origin: str, read: Callable[[Note], Head | None], deadline: Deadline
) -> Head | None:
    """What another witness says it has seen of a log; None where it witnesses it not, or does not answer."""
    url = f"{witness.address}/{sha256(origin.encode()).hexdigest()}/checkpoint"
    try:
        got = fetch(url, limits=_NOTE, allow=allowed(), deadline=deadline.within(EACH))
    except MastheadError:
        return None
    return _head(got.content, origin, read)


def _head(content: bytes, origin: str, read: Callable[[Note], Head | None]) -> Head | None:
    try:
        head = read(note.parse(content.decode()))
    except (Malformed, UnicodeDecodeError):
        return None
    return head if head is not None and head.checkpoint.origin == origin else None
