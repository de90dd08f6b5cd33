"""Follow a log that we witness from one key to the next, by what its keys have signed of each other.

The list of keys that a log publishes is nobody's word; the signed notes under it are. A hand-over that both
keys signed is followed, and so is a revocation by the key itself or by one after it: each is an entry, and
what stood before stays. Whatever else is said of its keys is told, and a person gets the key from whoever
keeps the log.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from masthead.errors import MastheadError, NotFound
from masthead.exchange import Deadline, Limits, NotWanted, fetch
from masthead.language import Message
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.outside import allowed
from masthead.newsroom.witness.memory import Memory
from masthead.newsroom.witness.models import FollowedKey, RevokedKey, WitnessedLog
from masthead.newsroom.witness.trusted import Chain
from masthead.tlog import note
from masthead.tlog.handover import Followed, Ground, Handover, Link, Revocation, follow
from masthead.tlog.key_list import TITLE, KeyList
from masthead.tlog.note import Malformed, VerifierKey

MOST = 32
"""Keys of one log that are followed without a person: one costs the log nothing, and us an entry."""
NOTES = 3 * MOST
"""Statements about keys that are followed, the newest: each is held against every key."""
FEW = 4
"""Revocations of one key, each from a smaller size than the last, that are taken at once: see `_is_new`."""
_LIST = Limits(size=100_000, seconds=15.0, redirects=3)
_LINE = 16_000
"""Characters of a line: no kind of signature that is in use is longer."""

UNREAD = Message("What it publishes about its keys cannot be read.")
FORKED = Message("Its key has handed over to two others, as only a stolen key does: no more is followed.")
REPLACED = Message(
    "It says that its key was lost or may be in other hands, and that another signs now. The old key did not"
    " sign that: ask whoever keeps the log for the new one, and add it."
)
END_IT = Message(
    "It says that this key no longer counts. You have added the one after it: end the one before."
)
TOO_MANY = Message("It has changed its key more often than is followed here: add its newest key.")
TAKEN_BACK = Message("It takes back a signature that we have seen, which nobody can: that was not believed.")
ALL_GONE = Message(
    "It has revoked the key that we know, and handed over to none. Ask whoever keeps the log for the new one,"
    " and add it."
)


class _There(Exception):
    """Another process was first, or nobody witnesses the log any more."""


def published(log: WitnessedLog, deadline: Deadline) -> tuple[KeyList | None, Message | None]:
    """The list of keys that a log publishes, where it does, or why it cannot be read.

    Most software that keeps a log publishes none: whatever else stands there is passed over.
    """
    try:
        got = fetch(f"{log.address}/keys", limits=_LIST, allow=allowed(), deadline=deadline)
    except (NotFound, NotWanted):
        return None, None
    except MastheadError as error:
        return None, error.what
    if not got.content.startswith(f"{TITLE}\n".encode()):
        return None, None
    try:
        read = KeyList.parse(_lined(got.content.decode()))
        follow(VerifierKey.parse(log.key), read.notes[-NOTES:])
    except (Malformed, UnicodeDecodeError):
        return None, UNREAD
    return (read, None) if read.origin == log.name else (None, UNREAD)


def _lined(text: str) -> str:
    if max(map(len, text.split("\n"))) > _LINE:
        raise Malformed("no line of a list of keys is that long")
    return text


def take_up(
    log: WitnessedLog, said: KeyList, known: Memory, now: datetime, *, shown: int = 0
) -> Message | None:
    """Record what follows from the list; gives what a person has to see to.

    `known` is what we have seen, and `shown` how many entries the log says it has by now.
    """
    before, said = len(said.notes), replace(said, notes=said.notes[-NOTES:])
    kept, chain = _on_record(log), Chain.of(log)
    read = follow(chain.links[0].key, (*kept, *said.notes))
    # Where an earlier key than the last has handed over to another too, nothing comes after the chain.
    for link in read.links[len(chain.links) :]:
        if len(chain.links) > MOST or _is_gone(chain, read, link.size):
            break
        _record_key(log, chain.last, link, said, now)
        chain = replace(chain, links=(*chain.links, link))
    taken_back = _revoke(log, chain, _as_recorded(log, said) if read.forked else read, said, known, now)
    if read.forked:
        return FORKED
    cut = before > NOTES and said.current.key not in [each.key for each in chain.links]
    if cut or MOST < len(chain.links) < len(read.links):
        return TOO_MANY
    gone = Chain.of(log).is_gone(chain.last.key, max(known.size, shown))
    return taken_back or _replaced(log, chain, read) or (ALL_GONE if gone else None)


def _on_record(log: WitnessedLog) -> tuple[str, ...]:
    return tuple(log.followed.values_list("statement", flat=True))


def _as_recorded(log: WitnessedLog, said: KeyList) -> Followed:
    """What is said of the keys on record, whatever hand-overs are shown: a fork of one takes nothing back."""
    others = (each for each in said.notes if not each.startswith(f"{Handover.TITLE}\n"))
    return follow(VerifierKey.parse(log.key), (*_on_record(log), *others))


def _is_gone(chain: Chain, read: Followed, size: int) -> bool:
    """Whether the last key of the chain counts no longer at a size: whoever stole it would hand it over."""
    said = [each.size for each in read.revoked if each.key == chain.last.key]
    return size >= min((*said, chain.revoked.get(chain.last.key, size + 1)))


def _record_key(log: WitnessedLog, before: Link, link: Link, said: KeyList, now: datetime) -> None:
    row = FollowedKey(
        log=log,
        key=str(link.key),
        previous=str(before.key),
        from_size=link.size,
        statement=_handover(said, before.key, link),
        followed_at=now,
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        if _stands(log) and not FollowedKey.objects.filter(log=log, previous=row.previous).exists():
            r.add(row)
            return {"party": log.name, "key": row.key, "previous": row.previous}
        raise _There

    _record(Kind.LOG_KEY_FOLLOWED, decide, now)


def _handover(said: KeyList, old: VerifierKey, link: Link) -> str:
    """The note that leads from one key to the next, with their two lines."""
    return _bare(said, str(Handover(link.key, link.size)), (old, link.key), 2)


def _revoke(
    log: WitnessedLog, chain: Chain, read: Followed, said: KeyList, known: Memory, now: datetime
) -> Message | None:
    trouble, keys = None, {each.key for each in chain.links}
    # The smallest size counts, as it does for everybody who follows these notes.
    for gone in sorted(read.revoked, key=lambda each: each.size):
        if gone.key not in keys or gone.ground is Ground.ROTATED:
            continue
        if not chain.is_gone(gone.key, gone.size):
            if _signed(known, gone):
                trouble = TAKEN_BACK
                continue
            _record_gone(log, gone, _revocation(said, gone, read), now)
        keys.discard(gone.key)
    return trouble


def _signed(known: Memory, gone: Revocation) -> bool:
    """Whether the head we have seen is signed with a key where that is said to have counted no longer."""
    return bool(known.note) and known.size >= gone.size and note.verify(note.parse(known.note), gone.key)


def _revocation(said: KeyList, gone: Revocation, read: Followed) -> str:
    """The note that says so, with one line: the key's own, or of the first after it that signed this."""
    return _bare(said, str(gone), read.keys[read.keys.index(gone.key) :], 1)


