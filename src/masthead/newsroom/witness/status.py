"""How it stands with witnesses, time stamps and the logs that we watch: for people, pages and the checklist.

for each in status():
    each.role, each.name, each.size, each.at, each.age, each.overdue, each.alarm, each.trouble
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from masthead.declaration.status import Evidence
from masthead.language import Message
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, LogHead, Stamp
from masthead.newsroom.witness import lagging
from masthead.newsroom.witness.contacts import trouble_of
from masthead.newsroom.witness.models import (
    Alarm,
    AskedWitness,
    Contact,
    FollowedKey,
    RevokedKey,
    Seen,
    WitnessedLog,
)
from masthead.newsroom.witness.stamping import authority, contact_of
from masthead.newsroom.witness.words import key_id
from masthead.tlog.cosignature import CosignerKey
from masthead.vocabulary import Grade

FRESH = timedelta(days=3)
"""For how long somebody's word is taken for recent: over a weekend, and no longer."""
WITNESSED, STAMPED = "witnessed-log", "stamped-log"
"""The controls that this answers."""


class Part(StrEnum):
    """What somebody is to us."""

    WITNESS = "witness"
    """It is asked to witness our log."""
    LOG = "log"
    """We witness it."""
    AUTHORITY = "authority"
    """It is asked for time stamps of our log."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one of them at `now`.

    `size` and `at` are of the newest head that a witness cosigned or an authority stamped, or that we have
    seen of a log and when we last looked; None before the first. `overdue` is whether that is too long ago,
    or a log does not show in time what it has signed.
    """

    part: Part
    id: UUID | None
    name: str
    address: str
    key: str
    size: int | None
    at: datetime | None
    now: datetime
    overdue: bool
    alarm: Alarm | None = None
    trouble: Message | None = None
    given: str = ""
    """The key that a person gave: that of a log may have led to others since."""
    followed: tuple[FollowedKey, ...] = ()
    """The keys to which the key of a log that a person gave led since, in the order in which they sign."""
    revoked: tuple[RevokedKey, ...] = ()
    """Of each key that is revoked, what was said with the smallest size: that counts."""

    @property
    def key_id(self) -> str:
        """Which of several of one name it is; empty where it has no key."""
        return key_id(self.given) if self.given else ""

    @property
    def age(self) -> timedelta | None:
        """How long ago that was."""
        return self.now - self.at if self.at is not None else None


def status(*, now: datetime | None = None) -> list[Standing]:
    """All that stand now: the witnesses that we ask, the authority, the logs that we witness; by name."""
    moment = now or datetime.now(UTC)
    return [*witnesses(moment), *stamps(moment), *logs(moment)]


def witnesses(now: datetime) -> list[Standing]:
    """The witnesses that are asked about our log. An alarm is one about our own log that it has told of."""
    told = {each.told_by: each for each in Alarm.objects.filter(ended_at=None, origin=_origin())}
    return [_witness(each, told.get(each.name), now) for each in _standing(AskedWitness)]


def logs(now: datetime) -> list[Standing]:
    """The logs that we witness, each key of a log by itself."""
    seen = Seen.objects.in_bulk()
    alarms = {each.origin: each for each in Alarm.objects.filter(ended_at=None)}
    return [_log(each, seen.get(each.name), alarms.get(each.name), now) for each in _standing(WitnessedLog)]


def stamps(now: datetime) -> list[Standing]:
    """The authority that the settings name; none where they name none."""
    address = authority()
    if not address:
        return []
    last = Stamp.objects.filter(authority=address).order_by("-checkpoint__size").first()
    old = Checkpoint.objects.filter(signed_at__lte=now - FRESH, size__gt=last.checkpoint_id if last else 0)
    return [
        Standing(
            part=Part.AUTHORITY,
            id=None,
            name=urlsplit(address).hostname or address,
            address=address,
            key="",
            size=last.checkpoint_id if last else None,
            at=last.said_at if last else None,
            now=now,
            overdue=old.exists(),
            trouble=trouble_of(Contact.objects.filter(pk=contact_of(address)).first()),
        )
    ]


def open_alarms() -> list[Alarm]:
    """The alarms that nobody has ended, the newest first."""
    return list(Alarm.objects.filter(ended_at=None).order_by("-raised_at"))


def evidence(now: datetime) -> tuple[Evidence, ...]:
    """What is measured of how our log is witnessed and stamped. Of what nobody is asked for, nothing.

    One witness in time is enough; an alarm about our own log counts against it, whoever cosigned.
    """
    found = []
    asked = witnesses(now)
    if Alarm.objects.filter(ended_at=None, origin=_origin()).exists():
        found.append(Evidence(WITNESSED, Grade.M, met=False, observed_at=now))
    elif fresh := [each.at for each in asked if each.at is not None and not each.overdue]:
        found.append(Evidence(WITNESSED, Grade.M, met=True, observed_at=max(fresh)))
    elif asked and all(each.overdue for each in asked):
        found.append(Evidence(WITNESSED, Grade.M, met=False, observed_at=now))
    found += [
        Evidence(STAMPED, Grade.M, met=not each.overdue, observed_at=now)
        for each in stamps(now)
        if each.overdue or each.at is not None
    ]
    return tuple(found)


def _witness(party: AskedWitness, alarm: Alarm | None, now: datetime) -> Standing:
    key_id = CosignerKey.parse(party.key).key_id
    last = Cosignature.objects.filter(name=party.name, key_id=key_id).order_by("-checkpoint_id").first()
    at = last.said_at if last else None
    return _of(Part.WITNESS, party, last.checkpoint_id if last else None, at, alarm, now)


def _log(party: WitnessedLog, seen: Seen | None, alarm: Alarm | None, now: datetime) -> Standing:
    said = datetime.fromtimestamp(seen.said_at, UTC) if seen and seen.said_at else None
    looked = Contact.objects.filter(pk=str(party.pk)).values_list("well_at", flat=True).first()
    at = max(filter(None, (said, looked)), default=None)
    found = _of(Part.LOG, party, seen.size if seen and seen.note else None, at, alarm, now)
    followed = tuple(party.followed.order_by("from_size"))
    gone = {row.key: row for row in party.revoked.order_by("-from_size")}
    return replace(
        found,
        key=followed[-1].key if followed else party.key,
        overdue=found.overdue or lagging.late(party.name, now),
        followed=followed,
        revoked=tuple(sorted(gone.values(), key=lambda row: (row.from_size, row.key))),
    )


def _of(
    part: Part,
    party: AskedWitness | WitnessedLog,
    size: int | None,
    at: datetime | None,
    alarm: Alarm | None,
    now: datetime,
) -> Standing:
    return Standing(
        part=part,
        id=party.pk,
        name=party.name,
        address=party.address,
        key=party.key,
        size=size,
        at=at,
        now=now,
        overdue=now - (at or party.added_at) > FRESH,
        alarm=alarm,
        trouble=trouble_of(Contact.objects.filter(pk=str(party.pk)).first()),
        given=party.key,
    )


def _standing[P: (AskedWitness, WitnessedLog)](model: type[P]) -> list[P]:
    return list(model._default_manager.filter(ended_at=None).order_by("name", "added_at"))


def _origin() -> str:
    return LogHead.objects.values_list("origin", flat=True).first() or ""
