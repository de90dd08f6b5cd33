"""Say that a record which was found damaged is whole again: verified once more, then on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from masthead.errors import Damaged, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence import damage, kept
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.evidence.verify import Verdict
from masthead.newsroom.evidence.watch import all_of_it
from masthead.newsroom.integrity.models import Restoration
from masthead.newsroom.integrity.seen import said_of_it
from masthead.newsroom.said import cleaned
from masthead.system_said import why


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What was put right, how far the log verified, and the place of the entry that says so."""

    found: tuple[damage.Damage, ...]
    verdict: Verdict
    place: int | None
    """None where an earlier run recorded it and was cut off before it had moved the evidence."""
    left: bool
    """Whether something else was found meanwhile: the record is read-only for that."""


def acknowledge(
    actor: Actor, note: str = "", *, seen: str = "", nobody_has_seen_more: bool = False
) -> Acknowledged:
    """End the read-only state, with an entry that names the evidence kept. The evidence is kept for ever.

    `seen` is the newest checkpoint that somebody outside holds, wanted where the folder itself knew of none.
    `Refused` where nothing was found, or where nobody says how far the log was seen; `Damaged` where the log
    does not verify, whole and from its beginning.
    """
    home: Path = settings.MASTHEAD_HOME
    # What is verified now would not be what stands here once the same restore is run again.
    damage.refuse_half_restored(home)
    found = _found(home)
    if not found:
        raise Refused(
            Message("Nothing was found damaged here, so there is nothing to acknowledge."),
            Message("See `masthead log verify`."),
        )
    verdict = all_of_it()
    if verdict.why is not None:
        raise Damaged(
            Message("The log does not verify: %(why)s.", {"why": verdict.why}),
            Message("Put back a backup that does, with `masthead restore`; nothing was changed."),
        )
    known = said_of_it(home, found, seen, nobody_has_seen_more=nobody_has_seen_more)
    place = _recorded(actor, found, "\n".join(each for each in (known, cleaned(note)) if each))
    # The entry before the move: cut off between the two, the record stays read-only and the same command
    # ends it. The other way round the desk would go on with nothing on record of what was found.
    try:
        left = damage.put_away(home, found)
    except OSError as error:
        raise Unavailable(
            Message(
                "It is on record, but the evidence could not be moved away (%(why)s): the record is still"
                " read-only.",
                {"why": why(error)},
            ),
            Message("Look at the home folder and at what else works in it; then do the same again."),
        ) from error
    return Acknowledged(tuple(found), verdict, place, left or kept.is_there(home))


def _found(home: Path) -> list[damage.Damage]:
    """What was found, here or by another host: each a file here, which is kept for ever."""
    try:
        kept.collect(home)
    except OSError as error:
        raise Unavailable(
            Message(
                "The evidence of what was found cannot be kept in the home folder (%(why)s).",
                {"why": why(error)},
            ),
            Message("Make room on its disk, or check who owns it; then do the same again."),
        ) from error
    return damage.filed(home)


def _recorded(actor: Actor, found: list[damage.Damage], note: str) -> int | None:
    digests = damage.digests(found)
    # By an earlier run, or at another host that shares the database: what was found there was the same.
    if set(digests) <= {digest for each in Restoration.objects.all() for digest in each.damage}:
        kept.clear(found)
        return None
    said = Restoration(damage=digests, note=note, person_id=actor.person_id)

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.ACKNOWLEDGE_DAMAGE, now=r.now)
        said.acknowledged_at = r.now
        r.add(said)
        kept.clear(found)
        return {"damage_sha256": digests, "note": note, "through": actor.through}

    return record(Kind.RESTORED, actor=actor.person_id, decide=decide).place
