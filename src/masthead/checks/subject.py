"""What a check is given: one version, what it was made from, and what AI did."""

from dataclasses import dataclass

from masthead.language import Message
from masthead.reading.document import Document
from masthead.vocabulary import Task, Tier


@dataclass(frozen=True, slots=True)
class Source:
    """Something the version was made from. Where `document` is None, `problem` says why it is not read."""

    label: str
    document: Document | None
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class AIUse:
    """One recorded AI use. `part` is code-point offsets into the version's text; None is the whole."""

    system: str
    task: Task | None
    tier: Tier
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One exact state of an item, with what checks may look at.

    `language` is a BCP 47 tag, `und` where nobody knows. `content` is the bytes as handed in; `trust` holds
    PEM certificates whose credentials are believed.
    """

    document: Document
    language: str = "und"
    sources: tuple[Source, ...] = ()
    ai_uses: tuple[AIUse, ...] = ()
    content: bytes = b""
    trust: tuple[bytes, ...] = ()
