"""A clearance that can be shown to others: the gate's answer about exact content, signed by the log's key.

A C2SP signed note whose first line is the log's origin and `/clearance`. Nobody can take it for a checkpoint
or a checkpoint for it: the key signs under another name, so that the key's id differs; a text whose first
line is another one is refused; and the lines that follow have another form.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Self

from masthead.tlog import note
from masthead.tlog.note import Malformed, VerifierKey

VALID_FOR = timedelta(minutes=5)
"""How long a signed clearance speaks for: a system may be paused at any moment."""

SKEW = timedelta(minutes=1)
"""How far two clocks may lie apart."""

LINES = ("item", "version", "content-sha256", "canonical-sha256", "clear", "at", "valid-until", "log-size")
_HASH = re.compile(r"[0-9a-f]{64}")
_ITEM = re.compile(r"[a-z2-7]{26}")
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class NotVerified(ValueError):
    """This is no clearance that one may rely on for this content now; the text says why."""


@dataclass(frozen=True, slots=True)
class SignedClearance:
    """What is signed: whether these bytes, asked about `at` this moment, may be published.

    `content_sha256` is of the bytes that were asked about and `canonical_sha256` of the version's canonical
    form, which a sign-off binds. `log_size` entries of the log, at least, were known to the gate.
    """

    origin: str
    item: str
    version: int
    content_sha256: str
    canonical_sha256: str
    clear: bool
    at: datetime
    valid_until: datetime
    log_size: int

    def __str__(self) -> str:
        """The text to sign."""
        said = (
            self.item,
            str(self.version),
            self.content_sha256,
            self.canonical_sha256,
            "yes" if self.clear else "no",
            _written(self.at),
            _written(self.valid_until),
            str(self.log_size),
        )
        body = "".join(f"{name} {value}\n" for name, value in zip(LINES, said, strict=True))
        return f"{name_of(self.origin)}\n{body}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note. Raises `Malformed` for anything that `str()` does not write."""
        first, *rest = text.split("\n")
        pairs = [line.partition(" ") for line in rest[:-1]]
        if not first.endswith(SUFFIX) or rest[-1:] != [""] or tuple(name for name, _, _ in pairs) != LINES:
            raise Malformed("this is not a clearance")
        item, version, content, canonical, clear, at, until, size = (value for _, _, value in pairs)
        if not (_ITEM.fullmatch(item) and _HASH.fullmatch(content) and _HASH.fullmatch(canonical)):
            raise Malformed("a clearance names its item and its content")
        try:
            read = cls(
                first.removesuffix(SUFFIX),
                item,
                int(version),
                content,
                canonical,
                {"yes": True, "no": False}[clear],
                _read(at),
                _read(until),
                int(size),
            )
        except (ValueError, KeyError) as error:
            raise Malformed("this is not a clearance") from error
        if str(read) != text:
            raise Malformed("this is not a clearance as it is written here")
        return read


SUFFIX = "/clearance"


def name_of(origin: str) -> str:
    """The first line of a clearance, and the name under which the key of the log of `origin` signs it."""
    return f"{origin}{SUFFIX}"


def key_for(log_key: VerifierKey) -> VerifierKey:
    """The verifier key of clearances: the bytes of the log's key under a name of their own."""
    return VerifierKey(name_of(log_key.name), log_key.public_key)


def sign_clearance(
    said: SignedClearance, signers: Iterable[tuple[VerifierKey, Callable[[bytes], bytes]]]
) -> str:
    """The note signed by each key of the log in turn; beside it stands what gives its Ed25519 signatures."""
    (log_key, signer), *others = signers
    made = note.sign(str(said), key_for(log_key), signer)
    for log_key, signer in others:
        made = note.sign_too(made, key_for(log_key), signer)
    return str(made)


def verify_clearance(
    signed: str, log_key: VerifierKey, *, content_sha256: str, now: datetime
) -> SignedClearance:
    """What a signed clearance says of the content with that SHA-256 at `now`; it may say *not clear*.

    `log_key` is the verifier key of the organisation's log, as it is published for checkpoints; fetch it from
    elsewhere than the clearance. Raises `NotVerified` where the note is not from that key, is about other
    content, has run out or comes from the future.
    """
    try:
        read = note.parse(signed)
        said = SignedClearance.parse(read.text)
    except Malformed as error:
        raise NotVerified(str(error)) from error
    if said.origin != log_key.name or not note.verify(read, key_for(log_key)):
        raise NotVerified("this clearance is not signed by that log's key")
    if said.content_sha256 != content_sha256:
        raise NotVerified("this clearance is about other content")
    if not said.at - SKEW <= now < said.valid_until:
        raise NotVerified("this clearance has run out: ask the gate again")
    return said


def sha256_of(content: bytes) -> str:
    """The hash by which content is asked about."""
    return sha256(content).hexdigest()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_TIME)


def _read(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
