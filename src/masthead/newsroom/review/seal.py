"""Seal what goes out, with its Content Credential, and keep it before anything is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import TypedDict

from django.conf import settings

from masthead.credentials import manifest, signing
from masthead.credentials.issuer import Issuer
from masthead.credentials.parsing import bears_mark
from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.items import blobs
from masthead.newsroom.review.models import Publication
from masthead.reading.document import BlockKind, Document
from masthead.vocabulary import Task, Tier

AS_HTML = "text/html"
PUBLISHED_AS_THEY_ARE = ("text/markdown", "text/html", "text/plain", "image/jpeg", "image/png", "image/webp")

TAGS = {
    BlockKind.HEADING: "h2",
    BlockKind.ITEM: "li",
    BlockKind.QUOTE: "blockquote",
    BlockKind.CODE: "pre",
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What will be published, kept by hash. `sidecar_sha256` is empty where the credential is inside."""

    media_type: str
    content_sha256: str
    sidecar_sha256: str


class _Parent(TypedDict, total=False):
    parent: bytes
    parent_media_type: str
    parent_sidecar: bytes | None


def seal(
    document: Document,
    content: bytes,
    uses: Iterable[tuple[str, Task, Tier]],
    *,
    replaces: Publication | None = None,
) -> Outgoing:
    """Seal `content`, whose reading is `document`, and keep the outcome in the blob store.

    A DOCX or PDF goes out as plain HTML with the same words. What was published before becomes the parent,
    unless the file brings a history of its own.
    """
    media_type = document.media_type
    if media_type not in PUBLISHED_AS_THEY_ARE:
        content, media_type = _as_html(document), AS_HTML
    said = manifest.Manifest(tuple(manifest.Use(system, task, tier) for system, task, tier in uses))
    signer = issuer()
    signer.check(datetime.now(UTC))
    sealed = signing.sign(
        content, media_type, issuer=signer, manifest=said, **_parent(content, media_type, replaces)
    )
    return Outgoing(
        media_type=media_type,
        content_sha256=blobs.keep(content if sealed.content is None else sealed.content),
        sidecar_sha256=blobs.keep(sealed.sidecar) if sealed.sidecar is not None else "",
    )


def _parent(content: bytes, media_type: str, replaces: Publication | None) -> _Parent:
    """What was published before, with its sidecar where it has one."""
    if replaces is None or bears_mark(content, media_type):
        return _Parent()
    return _Parent(
        parent=blobs.fetch(replaces.content_sha256),
        parent_media_type=replaces.media_type,
        parent_sidecar=blobs.fetch(replaces.sidecar_sha256) if replaces.sidecar_sha256 else None,
    )


def issuer() -> Issuer:
    """The organisation's own certificate where the settings name one, else the local chain of `init`."""
    chosen = settings.MASTHEAD
    if chosen.certificate and chosen.certificate_key:
        return Issuer.from_files(Path(chosen.certificate), Path(chosen.certificate_key))
    return Issuer.load(Path(settings.MASTHEAD_HOME) / "keys" / "issuer")


def trusted() -> tuple[bytes, ...]:
    """PEM roots whose credentials are believed: our own, and those the settings name."""
    return _read_all(Path(settings.MASTHEAD_HOME), tuple(settings.MASTHEAD.trust))


@cache
def _read_all(home: Path, named: tuple[str, ...]) -> tuple[bytes, ...]:
    roots = []
    for path in (home / "keys" / "issuer" / "root.pem", *map(Path, named)):
        try:
            roots.append(path.read_bytes())
        except FileNotFoundError as error:
            raise NotReady(
                Message("A certificate that the settings trust is not there."),
                Message("Check `trust` in config.toml, or run `masthead init`."),
            ) from error
    return tuple(roots)


def _as_html(document: Document) -> bytes:
    title = escape(document.title or "")
    body = []
    for block in document.blocks:
        tag = TAGS.get(block.kind, "p")
        body.append(f"<{tag}>{escape(document.text[block.start : block.end])}</{tag}>")
    return (
        f'<!doctype html>\n<meta charset="utf-8">\n<title>{title}</title>\n' + "\n".join(body) + "\n"
    ).encode()
