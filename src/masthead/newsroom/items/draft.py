"""A version read and kept, ready to be written: all that is slow happens here, before any transaction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from masthead.errors import MastheadError, Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.log import Recording
from masthead.newsroom.items import blobs
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.given import Answers, Delivery, Given, UseGiven
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.items.reading import read
from masthead.newsroom.said import key, titled
from masthead.reading.document import BlockKind, Document
from masthead.reading.language import detect
from masthead.vocabulary import Tier

TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
"""What a language tag looks like (BCP 47), in the 35 letters that are kept."""

UNREAD = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source kept by its hash."""

    label: str
    sha256: str
    media_type: str
    size: int
    address: str | None = None
    fetched_at: datetime | None = None

    @classmethod
    def keep(cls, given: Given) -> Self:
        """Keep a source, with its hash also where it is of a kind we cannot read: a recording, say."""
        try:
            media_type = read(given).media_type
        except MastheadError:
            media_type = UNREAD
        digest = blobs.keep(given.content)
        return cls(given.label, digest, media_type, len(given.content), given.address, given.fetched_at)

    @classmethod
    def of(cls, source: Source) -> Self:
        """The source of an earlier version, to carry over."""
        return cls(
            source.label, source.sha256, source.media_type, source.size, source.address, source.fetched_at
        )


@dataclass(frozen=True, slots=True)
class UseRow:
    """An AI use with who recorded it, and through which door."""

    use: UseGiven
    recorded_by: UUID
    through: str

    @classmethod
    def of(cls, kept: AIUse, text: str) -> Self:
        """The AI use of an earlier version, for one with `text`, under whoever recorded it.

        A part is found again by its words, where they stand nearest to where they stood. Where they are gone,
        the use counts for the whole: what AI did to a draft is never dropped because the draft changed.
        """
        use = UseGiven(kept.system, kept.for_task, kept.at_tier, _found_again(kept, text))
        return cls(use, kept.recorded_by_id, kept.recorded_through)

    def replaces(self, before: "UseRow") -> bool:
        """Whether this says anew what `before` said: the same system for the same task, or for one unsaid."""
        same = key(self.use.system) == key(before.use.system)
        return same and before.use.task in (None, self.use.task)


@dataclass(frozen=True, slots=True)
class Draft:
    """Content, sources and AI uses as handed in, read, hashed and kept."""

    actor: Actor
    document: Document
    language: str
    sources: tuple[SourceRow, ...]
    uses: tuple[UseRow, ...]
    address: str | None = None
    fetched_at: datetime | None = None
    once: Delivery | None = None

    def given_title(self, answers: Answers, base: Version | None) -> str:
        """The title that a person gave, now or before; empty where the text gives its own."""
        return titled(answers.title) or (base.title if base and base.titled else "")

    def write(self, r: Recording, item: Item, answers: Answers, base: Version | None = None) -> Version:
        """Write the version after `base`, inside a command.

        The sources of `base` carry over, its answers where they are not given anew, and its AI uses: what AI
        did to a draft it did to what it became. A title that a person gave stays; one that the text gives
        itself follows the text. Saying that a use matters less than was recorded takes an editor.
        """
        if base is not None and _lowers(base, self.uses):
            require(self.actor, Action.LOWER_TIER, now=r.now)
        given = self.given_title(answers, base)
        version = r.add(
            Version(
                item=item,
                number=base.number + 1 if base else 1,
                title=given or own_title(self.document),
                titled=bool(given),
                public_interest=_answer(answers.public_interest, base.public_interest if base else None),
                realistic=_answer(answers.realistic, base.realistic if base else None),
                author_id=self.actor.person_id,
                sha256=self.document.sha256,
                canonical_sha256=self.document.canonical_sha256,
                media_type=self.document.media_type,
                language=self.language,
                size=self.document.size,
                added_at=r.now,
                address=self.address,
                fetched_at=self.fetched_at,
                once=self.once.mark if self.once else None,
                sent_sha256=self.once.sent if self.once else None,
            )
        )
        sources = {row.sha256: row for row in _carried_sources(base)}
        sources |= {row.sha256: row for row in self.sources}
        for source in sources.values():
            add_source_row(r, version, source)
        for use in carry_uses(base, self.uses, self.document.text):
            add_use_row(r, version, use, self.document.text)
        return version


