"""May this be published? The gate's answer about exact content, signed.

Asked about content that is not the newest version's, the answer is no: never is anything cleared that nobody
checked and signed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import transaction

from masthead.errors import CannotRead, NotReady
from masthead.gate.clearance import Clearance
from masthead.gate.signed import VALID_FOR, SignedClearance, sha256_of, sign_clearance
from masthead.language import Message
from masthead.newsroom.connections.more import Instead, More, more_than_words
from masthead.newsroom.evidence.log import locked_head
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.signing import signers_now
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.items.reading import read
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.standing import withdrawal

TRIES = 4


class Match(StrEnum):
    """How what was asked about stands to the newest version on record."""

    CONTENT = "content"
    """The very bytes."""
    CANONICAL = "canonical form"
    """Other bytes of the same canonical form: a sign-off covers them where they hold nothing else."""
    PUBLISHED = "published"
    """The bytes as they were published, sealed."""
    NONE = "none"
    """Something else, which nobody has checked or signed."""


class Hindrance(StrEnum):
    """What stands in the way besides the gate's obstacles."""

    OTHER_CONTENT = "other_content"
    MORE_THAN_WORDS = "more_than_words"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Told:
    """The answer: the gate's clearance of `version`, what else hinders, and the signed note of both."""

    version: Version
    match: Match
    clearance: Clearance
    hindrances: tuple[Hindrance, ...]
    said: SignedClearance
    signed: str
    instead: Instead | None = None
    """The same words with nothing else, where what was asked about holds more than its words."""

    @property
    def clear(self) -> bool:
        """Whether what was asked about may be published now."""
        return self.said.clear


HINDERS: dict[Hindrance, tuple[Message, Message]] = {
    Hindrance.OTHER_CONTENT: (
        Message("This is not the content of the newest version on record."),
        Message("Send it as a new version, and ask again."),
    ),
    Hindrance.MORE_THAN_WORDS: (
        Message("These are the words that were signed off, but the file holds more than words."),
        Message("Publish the content given under `instead`, or have this very file signed off."),
    ),
    Hindrance.WITHDRAWN: (
        Message("This item has been withdrawn."),
        Message("Bring a new one in."),
    ),
}
"""What each hindrance says, and its way out."""


def about(item: Item, *, now: datetime, content: Given | None = None, sha256: str | None = None) -> Told:
    """Ask about `content`, about the bytes of `sha256`, or else about the newest version as it is."""

    def answer() -> Told:
        version = newest(item)
        asked = sha256 or (sha256_of(content.content) if content else version.sha256)
        match = _match(version, asked, content)
        own = match in (Match.CONTENT, Match.CANONICAL)
        more = more_than_words(version, asked, content) if own else None
        return _told(version, match, asked, now, more)

    return _settled(answer)


def _told(version: Version, match: Match, asked: str, now: datetime, more: More | None) -> Told:
    # The size before the facts: a reader may rely on everything up to it having been known to the gate.
    head = LogHead.objects.first()
    if head is None:
        raise NotReady(
            Message("There is no evidence log here yet."),
            Message("Run `masthead init` in this folder first."),
        )
    decided = clearance(version, now=now)
    hindrances = tuple(_hindrances(version.item, match, more))
    at = now.astimezone(UTC).replace(microsecond=0)
    said = SignedClearance(
        origin=head.origin,
        item=version.item.public_id,
        version=version.number,
        content_sha256=asked,
        canonical_sha256=version.canonical_sha256,
        clear=decided.clear and not hindrances,
        at=at,
        valid_until=at + VALID_FOR,
        log_size=head.size,
    )
    signers = signers_now(Path(settings.MASTHEAD_HOME))
    signed = sign_clearance(said, [(each.key, each.sign) for each in signers])
    return Told(version, match, decided, hindrances, said, signed, more.instead if more else None)


def _hindrances(item: Item, match: Match, more: More | None) -> list[Hindrance]:
    found = [Hindrance.OTHER_CONTENT] if match is Match.NONE else []
    found += [Hindrance.MORE_THAN_WORDS] if more else []
    return [*found, Hindrance.WITHDRAWN] if withdrawal(item) is not None else found


def _match(version: Version, asked: str, content: Given | None) -> Match:
    if asked == version.sha256:
        return Match.CONTENT
    if version.item.publications.filter(version=version, content_sha256=asked).exists():
        return Match.PUBLISHED
    known = version.item.versions.filter(sha256=asked).first()
    canonical = known.canonical_sha256 if known else _canonical(content)
    return Match.CANONICAL if canonical == version.canonical_sha256 else Match.NONE


def _canonical(content: Given | None) -> str:
    """The canonical form of what was sent; what cannot be read is nothing that was signed."""
    if content is None:
        return ""
    try:
        return read(content).canonical_sha256
    except CannotRead:
        return ""


def _settled(answer: Callable[[], Told]) -> Told:
    """An answer during which nothing was recorded, so that its facts are of one moment.

    Where others never pause, it is asked again while they wait.
    """
    for _ in range(TRIES):
        told = answer()
        if LogHead.objects.values_list("size", flat=True).get() == told.said.log_size:
            return told
    with transaction.atomic():
        locked_head()
        return answer()
