"""A checklist of 150 controls and 100,000 pieces of evidence, and what it costs to say where they stand.

In a process of its own whose database `MASTHEAD_HOME` names: `python -m bench.status_rows`. The rows are
written straight to the table; what is measured goes through the product's own functions.
"""

import json
import random
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection

from bench.clock import cost
from masthead import declaration
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.assurance.giving import Given, observe
from masthead.newsroom.assurance.models import Evidence
from masthead.newsroom.assurance.standing import board, one_of
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Grade, Moment, Profile

CONTROLS, ROWS, SUBJECTS = 150, 100_000, 40
PROBE = ("bench", "1")
BARE = "SELECT answers, grade, met, observed_at, expires_at, about, received_at, id FROM assurance_evidence"


def prepare(now: datetime) -> list[str]:
    """The checklist and the evidence; gives the ids of the controls."""
    for _ in found("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SMALL, origin="bench/log"):
        pass
    catalogue = declaration.load()
    like = next(each for each in catalogue.controls if each.moment is Moment.SYSTEM)
    commitments = [each.id for each in catalogue.commitments]
    controls = [
        replace(like, id=f"c{n}", commitments=(commitments[n % len(commitments)],)) for n in range(CONTROLS)
    ]
    entry, ada, chance = Entry.objects.latest("place"), named("Ada Steward"), random.Random(1)
    with lifted():
        PolicyRevision.objects.create(
            entry=entry, number=2, profile=Profile.SMALL, controls=[asdict(each) for each in controls],
            adopted_by=ada, adopted_at=now,
        )  # fmt: skip
        Evidence.objects.bulk_create(
            (
                Evidence(
                    entry=entry, answers=f"c{n % CONTROLS}", about=f"system:{chance.randrange(SUBJECTS)}",
                    grade=chance.choice(list(Grade)), met=chance.random() < 0.95, person=ada,
                    observed_at=(at := now - timedelta(hours=chance.randrange(9000))), received_at=at,
                    expires_at=at + timedelta(days=chance.randrange(30, 900)),
                    collector=PROBE[0], collector_version=PROBE[1],
                )
                for n in range(ROWS)
            ),
            batch_size=2000,
        )  # fmt: skip
    return [each.id for each in controls]


def main() -> None:
    """Print what each took."""
    now = datetime.now(UTC)
    ids = prepare(now)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE)
            cursor.fetchall()

    def given() -> None:
        observe([Given(ids[7], True, Grade.M, about="system:3")], PROBE)
        one_of(datetime.now(UTC), ids[7])

    later = datetime.now(UTC)
    told = {
        "all": cost(lambda: board(later), rounds=3) / 1000,
        "bare": cost(bare, rounds=3) / 1000,
        "one": cost(given, rounds=40),
        "alone": cost(lambda: one_of(datetime.now(UTC), ids[7]), rounds=40),
        "rows": Evidence.objects.count(),
        "controls": len(ids),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
