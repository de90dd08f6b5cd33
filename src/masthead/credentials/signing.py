"""Sealing: content in, content with a credential (or its sidecar) out, read back before anyone gets it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from c2pa import Builder, C2paError, C2paSigningAlg, Signer

from masthead.credentials.issuer import Issuer
from masthead.credentials.manifest import PARENT, Manifest, definition, is_opened
from masthead.credentials.parsing import bears_mark
from masthead.credentials.reading import Reading, private, read, read_own, recorded
from masthead.credentials.said import State
from masthead.credentials.sdk import EMBEDDED, SIDECAR, context
from masthead.errors import CannotRead, NotReady, Refused
from masthead.language import Message
from masthead.vocabulary import Medium

_ALGORITHMS = {
    "es256": C2paSigningAlg.ES256,
    "es384": C2paSigningAlg.ES384,
    "ps256": C2paSigningAlg.PS256,
    "ed25519": C2paSigningAlg.ED25519,
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed version: `content` where the credential is embedded, else `sidecar` for the bytes as given.

    `reading` is what a reader who trusts the issuer's root finds in it: it was read back before it was given.
    """

    content: bytes | None
    sidecar: bytes | None
    reading: Reading


def sign(
    content: bytes,
    media_type: str,
    *,
    issuer: Issuer,
    manifest: Manifest,
    parent: bytes | None = None,
    parent_media_type: str | None = None,
    parent_sidecar: bytes | None = None,
    sidecar: bytes | None = None,
    discreet: bool = False,
) -> Sealed:
    """Seal `content`: embedded for JPEG, PNG and WebP, a sidecar for HTML, Markdown and plain text.

    `parent` is what `content` was made from (of the same media type unless given), with its own sidecar if it
    has one. A file that carries a credential already keeps it: the file as it came becomes its own parent; so
    does a text with the `sidecar` it came with. With `discreet`, what an earlier credential in an image tells
    beside its history (place, owner, device, previews) is taken out of it.

    Raises `CannotRead` for a media type that cannot be sealed or a source type that is not one, `Refused`
    where the history cannot be kept, `NotReady` where the certificate is not accepted or the seal does not
    read back as intact.
    """
    medium = _medium(media_type)
    came = _Carrier(content, media_type, sidecar)
    given = None if parent is None else _Carrier(parent, parent_media_type or media_type, parent_sidecar)
    earlier = _history(came, given)
    opened = is_opened(manifest, medium, has_parent=earlier is not None)
    if opened and earlier is None:
        earlier = came
    said = definition(manifest, medium, opened=opened)
    if discreet and earlier is not None and bears_mark(earlier.content, earlier.media_type):
        said["redactions"] = private(earlier.content, earlier.media_type)
    sealed, store = _seal(content, media_type, issuer, said, earlier)
    roots = (issuer.root,) if issuer.root else ()
    if medium is Medium.IMAGE:
        return Sealed(sealed, None, _read_back(sealed, media_type, None, roots))
    return Sealed(None, store, _read_back(content, media_type, store, roots))


def _medium(media_type: str) -> Medium:
    if media_type not in EMBEDDED | SIDECAR:
        raise CannotRead(
            Message("A file of the type %(type)s cannot be sealed.", {"type": media_type}),
            Message("Seal a JPEG, PNG or WebP image, or an HTML, Markdown or plain text file."),
        )
    return Medium.IMAGE if media_type in EMBEDDED else Medium.TEXT


def _read_back(content: bytes, media_type: str, store: bytes | None, roots: tuple[bytes, ...]) -> Reading:
    """Judge what was just written as a stranger would: nobody is given a seal that does not hold."""
    reading = read_own(content, media_type, store, roots)
    if reading.state not in (State.TRUSTED, State.VALID):
        raise NotReady(
            Message("What was sealed does not verify; nothing was written."),
            Message("Check the certificate and its key, then seal it again."),
        )
    return reading


@dataclass(frozen=True, slots=True)
class _Carrier:
    """A file with what it may carry: `store` is its sidecar."""

    content: bytes
    media_type: str
    store: bytes | None


def _history(came: _Carrier, given: _Carrier | None) -> _Carrier | None:
    """What the credential must name as the version before; None where there is none."""
    own = _labels(came)
    named = _labels(given)[:1] if given is not None else []
    if not own:
        return given
    if given is None:
        return came
    if named == own[:1]:
        return given  # the file still wears its parent's credential: the parent fits it better
    if named and named[0] in own:
        return came  # the parent stands in the file's own history already
    raise Refused(
        Message("The file carries a credential of its own, and the parent given is not in it."),
        Message("Leave out the parent: the file's own history is kept by itself."),
    )


def _labels(carrier: _Carrier) -> list[str]:
    """The manifests a file carries, newest first: read in the child, before the SDK meets the file here."""
    if carrier.store is None and not bears_mark(carrier.content, carrier.media_type):
        return []
    reading = read(carrier.content, carrier.media_type, carrier.store)
    if reading.state is not State.NONE and not reading.history:
        raise Refused(
            Message("The file carries a credential that is broken, so its history cannot be kept."),
            Message("Seal the file as it was before that, or take the broken credential out."),
        )
    return [step.manifest for step in reading.history if step.manifest is not None]


def _seal(
    content: bytes, media_type: str, issuer: Issuer, said: dict[str, Any], parent: _Carrier | None
) -> tuple[bytes, bytes]:
    """The sealed content and the bare manifest store."""
    failed: list[Exception] = []

    def signature(data: bytes) -> bytes:
        try:
            return issuer.sign(data)
        except Exception as error:
            failed.append(error)
            raise

    target = BytesIO()
    try:
        signer = Signer.from_callback(
            signature, _ALGORITHMS[issuer.algorithm], issuer.chain.decode("ascii"), None
        )
        with Builder(said, context=context()) as builder, signer:
            if media_type in SIDECAR:
                builder.set_no_embed()
            if parent is not None:
                _add_parent(builder, parent)
            store = builder.sign(signer, media_type, BytesIO(content), target)
    except C2paError as error:
        if failed:
            raise NotReady(
                Message("The signing key did not sign."), Message("Check the key store and try again.")
            ) from failed[0]
        raise _refusal(str(error)) from error
    return target.getvalue(), bytes(store)


def _add_parent(builder: Builder, parent: _Carrier) -> None:
    said: dict[str, Any] = {"relationship": "parentOf", "label": PARENT}
    if parent.store is not None:
        # A sidecar's history is not found by the SDK itself: hand it the store and what its reading gave.
        said |= recorded(parent.content, parent.media_type, parent.store)
        said["manifest_data"] = {"format": "application/c2pa", "identifier": "parent.c2pa"}
        builder.add_resource("parent.c2pa", BytesIO(parent.store))
    builder.add_ingredient(said, parent.media_type, BytesIO(parent.content))


def _refusal(why: str) -> CannotRead | NotReady:
    if "certificate" in why.lower() or why.startswith(("Signature", "CoseX")):
        return NotReady(
            Message("The certificate was not accepted for sealing."),
            Message("Check the certificate and its key; nothing was written."),
        )
    return CannotRead(
        Message("The file could not be sealed: it is damaged or not of the type it says."),
        Message("Open it, save it anew and try again."),
    )
