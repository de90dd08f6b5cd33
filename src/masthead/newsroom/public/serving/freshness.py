"""Whether something on record since can have changed an answer.

Everything the public sees comes from the record, and nothing changes the record without an entry. So an
answer made when the log had `n` entries stands as long as none of the entries from `n` on touches it; while
the log has not grown, that takes one look at its head. What outsiders say of the log leaves no entry: an
answer that tells of it says what stood `beside` the log when it was made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from masthead.newsroom.evidence import damage
from masthead.newsroom.evidence.fields import Says
from masthead.newsroom.evidence.kinds import ERASING, Kind
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Entry, LogHead, Stamp

ERASED = ERASING
"""What anything kept may have told of: names stand on pages that are about something else."""
HOUSE = frozenset({Kind.ORGANISATION_SET_UP, Kind.POLICY_ADOPTED}) | ERASED
"""What every page tells: whose it is, and which checklist is in force."""
WENT_OUT = frozenset({Kind.PUBLISHED, Kind.CORRECTED, Kind.WITHDRAWN, Kind.ITEM_PROTECTED})
"""What lists of items rest on."""
ANSWERS = frozenset({Kind.QUESTION_ANSWERED})
KEYS = frozenset({Kind.KEY_ROTATED, Kind.KEY_REVOKED})
"""What every proof rests on."""
WITNESS = frozenset({Kind.WITNESS_ADDED})
"""With the first log that is witnessed here the key of our witness is made."""
REGISTER = frozenset(
    {
        Kind.SYSTEM_REGISTERED,
        Kind.SYSTEM_APPROVED,
        Kind.SYSTEM_PAUSED,
        Kind.SYSTEM_RETIRED,
        Kind.USE_CASE_CHANGED,
        Kind.SYSTEM_TERMS_READ,
        Kind.SYSTEM_ACCOUNTABLE,
        Kind.PERSON_ENDS,
    }
)

_HEAD = f'SELECT size FROM "{LogHead._meta.db_table}"'  # noqa: S608 - a table of ours


type Beside = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Rests:
    """What an answer rests on: entries of these kinds, and every entry about this item.

    `beside` is what `beside()` gave before it was made; None for one that tells nothing of that.
    """

    kinds: frozenset[Kind]
    item: str = ""
    beside: Beside | None = None


def rests(*kinds: Iterable[Kind], item: str = "", beside: Beside | None = None) -> Rests:
    """On the house, and on all `kinds`."""
    return Rests(HOUSE.union(*kinds), item, beside)


def beside() -> Beside:
    """The newest checkpoint, cosignature and time stamp. Ids come in the order in which they were kept."""
    rows = (Checkpoint.objects, Cosignature.objects, Stamp.objects)
    return tuple(each.order_by("-pk").values_list("pk", flat=True).first() for each in rows)


def found() -> tuple[str, ...]:
    """What is known to be damaged, which leaves no entry; while nothing is, one look for a file."""
    home = Path(settings.MASTHEAD_HOME)
    return tuple(damage.digests(damage.known(home))) if damage.is_there(home) else ()


def head() -> int:
    """How many entries the log has; 0 before there is one."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def touched(on: Rests, since: int) -> bool:
    """Whether an entry at `since` or later touches what an answer rests on."""
    if Entry.objects.filter(place__gte=since, kind__in=on.kinds).exists():
        return True
    about = Entry.objects.filter(Says("item", on.item), place__gte=since)
    return bool(on.item) and about.exists()
