"""Texts, sources and what the check says of them."""

from collections.abc import Iterable
from hashlib import sha256

from masthead.checks.finding import Finding, Outcome
from masthead.checks.subject import AIUse, Source, Subject
from masthead.checks.traceability import Traceability
from masthead.reading.document import Block, BlockKind, Document, Link
from masthead.vocabulary import Medium


def document(text: str, links: Iterable[Link] = (), kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind, start, start + len(line)))
        start += len(line) + 1
    content = text.encode("utf-8", "replace")
    digest = sha256(content).hexdigest()
    return Document(
        Medium.TEXT,
        "text/plain",
        digest,
        digest,
        len(content),
        text,
        blocks=tuple(blocks),
        links=tuple(links),
    )


def trace(
    text: str | Document, *sources: str | Document, language: str = "und", uses: Iterable[AIUse] = ()
) -> Outcome:
    own = document(text) if isinstance(text, str) else text
    given = tuple(
        Source(f"source {n}", document(source) if isinstance(source, str) else source)
        for n, source in enumerate(sources, 1)
    )
    return Traceability()(Subject(own, language, given, tuple(uses)))


def findings(text: str | Document, *sources: str | Document, language: str = "und") -> tuple[Finding, ...]:
    return trace(text, *sources, language=language).findings


def codes(
    text: str | Document, *sources: str | Document, language: str = "und"
) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.quote) for finding in findings(text, *sources, language=language)]
