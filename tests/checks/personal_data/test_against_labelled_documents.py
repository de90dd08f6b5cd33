"""Floors of recall and precision on documents that others labelled; skipped where they are not at hand.

`MASTHEAD_PRIVACY_DATA` names the JSON file; by default it is looked for beside the checkout.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from masthead.checks.personal_data.check import find

BESIDE = Path(__file__).parents[4] / "shared/data/privacy/presidio_research_generated_small.json"
DATA = Path(os.environ.get("MASTHEAD_PRIVACY_DATA", BESIDE))
OURS = {
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CARD",
    "IBAN_CODE": "IBAN",
    "US_SSN": "NATIONAL_ID",
}
FLOORS = {
    "EMAIL": (1.0, 1.0),
    "PHONE": (0.9, 0.9),
    "CARD": (1.0, 1.0),
    "IBAN": (1.0, 1.0),
    "NATIONAL_ID": (1.0, 1.0),
}


@pytest.mark.skipif(not DATA.exists(), reason="the labelled documents are not at hand")
def test_recall_and_precision_do_not_fall() -> None:
    hit: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for document in json.loads(DATA.read_text("utf-8")):
        labelled = [
            (OURS[span["entity_type"]], span["start_position"], span["end_position"])
            for span in document["spans"]
            if span["entity_type"] in OURS
        ]
        places = [(place.kind.name, place.start, place.end) for place in find(document["full_text"], "en")]
        for label in labelled:
            (hit if any(_same(label, place) for place in places) else missed)[label[0]] += 1
        for place in places:
            false[place[0]] += not any(_same(label, place) for label in labelled)
    for kind, (recall, precision) in FLOORS.items():
        assert hit[kind] >= recall * (hit[kind] + missed[kind]), f"{kind}: {missed[kind]} missed"
        assert hit[kind] >= precision * (hit[kind] + false[kind]), f"{kind}: {false[kind]} false"


def _same(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
