"""Change the key that signs the log: hand over, replace what is lost or stolen, revoke.

The order, and what a kill leaves between two steps:

1. the new private key, on the disk under a name of its own. A kill here leaves a key that no entry names: it
   signs nothing, `masthead key show` tells of it, and the next try makes another.
2. the entry with its row and the signed statement, in one transaction. A kill here leaves the change made:
   the next checkpoint is signed by the new key, whoever publishes it.
3. `log.pub`, the checkpoint: what `publish_checkpoint` does each time, and so does after a kill.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from masthead.clock import today
from masthead.errors import CannotRead, MastheadError, NotFound, Refused, Stale
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence import key_service, keys
from masthead.newsroom.evidence.key_ring import Ring, ring
from masthead.newsroom.evidence.keys import FileSigner, Signer
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.evidence.models import Checkpoint, KeyRevocation, LogHead, LogKey
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.signing import signed, signer_of
from masthead.newsroom.turns import turn
from masthead.tlog.handover import Ground, Handover, Replacement, Revocation
from masthead.tlog.key_list import KeyList, Listed, State
from masthead.tlog.note import Malformed, VerifierKey


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change came to. `file` holds the new private key; None where a service or nobody does.

    `unpublished` says why no checkpoint could be published with it yet; the clock tries again.
    """

    key: VerifierKey
    previous: VerifierKey | None
    file: Path | None
    unpublished: MastheadError | None


def rotate(actor: Actor, *, days: int | None = None, in_file: bool = False) -> Changed:
    """Hand over to a new key, which the old one signs along with for `days` (else as the setting says).

    The new key comes from the key service where there is one, unless `in_file`. Raises what `signer_of` does
    where the old key is not at hand.
    """
    home = _home(actor)
    with turn(home, "keys"):
        known = ring(home)
        old = signer_of(home, known.current)
        new = _fresh(home, known, in_file=in_file)
        overlap = timedelta(days=settings.MASTHEAD.key_overlap_days if days is None else days)

        def row(size: int, now: datetime) -> LogKey:
            return LogKey(
                key=str(new.key),
                previous=str(old.key),
                from_size=size,
                reason=Ground.ROTATED,
                overlap_until=now + overlap,
                statement=str(signed(str(Handover(new.key, size)), (old, new))),
            )

        _take_up(actor, known, row)
        return _answer(new, old.key)


def replace(
    actor: Actor,
    ground: Ground,
    *,
    since: date | None = None,
    old_line: str = "",
    in_file: bool = False,
) -> Changed:
    """Go on with a new key that the old one did not sign, and revoke the old one, in one entry.

    For a key that is lost, or that may be in other hands `since` a day. `old_line` is its public line, where
    that is lost too. What ties the new key to the log is the log: the same tree, and who witnessed it.
    """
    home = _home(actor)
    _must_be_over(since)
    with turn(home, "keys"):
        known = _known(home, old_line)
        old = known.current
        at_hand = _at_hand(home, old)
        if ground is Ground.LOST and at_hand is not None:
            raise Refused(
                Message("The key is here and signs, so it is not lost."),
                Message(
                    "To change it, run `masthead key rotate --by NAME`, which the old key signs too. If it"
                    " may be in other hands, run this again with `--reason stolen`."
                ),
            )
        new = _fresh(home, known, in_file=in_file)

        def row(size: int, now: datetime) -> LogKey:
            said = Replacement(old, new.key, size, ground)
            statement = str(signed(str(said), (new,)))
            return LogKey(
                key=str(new.key), previous=str(old), from_size=size, reason=ground, statement=statement
            )

        def gone(size: int) -> KeyRevocation:
            return _revocation(Revocation(old, ground, size, since), new, at_hand)

        _take_up(actor, known, row, gone, since)
        return _answer(new, old)


def revoke(actor: Actor, which: str, ground: Ground, *, since: date | None = None) -> Changed:
    """Have an earlier key's signatures count no longer, from the next checkpoint on.

    `which` is the key's id or line. The current key is replaced, not revoked: somebody has to sign.
    """
    home = _home(actor)
    _must_be_over(since)
    with turn(home, "keys"):
        known = ring(home)
        gone = _called(known, which)
        current = signer_of(home, known.current)
        at_hand = _at_hand(home, gone.key)

        def decide(r: Recording) -> Mapping[str, Any]:
            require(actor, Action.MANAGE_KEYS, now=r.now)
            if KeyRevocation.objects.filter(key=str(gone.key)).exists() or ring(home).current != current.key:
                raise _stale()
            r.add(_revocation(Revocation(gone.key, ground, r.place + 1, since), current, at_hand))
            return {
                "key": str(gone.key),
                "reason": ground.value,
                "since": since.isoformat() if since else None,
                "through": actor.through,
            }

        record(Kind.KEY_REVOKED, actor=actor.person_id, decide=decide)
        return _answer(current, None)