def _bare(said: KeyList, text: str, keys: Sequence[VerifierKey], lines: int) -> str:
    """The note of a text with so many lines, of the first of `keys` that signed it, and nobody else's.

    What is kept here is published, when the log forks: under a note anybody may write what they like.
    """
    read = (note.only(each, keys) for each in map(note.parse, said.notes) if each.text == text)
    return next(
        str(replace(each, signatures=each.signatures[:lines]))
        for each in read
        if len(each.signatures) >= lines
    )


def _record_gone(log: WitnessedLog, gone: Revocation, statement: str, now: datetime) -> None:
    row = RevokedKey(
        log=log,
        key=str(gone.key),
        reason=gone.ground,
        from_size=gone.size,
        since=gone.since,
        statement=statement,
        heard_at=now,
    )

    def decide(r: Recording) -> Mapping[str, Any]:
        if _stands(log) and _is_new(row):
            r.add(row)
            since = gone.since.isoformat() if gone.since else None
            return {"party": log.name, "key": row.key, "reason": gone.ground.value, "since": since}
        raise _There

    _record(Kind.LOG_KEY_GONE, decide, now)


def _is_new(row: RevokedKey) -> bool:
    """Whether it says a smaller size than is known, and is taken now: past the first few, one each day.

    Each costs us an entry, and who has the key nothing. But one that stole it must not use up the place of
    the revocation that counts, so that none is refused for ever.
    """
    before = RevokedKey.objects.filter(log=row.log, key=row.key)
    if before.filter(from_size__lte=row.from_size).exists():
        return False
    last = before.order_by("-heard_at").values_list("heard_at", flat=True).first()
    return last is None or before.count() < FEW or last <= row.heard_at - timedelta(days=1)


def _replaced(log: WitnessedLog, chain: Chain, read: Followed) -> Message | None:
    """What to tell of a key that came in the place of the one we know, which that did not sign."""
    new = [str(each.key) for each in read.replaced if each.old == chain.last.key]
    if not new:
        return None
    given = WitnessedLog.objects.filter(name=log.name, key__in=new, ended_at=None)
    return END_IT if given.exists() else REPLACED


def _stands(log: WitnessedLog) -> bool:
    return WitnessedLog.objects.filter(pk=log.pk, ended_at=None).exists()


def _record(kind: Kind, decide: Callable[[Recording], Mapping[str, Any]], now: datetime) -> None:
    with suppress(_There):
        record(kind, actor=None, decide=decide, now=now)
