"""From a publication to its public page, in one language."""

import json
from datetime import UTC
from pathlib import Path

from django.conf import settings

from masthead import labels
from masthead.labels.record import Record
from masthead.language import LANGUAGES, NAMES, Message
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.public.answers import answered
from masthead.newsroom.public.changed import differences
from masthead.newsroom.public.files import BUNDLE, CREDENTIAL, RECORD, content_name, page_name
from masthead.newsroom.public.opened import opened
from masthead.newsroom.public.page import (
    Countersigned,
    Edition,
    File,
    Page,
    Picture,
    Proof,
    PublicChange,
    PublicDifference,
)
from masthead.newsroom.public.steps import steps_of
from masthead.newsroom.public.vouched import first_witnesses
from masthead.newsroom.review.models import Publication
from masthead.tlog import checkpoint, note


def page_of(
    out: Publication,
    record: Record,
    proof: bytes,
    language: str,
    files: list[str],
    changes: tuple[PublicChange, ...],
) -> Page:
    """The page; the active language must be `language`. `proof` is empty while no checkpoint covers it.

    `changes` are those of `changes_of`, the same in every language.
    """
    address = settings.MASTHEAD.address.rstrip("/")
    picture = content_name(out.media_type) if out.media_type.startswith("image/") else ""
    return Page(
        outlet=record.outlet,
        title=record.title,
        language=language,
        disclosure=labels.disclose(record),
        public_id=out.item.public_id,
        item_language="" if record.language == "und" else record.language,
        medium=record.medium,
        picture=Picture(picture, record.title) if picture in files else None,
        published_on=record.published_on,
        changes=changes,
        withdrawn=PublicChange(record.withdrawn.on, record.withdrawn.note) if record.withdrawn else None,
        steps=steps_of(out.item, out.version.number),
        proof=_proof(proof, out) if proof else None,
        files=tuple(_file(name) for name in (*files, BUNDLE) if _file(name).what),
        editions=tuple(
            Edition(other, NAMES[other], page_name(other)) for other in LANGUAGES if other != language
        ),
        questions=answered(out.item),
        contact=f"{address}/items/{out.item.public_id}/ask" if address else None,
        json_ld=labels.json_ld(record),
    )


def changes_of(out: Publication, record: Record) -> tuple[PublicChange, ...]:
    """Each change since it first went out, with the words it changed."""
    if not record.corrections:
        return ()
    found = differences(out.item)
    # Where the two do not tell of the same changes, none is given the words of another.
    known = found if len(found) == len(record.corrections) else [PublicDifference()] * len(record.corrections)
    return tuple(
        PublicChange(change.on, change.note, difference)
        for change, difference in zip(record.corrections, known, strict=True)
    )


def _file(name: str) -> File:
    if name == BUNDLE:
        return File(name, Message("the proof: entries, what opened of them, and the signed head of the log"))
    if name == RECORD:
        return File(name, Message("the record as it was when this went out; its hash stands in the proof"))
    if name.endswith(CREDENTIAL):
        return File(name, Message("its Content Credential"))
    if name.startswith("content."):
        return File(name, Message("the item as published"))
    return File(name, "")


def _proof(proof: bytes, out: Publication) -> Proof:
    said = json.loads(proof)
    head = checkpoint.Checkpoint.parse(note.parse(said["checkpoint"]).text)
    signed = Checkpoint.objects.get(size=head.size).signed_at
    return Proof(
        origin=head.origin,
        place=out.entry.place,
        size=head.size,
        root=head.root.hex(),
        key=str(ring(Path(settings.MASTHEAD_HOME)).current),
        by=signed.astimezone(UTC).date(),
        witnesses=tuple(
            Countersigned(each.name, each.at, each.size) for each in first_witnesses(out.entry.place)
        ),
        opened=opened(said),
    )
