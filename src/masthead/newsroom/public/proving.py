"""The proof of a publication, looked at before readers are told of it or handed it.

What was changed in the record since is found here, and a proof that does not hold is not shown as one.
"""

from json import loads
from pathlib import Path

from django.conf import settings

from masthead.errors import CannotRead, Damaged, NotFound
from masthead.language import Message
from masthead.newsroom.evidence import bundle, damage
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.evidence.bundle_check import check
from masthead.newsroom.evidence.key_ring import ring
from masthead.tlog import checkpoint, note


def damaged() -> bool:
    """Whether something was found that does not agree; a copy that was put back waits without that."""
    return any(each.found_by != damage.RESTORED for each in damage.known(Path(settings.MASTHEAD_HOME)))


def proven(place: int, *, earliest: bool = False) -> bytes:
    """The bundle of the publication at `place`, verified with the key of the log.

    `Damaged` where it does not verify or cannot be made of what is stored, and where the record was found
    damaged; else what `bundle.build` raises.
    """
    if damaged():
        raise _doubted()
    try:
        made = bundle.build(place, earliest=earliest)
        head = checkpoint.Checkpoint.parse(note.parse(loads(made)["checkpoint"]).text)
        key = ring(Path(settings.MASTHEAD_HOME)).list.at(head.size).key
        verdict = check(made, Given(key))
    except (CannotRead, NotFound, ValueError, TypeError, AttributeError, LookupError) as error:
        # What was changed may be anything: a kind that there is not, a place beyond the log, no JSON.
        raise _doubted() from error
    if not verdict.intact:
        raise _doubted()
    return made


def _doubted() -> Damaged:
    return Damaged(DOUBTED, LATER)


DOUBTED = Message(
    "The proof is not shown: something in our record did not agree when it was checked, and a person has to"
    " look into it."
)
LATER = Message("Come back later. A proof that you downloaded before can still be checked.")