def _home(actor: Actor) -> Path:
    # Asked before a key is made, and again under the lock.
    require(actor, Action.MANAGE_KEYS, now=datetime.now(UTC))
    home: Path = settings.MASTHEAD_HOME
    return home


def _must_be_over(since: date | None) -> None:
    if since is not None and since > today():
        raise Refused(Message("That day is still to come."), Message("Give a day that is over, or today."))


def _take_up(
    actor: Actor,
    known: Ring,
    row: Callable[[int, datetime], LogKey],
    gone: Callable[[int], KeyRevocation] | None = None,
    since: date | None = None,
) -> None:
    # A service takes its time to sign, and under the lock everybody waits for it. So the statements are made
    # before, for the place that comes next, and again under the lock only where somebody else took that.
    size = (LogHead.objects.values_list("size", flat=True).get()) + 1
    early = row(size, datetime.now(UTC)), gone(size) if gone else None

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MANAGE_KEYS, now=r.now)
        now_known = LogKey.objects.order_by("-from_size").values_list("key", flat=True).first()
        if now_known not in (None, str(known.current)):
            raise _stale()
        here = r.place + 1
        taken = early if here == size else (row(here, r.now), gone(here) if gone else None)
        key, revocation = taken
        r.add_all([key] if revocation is None else [key, revocation])
        return {
            "key": key.key,
            "previous": key.previous,
            "reason": str(key.reason),
            "since": since.isoformat() if since else None,
            "overlap_until": key.overlap_until.astimezone(UTC).isoformat() if key.overlap_until else None,
            "through": actor.through,
        }

    record(Kind.KEY_ROTATED, actor=actor.person_id, decide=decide)


def _revocation(said: Revocation, current: Signer, itself: Signer | None) -> KeyRevocation:
    """The row, signed by the key that signs now and, where it is at hand, by the revoked key itself."""
    signers = (current,) if itself is None else (itself, current)
    return KeyRevocation(
        key=str(said.key),
        reason=said.ground,
        from_size=said.size,
        since=said.since,
        statement=str(signed(str(said), signers)),
    )


def _fresh(home: Path, known: Ring, *, in_file: bool) -> Signer:
    """A key that this log never had, made or named by the key service, and seen to sign."""
    service = None if in_file else key_service.service()
    if service is None:
        return keys.another(home, known.list.origin)
    new = key_service.newest(service, known.list.origin)
    if any(new.key == each.key for each in known.list.keys):
        raise Refused(
            Message("The key service names a key that the log has or had already."),
            Message("Make a new key in it first, or keep the new one in a file with --file."),
        )
    return new


def _at_hand(home: Path, key: VerifierKey) -> Signer | None:
    """What signs with `key`, tried; None where nothing does."""
    try:
        signer = signer_of(home, key)
        signed("masthead log key try v1\n", (signer,))
    except MastheadError:
        return None
    return signer


def _known(home: Path, old_line: str) -> Ring:
    """The keys on record; where not even the first is known, `old_line` if it signed what was published."""
    if not old_line or LogKey.objects.exists():
        return ring(home)
    try:
        key = VerifierKey.parse(old_line)
    except Malformed as error:
        raise CannotRead(
            Message("That is not the public key of a log."),
            Message("Give the line that begins with the log's name, as you published it."),
        ) from error
    known = Ring(KeyList.of(key), (None,))
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or known.list.fault_of(newest.note, newest.size, bytes(newest.root)):
        raise Refused(
            Message("That key did not sign the newest checkpoint of this log."),
            Message("Give the line of the key that is lost, as it was published; nothing was changed."),
        )
    return known


def _called(known: Ring, which: str) -> Listed:
    found = next((k for k in known.list.keys if which in (str(k.key), k.key.key_id.hex())), None)
    if found is None:
        raise NotFound(
            Message("The log has no key of that id."), Message("`masthead key show` has their ids.")
        )
    if found.state is State.REVOKED:
        raise Refused(Message("That key is revoked already."), Message("Nothing needs to be done."))
    if found.key == known.current:
        raise Refused(
            Message("That is the key that signs now."),
            Message(
                "Run `masthead key replace --reason lost --by NAME`, or `--reason stolen`: it revokes this"
                " key and goes on with a new one."
            ),
        )
    return found


def _stale() -> Stale:
    return Stale(
        Message("Somebody else changed the log's key at this moment."),
        Message("See `masthead key show`, and do the same again where it is still needed."),
    )


def _answer(signer: Signer, previous: VerifierKey | None) -> Changed:
    unpublished = None
    try:
        publish_checkpoint()
    except MastheadError as error:
        unpublished = error
    file = signer.path if previous and isinstance(signer, FileSigner) else None
    return Changed(signer.key, previous, file, unpublished)
