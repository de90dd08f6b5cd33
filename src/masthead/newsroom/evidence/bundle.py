"""Make the bundle with which a stranger checks one publication offline.

Its form is decided in docs/decisions/0003-evidence-log.md. `verify_masthead.py` reads it without our code.
"""

from collections.abc import Mapping
from typing import Any

from masthead.errors import NotFound, NotReady, Refused
from masthead.language import Message
from masthead.newsroom.evidence import sealed, tree
from masthead.newsroom.evidence.fields import Field, fields_of, values_of
from masthead.newsroom.evidence.kinds import (
    FIELDS,
    OF_THE_VERSION,
    PUBLICATIONS,
    Kind,
    Opens,
    opening_of,
)
from masthead.newsroom.evidence.models import Checkpoint, Entry
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.note import encode
from masthead.tlog.proofs import Tree

FORM = 1


def build(place: int, *, earliest: bool = False) -> bytes:
    """The bundle of the publication (published, corrected, withdrawn) whose entry is at `place`.

    Holds that entry and those it rests on, opened as the table of kinds says, with their proofs under the
    newest checkpoint, or under the `earliest` that covers it, which stays the same for ever. `NotReady`
    where no checkpoint covers the place yet: publish one first. ValueError where the entry is no publication,
    or rests on what never opens.
    """
    with told_plainly():
        covering = Checkpoint.objects.filter(size__gt=place)
        newest = covering.order_by("size" if earliest else "-size").first()
        if newest is None:
            raise NotReady(
                Message("No checkpoint has been published since this entry."),
                Message("Publish one, then make the bundle again."),
            )
        grown = tree.at(newest.size)
        publication = _entry(place)
        if publication.kind not in PUBLICATIONS:
            raise ValueError("only a publication has a bundle")
        said = values_of(publication)
        places = sorted({*said["rests_on"], place})
        entries = [_opened(_entry(each), grown, said) for each in places]
    content = None
    if publication.kind != Kind.WITHDRAWN:
        content = {"media_type": said["media_type"], "sha256": said["published_sha256"]}
    whole = {
        "masthead_bundle": FORM,
        "origin": newest.note.split("\n", 1)[0],
        "checkpoint": newest.note,
        "entries": entries,
        "content": content,
    }
    return sealed.canonical(whole) + b"\n"


def proof(place: int, size: int) -> list[bytes]:
    """The inclusion proof of the entry at `place` in the log of `size` entries."""
    return tree.at(size).inclusion(place)


def opening(entry: Entry, publication: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What of `entry` opens with a publication whose fields are `publication`: names, salts and values.

    `Refused` where a field that should open was erased.
    """
    kind = Kind(entry.kind)
    if not FIELDS[kind].opens_at_all:
        raise ValueError(f"nothing of the kind {kind.name} ever opens")
    said = values_of(entry)
    if said["item"] != publication["item"]:
        raise ValueError("an entry opens only with the publication of its own item")
    same_version = "canonical_sha256" in said and said["canonical_sha256"] == publication.get(
        "canonical_sha256"
    )
    if kind in OF_THE_VERSION and not same_version:
        raise ValueError(f"a publication does not rest on {kind.name} of another version")
    opens = {Opens.WITH_ITEM, Opens.WITH_VERSION} if same_version else {Opens.WITH_ITEM}
    names = [field for field in fields_of(entry) if opening_of(kind, field.name) in opens]
    salts = [_salt(field) for field in names]
    return [
        {"name": field.name, "salt": salt, "value": said[field.name]}
        for field, salt in zip(names, salts, strict=True)
    ]


def _opened(entry: Entry, grown: Tree, publication: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "place": entry.place,
        "face": sealed.face(entry.kind, bytes(entry.commitment)),
        "digests": {field.name: field.digest.hex() for field in fields_of(entry)},
        "opened": opening(entry, publication),
        "proof": [encode(part) for part in grown.inclusion(entry.place)],
    }


def _entry(place: int) -> Entry:
    entry = Entry.objects.filter(place=place).first()
    if entry is None:
        raise NotFound(Message("The log has no entry at that place."), Message("See `masthead log verify`."))
    return entry


def _salt(field: Field) -> str:
    if field.salt is None:
        raise Refused(
            Message("Something this bundle would show was erased."),
            Message("A bundle made before the erasure still verifies; a new one cannot be made."),
        )
    return field.salt.hex()
