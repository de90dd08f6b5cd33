"""Who vouches for a checkpoint, and as of when: its log, witnesses, time stamps. Without a database.

What is believed is what a key that was given leads to. A witness whose key was given must have cosigned; a
signature of anybody else is told as not checked. `verify_masthead.py` does the same with none of this code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.x509 import Certificate

from masthead.errors import CannotRead
from masthead.language import Message
from masthead.tlog import handover, note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.cosignature import CosignerKey, cosigned
from masthead.tlog.handover import Followed, Handover, Replacement, Revocation
from masthead.tlog.key_list import KeyList
from masthead.tlog.note import Note, VerifierKey
from masthead.tlog.stamp import NoStamp, claimed_at, stamped_at

LATEST = 1 << 37
"""POSIX seconds beyond which no cosignature is taken for one."""
REPLACED = Message(
    "The checkpoint is not signed with this key. Another is said to replace it, which it did not sign: get"
    " the log's key anew, as you got this one."
)
NOT_WITH_KEY = Message(
    "The checkpoint is not signed with this key. If it is from before the log had this key, give the key of"
    " its time."
)
OTHER_PARTS = Message("Something in it has other parts.")
_SAYS_HEAD = re.compile(".+\n(0|[1-9][0-9]{0,17})\n.+\n\n\u2014 ")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Broken(Exception):
    """What was to be verified is not intact."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def need(condition: bool, why: Message) -> None:
    """Raise `Broken` unless the condition holds."""
    if not condition:
        raise Broken(why)


@contextmanager
def reading(why: Message) -> Iterator[None]:
    """Say `why` of what is read within and has not the form that it must have. Raises `Broken`."""
    try:
        yield
    except (TypeError, LookupError, AttributeError, ValueError, OverflowError, RecursionError) as error:
        raise Broken(why) from error


KEYS_FORM = Message("What it says of the log's keys is not in the form that it must have.")
HEAD_FORM = Message("The checkpoint is not in the form that it must have.")


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever verifies brought along, from elsewhere than what is verified.

    `roots` are certificates that time stamps must lead to, `kept` the note of a checkpoint kept earlier.
    """

    key: VerifierKey | None = None
    witnesses: tuple[CosignerKey, ...] = ()
    roots: tuple[Certificate, ...] = ()
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody outside vouches that the checkpoint was there by then.

    `who` is the address that the bundle gives for an authority; `root` is whose certificate, of those that
    were given, its stamp was verified to lead to.
    """

    who: str
    at: datetime
    root: str | None = None


@dataclass(frozen=True, slots=True)
class Attested:
    """What was found of who signed a checkpoint.

    `stamps` are time stamps of it whose authority was verified, `claims` those of which it was not. `strange`
    are the addresses that were given for stamps which are not of it, or cannot be read: they prove nothing.
    `along` names further keys of the log whose signatures were checked, `unchecked` the keys, not given, of
    other signatures.
    """

    signer: VerifierKey | None = None
    handed_over: bool = False
    witnesses: tuple[Said, ...] = ()
    stamps: tuple[Said, ...] = ()
    claims: tuple[Said, ...] = ()
    strange: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()
    along: tuple[str, ...] = ()


NOBODY = Attested()


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint that was read, with its note, and where the key given leads in its log."""

    said: Checkpoint
    note: Note
    followed: Followed | None

    @property
    def signer(self) -> VerifierKey | None:
        """The key that must have signed it, and did; None where no key was given."""
        return self.followed.at(self.said.size) if self.followed else None


def follow(key: VerifierKey | None, statements: Sequence[str]) -> Followed | None:
    """Where the key that was given leads, by what the log's keys signed. Raises `Malformed`."""
    for text in (note.parse(each).text for each in statements):
        for kind in (Handover, Replacement, Revocation):
            if text.startswith(f"{kind.TITLE}\n"):
                kind.parse(text)
    if key is None:
        return None
    followed = handover.follow(key, statements)
    need(
        not followed.forked, Message("A key of the log handed over to two others, as only a stolen one does.")
    )
    return followed


def read_given(given: Given) -> None:
    """See to it that what was kept says that it is a checkpoint. `CannotRead` where it does not."""
    if given.kept is not None and not _SAYS_HEAD.match(given.kept):
        raise CannotRead(
            Message("That is not a checkpoint of this log, or not signed with its key."),
            Message("Give a checkpoint as it was published, such as a witness or a reader kept it."),
        )


def read_head(text: str, origin: str | None, followed: Followed | None) -> Head:
    """The checkpoint in a note: of the log `origin`, where it is known, and signed as it must be.

    Raises `Malformed` and `Broken`.
    """
    signed = note.parse(text)
    said = Checkpoint.parse(signed.text)
    here = origin in (said.origin, None) and not said.extensions
    need(here, Message("The checkpoint is of another log."))
    if followed is not None:
        good = followed.links[0].key.name == said.origin and followed.verifies(signed, said.size)
        need(good, REPLACED if followed.replaced else NOT_WITH_KEY)
        for key in followed.along(signed, said.size):
            need(
                followed.counts(key, signed, said.size),
                Message(
                    "A signature of %(key)s on the checkpoint does not hold, or the key was revoked by then.",
                    {"key": f"{key.name}+{key.key_id.hex()}"},
                ),
            )
    return Head(said, signed, followed)


