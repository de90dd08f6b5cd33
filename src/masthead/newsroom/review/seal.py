"""Seal what goes out, with its Content Credential, and keep it before anything is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
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
from masthead.reading.document import Document
from masthead.reading.limits import Limits
from masthead.reading.outgoing import outgoing
from masthead.vocabulary import Task, Tier


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
    title: str = "",
    replaces: Publication | None = None,
) -> Outgoing:
    """Seal what goes out of `content`, whose reading is `document`, and keep the outcome in the blob store.

    Only what was read goes out, a page under `title`: see `masthead.reading.outgoing`. A file that brings a
    history of its own becomes the parent, as it came; else what was published before does.
    """
    out, media_type = outgoing(content, document, title, limits=Limits(size=settings.MASTHEAD.max_upload))
    parent = _parent(content, document.media_type, replaces)
    said = manifest.Manifest(tuple(manifest.Use(system, task, tier) for system, task, tier in uses))
    signer = issuer()
    signer.check(datetime.now(UTC))
    sealed = signing.sign(out, media_type, issuer=signer, manifest=said, discreet=True, **parent)
    return Outgoing(
        media_type=media_type,
        content_sha256=blobs.keep(out if sealed.content is None else sealed.content),
        sidecar_sha256=blobs.keep(sealed.sidecar) if sealed.sidecar is not None else "",
    )


def _parent(content: bytes, media_type: str, replaces: Publication | None) -> _Parent:
    """The file as it came where it carries a credential, else what was published before."""
    if bears_mark(content, media_type):
        return _Parent(parent=content, parent_media_type=media_type)
    if replaces is None:
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
