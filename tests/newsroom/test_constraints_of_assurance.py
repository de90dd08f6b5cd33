"""Illegal states of evidence and corrective actions cannot be stored, whoever writes them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import F, Model
from tests.newsroom.desk import Desk
from tests.newsroom.trying import doubled, refused

from masthead.newsroom.assurance.giving import Given, attest
from masthead.newsroom.assurance.models import CorrectiveAction, Evidence
from masthead.newsroom.evidence.vouched import Vouched, new_id
from masthead.vocabulary import Grade

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
LATER = datetime(2101, 1, 1, tzinfo=UTC)
VOUCHED: tuple[type[Vouched], ...] = (Evidence, CorrectiveAction)


@pytest.fixture
def full(small: Desk) -> Desk:
    """A piece of evidence, and the action that it opened."""
    attest(small.steward, Given("quarterly-review", met=False, grade=Grade.A))
    return small


CLOSED = "action_is_closed_by_evidence_or_by_a_reason"
CHANGED: list[tuple[str, type[Model], dict[str, Any]]] = [
    ("assurance_evidence_grade_known", Evidence, {"grade": "Z"}),
    ("evidence_answers_something", Evidence, {"answers": ""}),
    ("evidence_says_what_observed_it", Evidence, {"collector": ""}),
    ("evidence_says_what_observed_it", Evidence, {"collector_version": ""}),
    ("evidence_is_not_dated_ahead", Evidence, {"observed_at": LATER}),
    ("evidence_expires_after_it_was_observed", Evidence, {"expires_at": LONG_AGO}),
    ("evidence_expires_after_it_was_observed", Evidence, {"expires_at": F("observed_at")}),
    ("evidence_speaks_for_some_time", Evidence, {"effective_from": LATER, "effective_until": LATER}),
    ("attested_evidence_has_a_person", Evidence, {"person": None}),
    ("evidence_file_is_a_hash", Evidence, {"sha256": "abc"}),
    ("assurance_correctiveaction_cause_known", CorrectiveAction, {"cause": "whim"}),
    ("failure_has_its_evidence", CorrectiveAction, {"opened_for": ""}),
    (CLOSED, CorrectiveAction, {"closed_at": LATER}),
    (CLOSED, CorrectiveAction, {"closed_for": "evidence:x"}),
    (CLOSED, CorrectiveAction, {"closed_because": "So."}),
    (CLOSED, CorrectiveAction, {"closed_at": LATER, "closed_because": "So."}),
    (CLOSED, CorrectiveAction, {"closed_at": LATER, "closed_for": "evidence:x", "closed_because": "So."}),
]
COPIED: list[tuple[str, str, type[Model], dict[str, Any]]] = [
    ("one_action_is_open_on_a_subject", "answers about", CorrectiveAction, {}),
]


def test_no_row_of_assurance_can_be_made_illegal(full):
    for constraint, model, values in CHANGED:
        row = model._default_manager.get()
        refused(constraint, lambda m=model, r=row, v=values: m._default_manager.filter(pk=r.pk).update(**v))


def test_no_two_actions_are_open_on_one_subject(full):
    for _, columns, model, _ in COPIED:
        row = model._default_manager.get()
        row.pk = new_id()
        row._state.adding = True
        refused(doubled(columns), lambda r=row: r.save(force_insert=True))


def test_no_row_of_assurance_stands_without_its_entry(full):
    for model in VOUCHED:
        row = model.objects.get()
        refused("entry_id", lambda m=model, r=row: m.objects.filter(pk=r.pk).update(entry=None))
