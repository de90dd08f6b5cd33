"""Subjects for tests of checks."""

from hashlib import sha256

from masthead.checks.subject import AIUse, Subject
from masthead.reading.document import Block, BlockKind, Document, Link
from masthead.vocabulary import Medium


def subject(
    text: str,
    language: str = "en",
    uses: tuple[AIUse, ...] = (),
    links: tuple[Link, ...] = (),
    title: str | None = None,
) -> Subject:
    content = text.encode("utf-8", "replace")
    digest = sha256(content).hexdigest()
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),)
    document = Document(
        Medium.TEXT, "text/plain", digest, digest, len(content), text, title, blocks=blocks, links=links
    )
    return Subject(document, language, ai_uses=uses, content=content)