def attest(head: Head, given: Given, stamps: Iterable[Mapping[str, Any]] = ()) -> Attested:
    """Who vouches for the checkpoint, `stamps` as a bundle holds them. Raises `Malformed` and `Broken`."""
    witnesses = tuple(_witnessed(head.note, key) for key in given.witnesses)
    signer = head.signer
    along = head.followed.along(head.note, head.said.size) if head.followed else ()
    ours = (*along, *([signer] if signer else []))
    known = {(key.name, key.key_id) for key in (*given.witnesses, *ours)}
    others = [each for each in head.note.signatures if (each.name, each.key_id) not in known]
    verified, claims, strange = _stamps(list(stamps), head.note.text, given.roots)
    return Attested(
        signer,
        signer != given.key,
        witnesses,
        verified,
        claims,
        strange,
        tuple(f"{each.name}+{each.key_id.hex()}" for each in others),
        tuple(str(each.key) for each in (head.followed.revoked if head.followed else ())),
        tuple(f"{each.name}+{each.key_id.hex()}" for each in along),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that was kept earlier. `ours` is whether it is signed as the log's was at that size.

    Where it is not, the log can still be seen to hold what it stands for; but nobody is accused by it.
    """

    said: Checkpoint
    ours: bool
    checked: bool
    """Whether there was a key that could have shown otherwise, and it is of that key."""


def read_kept(kept: str, head: Head, keys: KeyList | None = None) -> Kept:
    """The checkpoint kept earlier, of the log at `head` and no larger. Raises `Malformed` and `Broken`.

    `keys` are those of the log where its own record tells them; else what the key that was given leads to.
    """
    signed = note.parse(kept)
    said = Checkpoint.parse(signed.text)
    here = said.origin == head.said.origin and not said.extensions
    need(here, Message("The checkpoint you kept is of another log."))
    ours = head.followed is None or head.followed.verifies(signed, said.size)
    if not ours and keys is not None:
        ours = keys.fault_of(kept, said.size, said.root) is None
    need(said.size <= head.said.size, SHORTER if ours else NOT_OURS)
    return Kept(said, ours, checked=ours and head.followed is not None)


def compare(kept: Kept, root: bytes | None) -> None:
    """Need the log to begin with the log at the checkpoint `kept`, at whose size it has `root`."""
    need(root == kept.said.root, OTHER if kept.ours else NOT_OURS)


SHORTER = Message("The log is shorter than at the checkpoint you kept. Keep both.")
OTHER = Message("The log does not hold what the checkpoint you kept stands for. Keep both.")
NOT_OURS = Message(
    "The checkpoint you kept is not in this log, and not signed with this key. If an earlier key of the log"
    " signed it, give that key."
)


def _witnessed(signed: Note, key: CosignerKey) -> Said:
    at = cosigned(signed, key)
    if at is None or at >= LATEST:
        raise Broken(
            Message(
                "%(witness)s, whose key you gave, has not cosigned the checkpoint.", {"witness": key.name}
            )
        )
    return Said(f"{key.name}+{key.key_id.hex()}", _EPOCH + timedelta(seconds=at))


def _led_to(token: bytes, text: str, roots: Sequence[Certificate]) -> tuple[datetime, str] | None:
    """When the stamp says, and the subject of the certificate that it leads to; None where to none."""
    for root in roots:
        with suppress(NoStamp):
            return stamped_at(token, text, [root]), root.subject.rfc4514_string()
    return None


def _stamps(
    stamps: Sequence[Mapping[str, Any]], text: str, roots: Sequence[Certificate]
) -> tuple[tuple[Said, ...], tuple[Said, ...], tuple[str, ...]]:
    """Those that lead to one of `roots`, the others, and who is said to have made what is no stamp of it.

    Only a certificate shows whose a stamp is: without one, none of them decides whether a bundle is intact.
    """
    authorities = [each["authority"] for each in stamps]
    need(authorities == sorted(set(map(str, authorities))), Message("The time stamps are not in order."))
    verified: list[Said] = []
    claims: list[Said] = []
    strange: list[str] = []
    for each in stamps:
        need(each.keys() == {"authority", "token"}, OTHER_PARTS)
        token, who = note.decode(each["token"]), str(each["authority"])
        if led := _led_to(token, text, roots):
            verified.append(Said(who, *led))
            continue
        try:
            claims.append(Said(who, claimed_at(token, text)))
        except NoStamp:
            strange.append(who)
    enough = bool(verified) or not roots
    need(enough, Message("No time stamp of the checkpoint is from the authority whose certificate you gave."))
    return tuple(verified), tuple(claims), tuple(strange)
