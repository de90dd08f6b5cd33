"""The part that meets strangers' bytes: made to run in the runner's child, pure, JSON out."""

import json
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any

from c2pa import C2paError, Reader

from masthead.credentials import metadata
from masthead.credentials.history import declared, faults, steps
from masthead.credentials.said import Fault, Place, Said, State
from masthead.credentials.sdk import SIDECAR, context
from masthead.credentials.store import Store, listing, mapping, text
from masthead.credentials.words import NOT_FAULTS
from masthead.errors import CannotRead
from masthead.language import Message

LARGEST_REPORT = 20_000_000
"""Bytes of the SDK's report on a manifest store; a real one has a few thousand."""

_MARK = b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"
"""Stands in the header of every manifest store (C2PA Technical Specification, "JUMBF"); long, so that the
search for it may skip."""

_TEXT_MARK = "".join(chr(0xE0100 + b - 16) if b > 15 else chr(0xFE00 + b) for b in b"C2PATXT\0")
"""Start of a credential hidden in text as variation selectors (C2PA specification, appendix A.8)."""


def bears_mark(content: bytes, media_type: str) -> bool:
    """Whether `content` may carry a credential; False is certain, True needs a look."""
    return media_type not in SIDECAR and _MARK in content


def parse(header: dict[str, Any], *blobs: bytes) -> tuple[dict[str, Any], Sequence[bytes]]:
    """What a file says of itself.

    `header` has `media_type` and `sidecar` (whether there is one); `blobs` are the content, the sidecar if
    there is one, then the PEM roots to trust. Gives `Said` as JSON, and as a blob the part of the SDK's
    report that a signer must repeat when it takes a text with its sidecar as parent. Raises `CannotRead`
    where the file itself is not what it says.
    """
    content, *rest = blobs
    sidecar = rest.pop(0) if header["sidecar"] else None
    said, report = judge(content, str(header["media_type"]), sidecar, rest)
    ai, doubts, labels = metadata.told(content) if said_in_metadata(header) else ([], [], [])
    doubts += [Fault("masthead.parent.missing", label, Place.METADATA) for label in _lost(labels, report)]
    whole = Said(said.state, (*said.faults, *doubts), (*said.ai, *ai), said.history)
    recorded = {key: report.get(key) for key in ("active_manifest", "validation_results")}
    return whole.to_json(), [json.dumps(recorded).encode()]


def said_in_metadata(header: dict[str, Any]) -> bool:
    """Whether the type is one that carries XMP."""
    return str(header["media_type"]) not in SIDECAR


def _lost(labels: list[str], report: dict[str, Any]) -> list[str]:
    """Manifests that the file's descriptive data names and its credential no longer knows."""
    known = mapping(report.get("manifests"))
    return [label for label in labels if known and label not in known]


def judge(
    content: bytes, media_type: str, sidecar: bytes | None, trust: Sequence[bytes]
) -> tuple[Said, dict[str, Any]]:
    """What the credential says, without the descriptive data; and the SDK's report (empty without one)."""
    if sidecar is None and (media_type in SIDECAR or media_type not in Reader.get_supported_mime_types()):
        return _nothing(content), {}
    try:
        with (
            context(trust) as ctx,
            Reader(media_type, BytesIO(content), sidecar or None, context=ctx) as reader,
        ):
            written = reader.json()
    except C2paError as error:
        return _without_report(error, content, media_type, sidecar), {}
    if len(written) > LARGEST_REPORT:
        return _broken("masthead.manifest.tooLarge"), {}
    try:
        report = mapping(json.loads(written))
    except (ValueError, RecursionError):
        return _broken("masthead.manifest.unreadable"), {}
    store = Store(report)
    found = dict.fromkeys([*_reported(store), *faults(store)])
    with suppress(ValueError):
        state = text(report.get("validation_state")) or "Invalid"
        return Said(State(state.lower()), tuple(found), tuple(declared(store)), tuple(steps(store))), report
    return _broken("general.error"), report


def _nothing(content: bytes) -> Said:
    hidden = _TEXT_MARK.encode() in content
    return Said(State.NONE, (Fault("masthead.manifest.inText"),) if hidden else ())


def _broken(code: str, detail: str = "") -> Said:
    return Said(State.INVALID, (Fault(code, detail),))


def _without_report(error: C2paError, content: bytes, media_type: str, sidecar: bytes | None) -> Said:
    """Why the SDK gave no report: nothing there, kept elsewhere, broken, or not such a file."""
    why = str(error)
    if isinstance(error, C2paError.ManifestNotFound) and sidecar is None:
        return Said(State.NONE)
    if isinstance(error, C2paError.RemoteManifest):
        return Said(State.NONE, (Fault("manifest.inaccessible"),))
    of_file = isinstance(error, C2paError.NotSupported) or "could not be parsed" in why
    of_file = of_file or not bears_mark(content, media_type)
    if of_file and sidecar is None and not media_type.startswith("image/"):
        return Said(State.NONE)  # a document or an archive that could not carry one
    if of_file and sidecar is None:
        raise CannotRead(
            Message("The file cannot be read: it is damaged or not of the type it says."),
            Message("Open it, save it anew and try again."),
        )
    return _broken("masthead.manifest.unreadable", text(why) or "")


def _reported(store: Store) -> list[Fault]:
    """The SDK's own findings: failures, and seals that leave out parts of the file."""
    results = mapping(store.data.get("validation_results"))
    own = mapping(results.get("activeManifest"))
    below = [mapping(mapping(d).get("validationDeltas")) for d in listing(results.get("ingredientDeltas"))]
    failures = [*listing(store.data.get("validation_status")), *listing(own.get("failure"))]
    found = [_fault(one, store.active) for one in failures]
    found += [_fault(one, None) for delta in below for one in listing(delta.get("failure"))]
    partly = [one for one in listing(own.get("informational")) if "additionalExclusions" in str(one)]
    found += [_fault(one, store.active) for one in partly]
    return [one for one in found if one.code not in NOT_FAULTS]


def _fault(status: object, active: str | None) -> Fault:
    said = mapping(status)
    here = active is not None and active in str(said.get("url", active))
    code = text(said.get("code")) or "general.error"
    return Fault(code, text(said.get("explanation")) or "", Place.THIS if here else Place.EARLIER)
