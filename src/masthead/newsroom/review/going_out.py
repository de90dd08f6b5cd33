"""What publishing and correcting share: the row that says what went out, and the entry's fields."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785

from masthead.errors import Refused
from masthead.labels.record import Record
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, organisation
from masthead.newsroom.items.draft import version_fields
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.policy.commands import in_force
from masthead.newsroom.review.models import BreakGlass, CheckRun, Publication
from masthead.newsroom.review.seal import Outgoing
from masthead.newsroom.review.standing import live_sign_off, withdrawal
from masthead.newsroom.review.telling import to_json

COUNTS = ("sources", "looked_for", "found", "waived")

telling: list[Callable[[Item], object]] = []
"""Called in the transaction of what readers are to see, by what writes it once that is on record.

What is noted there is on record with it: killed before anything is written, somebody knows that it is to be.
"""


def readers_see(item: Item) -> None:
    """Say, inside a command, that what it records changes what readers see of an item."""
    for each in telling:
        each(item)


def not_withdrawn(item: Item) -> None:
    """Refuse what can no longer be done to an item that was withdrawn."""
    if withdrawal(item) is not None:
        raise Refused(Message("This item has been withdrawn."), Message("Bring a new one in."))


def not_out(version: Version) -> None:
    """Refuse for a version that went out what is done before it does."""
    if Publication.objects.filter(version=version).exists():
        raise Refused(
            Message("This version is published already."),
            Message("Correct it, or bring a new version in."),
        )


def publication_row(
    actor: Actor, version: Version, told: Record, outgoing: Outgoing, now: datetime
) -> Publication:
    """The row for what goes out; its ground is the caller's to set."""
    return Publication(
        version=version,
        item=version.item,
        person_id=actor.person_id,
        responsible=organisation().publisher,
        facts=to_json(told),
        content_sha256=outgoing.content_sha256,
        media_type=outgoing.media_type,
        sidecar_sha256=outgoing.sidecar_sha256,
        published_at=now,
    )


def out_fields(version: Version, publication: Publication, run: CheckRun | None) -> Mapping[str, Any]:
    """The fields of an entry with which something goes out, as the table of kinds names them.

    `run` is the run of checks that counts for `version`.
    """
    version_says = version_fields(version)
    return {
        "item": version_says["item"],
        "uses": version_says["uses"],
        "canonical_sha256": version.canonical_sha256,
        "media_type": publication.media_type,
        "published_sha256": publication.content_sha256,
        "disclosure_sha256": sha256(rfc8785.dumps(publication.facts)).hexdigest(),
        "counts": {name: publication.facts[name] for name in COUNTS},
        "rests_on": rests_on(version, run),
        "responsible": publication.responsible,
        "policy": in_force().number,
    }


def rests_on(version: Version, run: CheckRun | None) -> list[int]:
    """The places of the entries a publication of `version` rests on; earlier ones are none of them."""
    item = version.item
    signed = live_sign_off(version)
    broken = BreakGlass.objects.filter(version=version).first()
    # An item comes in with its first version; its own entry is the last that changed it, a mark perhaps.
    places = list(item.versions.filter(correction=None).values_list("entry__place", flat=True))
    places += version.ai_uses.values_list("entry__place", flat=True)
    places += [row.entry.place for row in (run, signed, broken) if row is not None]
    if run is not None:
        found = run.findings.values_list("fingerprint", flat=True)
        places += item.waivers.filter(fingerprint__in=found).values_list("entry__place", flat=True)
    return sorted(set(places) - {None})
