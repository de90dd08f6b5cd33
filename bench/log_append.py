"""How fast entries become durable, one by one and in batches.

In a process of its own whose database `MASTHEAD_HOME` and `MASTHEAD_DATABASE_URL` name. `python -m
bench.log_append prepare` founds an organisation with one item; `… batched N` and `… single N` append N
entries, each with one AI use. `bench.log_bare` writes their rows again, into a copy of the database as it
was.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import django

if __name__ == "__main__":
    django.setup()

from bench.clock import cpu, peak
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.evidence.bulk import Made, record_all, recorded_before
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.vouched import new_id
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import AIUse, Version
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Profile, Task, Tier


class Use(NamedTuple):
    """One AI use to record."""

    id: UUID
    system: str


def prepare() -> None:
    """An organisation with one item."""
    for _ in found("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SOLO, origin="bench/log"):
        pass
    add_item(Actor(named("Ada Steward").id), Given("a.md", b"It rained.\n"), language="en")


def uses(count: int) -> Iterator[Use]:
    """Uses of AI as they come in from elsewhere."""
    return (Use(new_id(), f"Scribe {number % 7}") for number in range(count))


class Recorder:
    """What turns a use into an entry and a row, by whom and of which item."""

    def __init__(self) -> None:
        self.actor = named("Ada Steward").id
        self.version = Version.objects.select_related("item").get()
        self.item = self.version.item.public_id

    def row(self, use: Use) -> dict[str, Any]:
        """The columns of the row."""
        return {
            "id": use.id,
            "version_id": self.version.id,
            "system": use.system,
            "task": Task.SUMMARY.value,
            "tier": Tier.T1.value,
            "start": None,
            "end": None,
            "quote": "",
            "recorded_by_id": self.actor,
            "recorded_through": "gateway",
        }

    def fields(self, use: Use) -> dict[str, Any]:
        """The sealed fields."""
        said = {"system": use.system, "task": "summary", "tier": "T1"}
        return {"item": self.item, "uses": [said], "through": "gateway"}

    def decide(self, some: Sequence[Use], now: datetime) -> Iterable[Made]:
        """All that are not on record."""
        known = recorded_before(AIUse, [use.id for use in some])
        for use in some:
            if use.id not in known:
                yield Made(self.fields(use), [(AIUse, self.row(use))])

    def batched(self, count: int) -> None:
        """Append `count` entries in batches."""
        batches = record_all(Kind.AI_USE_RECORDED, uses(count), actor=self.actor, decide=self.decide)
        if sum(len(batch.places) for batch in batches) != count:
            raise SystemExit("not every entry got a place")

    def single(self, count: int) -> None:
        """Append `count` entries one by one."""
        for use in uses(count):

            def decide(r: Recording, use: Use = use) -> dict[str, Any]:
                r.add(AIUse(**self.row(use)))
                return self.fields(use)

            record(Kind.AI_USE_RECORDED, actor=self.actor, decide=decide)


def main(how: str, count: int = 0) -> None:
    """Do one of the three; says how long it took."""
    if how == "prepare":
        prepare()
        return
    recorder = Recorder()
    first = LogHead.objects.get().size
    work = recorder.batched if how == "batched" else recorder.single
    before, start = cpu(), time.perf_counter()
    work(count)
    told = {
        "first": first,
        "seconds": time.perf_counter() - start,
        "cpu": cpu() - before,
        "rss": peak(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
