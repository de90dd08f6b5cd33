"""What is on record of a version, each table read when something of it is first asked for, and once.

For one look at the record: a page, or one decision of the gate. What was read is not read again, so that
nobody keeps it longer: a command makes its own under the lock.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from uuid import UUID

import rfc8785

from masthead.newsroom.accounts.actor import organisation
from masthead.newsroom.accounts.models import Organisation
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.policy.commands import in_force
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.review import asked
from masthead.newsroom.review.models import BreakGlass, CheckRun, Finding, SignOff, Waiver
from masthead.newsroom.said import key
from masthead.reading.canonical import fold
from masthead.vocabulary import SystemStatus


def writers(versions: Iterable[Version]) -> Iterator[UUID]:
    """Who changed what stands in an item: those of its versions, in order, that repeat not the one before."""
    before: tuple[str, str] | None = None
    for version in versions:
        if (said := (version.sha256, version.title)) != before:
            yield version.author_id
        before = said


class OnRecord:
    """One look at a version. Not for use by several threads.

    `run` is a run of checks on another version that saw the very same, for one that has none of its own;
    `now` is when the checklist must be in force, else it is this moment.
    """

    def __init__(self, version: Version, *, run: CheckRun | None = None, now: datetime | None = None) -> None:
        self.version = version
        self._given = run
        self._now = now

    @property
    def item(self) -> Item:
        """The item it is a version of."""
        return self.version.item

    @cached_property
    def house(self) -> Organisation:
        """The organisation that answers for it."""
        return organisation()

    @cached_property
    def policy(self) -> PolicyRevision:
        """The checklist in force."""
        return in_force(self._now)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """What it was made from."""
        return tuple(asked.SOURCES(self.version.pk))

    @cached_property
    def uses(self) -> tuple[AIUse, ...]:
        """The AI uses, as recorded."""
        return tuple(asked.USES(self.version.pk))

    @cached_property
    def systems(self) -> dict[str, AISystem]:
        """The registered systems among those used, by the key of their name."""
        used = sorted({key(use.system) for use in self.uses})
        return {system.key: system for system in asked.systems(len(used))(*used)} if used else {}

    @cached_property
    def use_cases(self) -> dict[UUID, list[UseCase]]:
        """The use cases of those systems, by the system's id."""
        known = [system.pk for system in self.systems.values()]
        found: dict[UUID, list[UseCase]] = {pk: [] for pk in known}
        for case in asked.use_cases(len(known))(*known) if known else ():
            found[case.system_id].append(case)
        return found

    @cached_property
    def run(self) -> CheckRun | None:
        """The newest run of checks that knew every source and AI use now on record; None without one."""
        run = asked.RUN.first(self.version.pk)
        if run is None:
            return self._given
        run.version = self.version
        places = [asked.place_of(row) for row in (*self.sources, *self.uses)]
        return run if all(place is not None and place < run.entry.place for place in places) else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What that run found, in reading order."""
        return tuple(asked.FINDINGS(self.run.pk)) if self.run else ()

    @cached_property
    def waivers(self) -> dict[str, Waiver]:
        """What was waived of the item, by the fingerprint of the finding."""
        return {each.fingerprint: each for each in asked.WAIVERS(self.item.pk)}

    @cached_property
    def said(self) -> str:
        """Stands for what people say of it: see `standing.said_digest`."""
        version = self.version
        uses = sorted(
            ([key(use.system), use.task, use.tier, use.start, use.end] for use in self.uses),
            # The whole, which has no first letter, before its parts.
            key=lambda use: [-1 if each is None else each for each in use],
        )
        said = [fold(version.title), version.language, version.public_interest, version.realistic, uses]
        return sha256(rfc8785.dumps(said)).hexdigest()

    @cached_property
    def sign_offs(self) -> tuple[SignOff, ...]:
        """Every sign-off ever given on the item, newest first."""
        return tuple(asked.SIGN_OFFS(self.item.pk))

    @cached_property
    def makers(self) -> frozenset[UUID]:
        """Who had a hand in it: see `standing.makers`."""
        return frozenset(
            {
                self.item.author_id,
                *writers(asked.VERSIONS(self.item.pk, self.version.number)),
                *(use.recorded_by_id for use in self.uses),
            }
        )

    @cached_property
    def live_sign_off(self) -> SignOff | None:
        """The sign-off that covers it as it now is, one by another person than its makers first."""
        live = [
            each
            for each in self.sign_offs
            if each.canonical_sha256 == self.version.canonical_sha256 and each.said_sha256 == self.said
        ]
        return min(live, key=lambda each: each.person_id in self.makers, default=None)

    @cached_property
    def live_break_glass(self) -> BreakGlass | None:
        """The decision to publish it against obstacles, while it holds: see `standing.live_break_glass`."""
        broken = asked.BREAK_GLASS.first(self.version.pk)
        if broken is None or broken.said_sha256 != self.said:
            return None
        stopped = {
            name
            for name, system in self.systems.items()
            if system.status in (SystemStatus.PAUSED, SystemStatus.RETIRED)
            and system.entry.place > broken.entry.place
        }
        used = {key(use.system) for use in self.uses if use.at_tier.material}
        return None if stopped & used else broken
