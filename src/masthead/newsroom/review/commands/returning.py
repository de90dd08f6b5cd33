"""Hand a version back to who made it, with what is to be done."""

from collections.abc import Mapping
from typing import Any

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.items.commands import still_newest
from masthead.newsroom.items.models import Version
from masthead.newsroom.review.going_out import not_withdrawn
from masthead.newsroom.review.models import SentBack
from masthead.newsroom.review.standing import sent_back
from masthead.newsroom.said import cleaned, too_long

LONGEST = 2_000
"""Characters of a note: what takes more is said face to face."""


def send_back(actor: Actor, version: Version, note: str) -> SentBack:
    """Send `version` back with a note to its author. The note stays sealed in the record.

    Raises `Stale` where a newer version came in meanwhile; `Refused` where the note is empty or too long, or
    where this person has said the same already.
    """
    returned = SentBack(version=version, person_id=actor.person_id, note=cleaned(note))

    def decide(r: Recording) -> Mapping[str, Any]:
        returned.role = require(actor, Action.SIGN_OFF, now=r.now)
        still_newest(version)
        not_withdrawn(version.item)
        _says_something_new(returned, sent_back(version))
        returned.sent_at = r.now
        r.add(returned)
        return {
            "item": version.item.public_id,
            "canonical_sha256": version.canonical_sha256,
            "note": returned.note,
            "role": returned.role,
            "through": actor.through,
        }

    record(Kind.SENT_BACK, actor=actor.person_id, decide=decide)
    return returned


def _says_something_new(returned: SentBack, before: SentBack | None) -> None:
    if not returned.note:
        raise Refused(
            Message("Sending back says what is to be done."), Message("Write a sentence to the author.")
        )
    if len(returned.note) > LONGEST:
        raise too_long(LONGEST)
    if before and (before.person_id, before.note) == (returned.person_id, returned.note):
        raise Refused(
            Message("You have sent this version back already, with the same note."),
            Message("Wait for a new version, or write what else is to be done."),
        )
