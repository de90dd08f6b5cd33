"""Make the bundle with which a stranger checks one publication offline.

Its form is decided in docs/decisions/0003-evidence-log.md and 0021-what-a-stranger-verifies.md.
`verify_masthead.py` reads it without our code.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count

from masthead.errors import NotFound, NotReady, Refused
from masthead.language import Message
from masthead.newsroom.evidence import key_ring, sealed, served, tree
from masthead.newsroom.evidence.fields import Field, fields_of, values_of
from masthead.newsroom.evidence.kinds import (
    FIELDS,
    OF_THE_VERSION,
    PUBLICATIONS,
    Kind,
    Opens,
    opening_of,
)
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Entry
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.note import encode
from masthead.tlog.proofs import Tree

FORM = 2
RECENT = 50
"""Of how many newest checkpoints the one that most witnesses cosigned is taken."""


def build(place: int, *, earliest: bool = False) -> bytes:
    """The bundle of the publication (published, corrected, withdrawn) whose entry is at `place`.

    Holds that entry and those it rests on, opened as the table of kinds says, with their proofs under a
    recent checkpoint, its cosignatures and time stamps, and the hand-overs of the log's keys. Under the
    `earliest` checkpoint that covers it there is none of these, so that it stays the same for ever.

    `NotReady` where no checkpoint covers the place yet: publish one first. `Refused` where a field that it
    would open was erased. ValueError where the entry is no publication, or rests on what never opens.
    """
    home: Path = settings.MASTHEAD_HOME
    with told_plainly():
        row = _earliest(place) if earliest else _best(place, home)
        if row is None:
            raise NotReady(
                Message("No checkpoint has been published since this entry."),
                Message("Publish one, then make the bundle again."),
            )
        publication = _entries([place])[0]
        if publication.kind not in PUBLICATIONS:
            raise ValueError("only a publication has a bundle")
        said, grown = values_of(publication), tree.at(row.size)
        entries = [_opened(each, grown, said) for each in _entries(sorted({*said["rests_on"], place}))]
        whole = {
            "masthead_bundle": FORM,
            "origin": row.note.split("\n", 1)[0],
            "checkpoint": row.note if earliest else served.checkpoint(row).decode(),
            "handovers": [] if earliest else list(key_ring.handovers(home)),
            "stamps": [] if earliest else stamps_of(row),
            "entries": entries,
            "content": _content(publication, said),
        }
    return sealed.canonical(whole) + b"\n"


def _earliest(place: int) -> Checkpoint | None:
    return Checkpoint.objects.filter(size__gt=place).order_by("size").first()


def _best(place: int, home: Path) -> Checkpoint | None:
    """The newest checkpoint that covers `place` and is signed with the key that a reader finds published now.

    Among the recent ones, the one that most witnesses cosigned and most authorities stamped; where no witness
    has cosigned any of them, the newest that one has.
    """
    since = key_ring.ring(home).list.current.size
    for least in (max(place + 1, since), place + 1):
        covering = Checkpoint.objects.filter(size__gte=least)
        counted = covering.annotate(
            witnesses=Count("cosignatures", distinct=True), stamped=Count("stamps", distinct=True)
        )
        recent = counted.order_by("-size")[:RECENT]
        best = max(recent, key=lambda row: (row.witnesses, row.stamped, row.size), default=None)
        if best is None:
            continue
        last = Cosignature.objects.filter(checkpoint__gte=least).order_by("-checkpoint").first()
        return last.checkpoint if last and not best.witnesses else best
    return None


def stamps_of(row: Checkpoint) -> list[dict[str, str]]:
    """The time stamps kept of a checkpoint, as a bundle holds them."""
    return [
        {"authority": each.authority, "token": encode(bytes(each.token))}
        for each in sorted(row.stamps.all(), key=lambda each: each.authority)
    ]


def _content(publication: Entry, said: Mapping[str, Any]) -> dict[str, str] | None:
    if publication.kind == Kind.WITHDRAWN:
        return None
    return {"media_type": said["media_type"], "sha256": said["published_sha256"]}


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


def _entries(places: list[int]) -> list[Entry]:
    """The entries at these places, which are in order."""
    found = list(Entry.objects.filter(place__in=places).order_by("place"))
    if len(found) != len(places):
        raise NotFound(Message("The log has no entry at that place."), Message("See `masthead log verify`."))
    return found


def _salt(field: Field) -> str:
    if field.salt is None:
        raise Refused(
            Message("Something this bundle would show was erased."),
            Message("A bundle made before the erasure still verifies; a new one cannot be made."),
        )
    return field.salt.hex()