def draft(
    actor: Actor,
    given: Given,
    sources: Sequence[Given],
    uses: Sequence[UseGiven],
    language: str = "auto",
    once: Delivery | None = None,
) -> Draft:
    """Read and keep what was handed in. Raises `CannotRead`, or `Refused` for a part outside the text."""
    if not TAG.fullmatch(language):
        raise Refused(
            Message("That is not the tag of a language."), Message("Say en, fr or another, or leave it out.")
        )
    document = read(given)
    for use in uses:
        check_part(use, document)
    blobs.keep(given.content)
    return Draft(
        actor=actor,
        document=document,
        language=detect(document.text) if language == "auto" else language,
        sources=tuple(SourceRow.keep(source) for source in sources),
        uses=tuple(UseRow(use, actor.person_id, actor.through) for use in uses),
        address=given.address,
        fetched_at=given.fetched_at,
        once=once,
    )


def check_part(use: UseGiven, document: Document) -> None:
    """Refuse a part that is not within the text."""
    if use.part is not None and not 0 <= use.part[0] < use.part[1] <= len(document.text):
        raise Refused(
            Message("The part that AI touched is not within the text."),
            Message(
                "Give its first and last character as places in the text, or leave it out for the whole."
            ),
        )


def _carried_sources(base: Version | None) -> list[SourceRow]:
    """What is left of the sources of `base`: nothing is made from, or checked against, what was erased."""
    known = base.sources.all() if base else ()
    return [SourceRow.of(source) for source in known if not is_erased(source.sha256)]


def carry_uses(base: Version | None, new: Sequence[UseRow], text: str) -> list[UseRow]:
    """The uses of a new version with `text`: those of `base` that are not said anew, then the new ones."""
    carried = [UseRow.of(use, text) for use in base.ai_uses.all()] if base else []
    return [row for row in carried if not any(anew.replaces(row) for anew in new)] + list(new)


def _lowers(base: Version, new: Sequence[UseRow]) -> bool:
    """Whether a use is said anew at a lower tier than it was recorded at."""
    order = list(Tier)
    known = [
        UseRow(UseGiven(use.system, use.for_task, use.at_tier), use.recorded_by_id, "")
        for use in base.ai_uses.all()
    ]
    return any(
        order.index(row.use.tier) < order.index(before.use.tier)
        for row in new
        for before in known
        if row.replaces(before)
    )


def _answer(anew: bool | None, before: bool | None) -> bool | None:
    return before if anew is None else anew


def own_title(document: Document) -> str:
    """What a text calls itself: its first heading, else its first words; nothing for a picture.

    Never what the file says of itself where no reader sees it, nor what the file was called.
    """
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    block = next(iter(headings or document.blocks), None)
    if block is None:
        return ""
    first = titled(document.text[block.start : min(block.end, block.start + 2_000)])
    return first if len(first) <= 120 else first[:120].rsplit(" ", 1)[0] + "…"


def _found_again(kept: AIUse, text: str) -> tuple[int, int] | None:
    if kept.start is None:
        return None
    before = text.rfind(kept.quote, 0, kept.start + len(kept.quote))
    after = text.find(kept.quote, kept.start)
    places = [place for place in (before, after) if place >= 0]
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - (kept.start or 0)))
    return start, start + len(kept.quote)


def add_source_row(r: Recording, version: Version, row: SourceRow) -> Source:
    """Write one source, inside a command."""
    return r.add(
        Source(
            version=version,
            label=row.label,
            sha256=row.sha256,
            media_type=row.media_type,
            size=row.size,
            address=row.address,
            fetched_at=row.fetched_at,
        )
    )


def add_use_row(r: Recording, version: Version, row: UseRow, text: str) -> AIUse:
    """Write one AI use of a version with `text`, inside a command."""
    start, end = row.use.part or (None, None)
    return r.add(
        AIUse(
            version=version,
            system=row.use.system,
            task=row.use.task or "",
            tier=row.use.tier,
            start=start,
            end=end,
            quote=text[start:end] if row.use.part else "",
            recorded_by_id=row.recorded_by,
            recorded_through=row.through,
        )
    )


def version_fields(version: Version) -> Mapping[str, Any]:
    """What the log's entry says of a version, sealed until the table of kinds opens it."""
    return {
        "item": version.item.public_id,
        "number": version.number,
        "content_sha256": version.sha256,
        "canonical_sha256": version.canonical_sha256,
        "sources": version.sources.count(),
        "uses": [use_field(use) for use in version.ai_uses.all()],
    }


def use_field(use: AIUse) -> dict[str, str]:
    """An AI use as the log and the audience may know it: system, task and tier."""
    return {"system": use.system, "task": use.task, "tier": use.tier}
