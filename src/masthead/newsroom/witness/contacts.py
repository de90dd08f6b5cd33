"""How it went with each of them, and when to try again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from masthead.language import Message
from masthead.newsroom.witness.models import Contact

LONGEST_WAIT = timedelta(hours=1)
SHORTEST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Went:
    """How it went: well, or with trouble in words."""

    trouble: Message | None = None

    @property
    def well(self) -> bool:
        """Whether nothing was in the way."""
        return self.trouble is None


WELL = Went()


def note(who: str, went: Went, now: datetime, *, again: timedelta) -> None:
    """Put down how it went; after trouble the next try waits a minute, then twice as long, up to an hour."""
    before = Contact.objects.filter(pk=who).first()
    failures = 0 if went.well else (before.failures if before else 0) + 1
    wait = again if went.well else min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** min(failures - 1, 10))
    Contact.objects.update_or_create(
        pk=who,
        defaults={
            "tried_at": now,
            "well_at": now if went.well else (before.well_at if before else None),
            "failures": failures,
            "next_at": now + wait,
            "trouble": went.trouble.to_json() if went.trouble else None,
        },
    )


def rests(who: str, now: datetime) -> bool:
    """Whether it is too early to try."""
    return Contact.objects.filter(pk=who, next_at__gt=now).exists()


def trouble_of(contact: Contact | None) -> Message | None:
    """What went wrong the last time."""
    return Message.from_json(contact.trouble) if contact and contact.trouble else None
