from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.declaration import load
from masthead.declaration.status import Evidence, Reading, Status, standing_of
from masthead.vocabulary import Grade

CATALOGUE = load()
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def days(n: int) -> timedelta:
    return timedelta(days=n)


def evidence(
    answers: str, grade: Grade = Grade.M, *, met: bool = True, age: int = 1, expires_in: int | None = None
):
    expires = None if expires_in is None else NOW + days(expires_in)
    return Evidence(answers, grade, met, NOW - days(age), expires)


def status(commitment: str, *pieces: Evidence, reading: Reading = Reading.WATCHDOG) -> Status:
    return CATALOGUE.status(commitment, pieces, now=NOW, reading=reading)


def test_an_answer_of_the_grade_asked_for_meets_a_commitment():
    assert status("H2.4", evidence("data-terms", Grade.V)) is Status.MET


def test_a_stronger_grade_will_do():
    assert status("H2.4", evidence("data-terms", Grade.M)) is Status.MET


@pytest.mark.parametrize("grade", [Grade.A, Grade.D])
def test_a_weaker_grade_leaves_it_unknown(grade):
    assert status("H2.4", evidence("data-terms", grade)) is Status.UNKNOWN


@pytest.mark.parametrize("grade", list(Grade))
def test_a_failure_counts_at_any_grade(grade):
    assert status("H2.4", evidence("data-terms", grade, met=False)) is Status.NOT_MET


def test_evidence_older_than_its_cadence_leaves_it_unknown():
    assert status("H2.4", evidence("data-terms", age=364)) is Status.MET
    assert status("H2.4", evidence("data-terms", age=365)) is Status.UNKNOWN


def test_expired_evidence_leaves_it_unknown():
    assert status("H3.1", evidence("traced-facts", expires_in=0)) is Status.UNKNOWN
    assert status("H3.1", evidence("traced-facts", expires_in=1)) is Status.MET


def test_evidence_from_the_future_does_not_count():
    assert status("H3.1", evidence("traced-facts", age=-1)) is Status.UNKNOWN


def test_the_newest_counts():
    older, newer = evidence("traced-facts", met=False, age=9), evidence("traced-facts", age=2)
    assert status("H3.1", older, newer) is Status.MET
    assert status("H3.1", evidence("traced-facts", met=False), newer) is Status.NOT_MET


def test_all_that_serves_a_commitment_must_be_met():
    assert status("H1.1", evidence("registered-systems")) is Status.UNKNOWN
    assert status("H1.1", evidence("registered-systems"), evidence("recorded-use")) is Status.MET
    assert status("H1.1", evidence("recorded-use", met=False)) is Status.NOT_MET


def test_a_question_answers_its_own_commitment_only():
    assert status("H1.3", evidence("learning", Grade.A)) is Status.MET
    assert status("H1.2", evidence("learning", Grade.A)) is Status.UNKNOWN


@pytest.mark.parametrize("met", [True, False])
def test_a_watchdog_never_complies_with_a_duty_of_states(met):
    assert status("FOC-d", evidence("rights-assessments", met=met)) is Status.WATCHED


def test_a_duty_bearer_meets_it_or_not():
    answer = evidence("rights-assessments")
    assert status("FOC-d", answer, reading=Reading.DUTY_BEARER) is Status.MET


def test_evidence_needs_a_moment_to_be_judged_at():
    with pytest.raises(ValueError):
        CATALOGUE.status("H3.1", [evidence("traced-facts")])


ANSWERS = [one.id for one in (*CATALOGUE.controls, *CATALOGUE.questions)]
PIECES = st.builds(
    Evidence,
    st.sampled_from(ANSWERS),
    st.sampled_from(list(Grade)),
    st.booleans(),
    st.integers(-400, 400).map(lambda n: NOW + days(n)),
    st.none() | st.integers(-400, 400).map(lambda n: NOW + days(n)),
)


@given(st.sampled_from([one.id for one in CATALOGUE.commitments]), st.lists(PIECES, max_size=8))
def test_nothing_is_met_by_documents_that_ask_for_more_or_by_the_order_they_come_in(commitment, pieces):
    documents = [piece for piece in pieces if piece.grade is Grade.D]
    assert status(commitment, *documents) is not Status.MET
    if len({piece.observed_at for piece in pieces}) == len(pieces):
        assert status(commitment, *pieces) is status(commitment, *reversed(pieces))


@pytest.mark.parametrize(
    ("commitment", "control", "question"),
    [("FOC-h", "witnessed-log", "open-records"), ("FOC-i", "stamped-log", "openness-trend")],
)
def test_what_is_measured_of_our_own_log_is_never_their_duty_met(commitment, control, question):
    answer, fresh = evidence(question, Grade.V), evidence(control)
    assert status(commitment, answer) is Status.UNKNOWN
    assert status(commitment, fresh) is Status.UNKNOWN
    assert status(commitment, answer, fresh) is Status.WATCHED
    assert status(commitment, answer, evidence(control, age=3)) is Status.UNKNOWN
    assert status(commitment, answer, evidence(control, met=False)) is Status.NOT_MET
    assert status(commitment, answer, fresh, reading=Reading.DUTY_BEARER) is Status.MET


def test_a_control_is_met_or_not_by_itself():
    control = CATALOGUE.control("witnessed-log")
    assert standing_of(control, [], NOW).status is Status.UNKNOWN
    assert standing_of(control, [evidence("witnessed-log")], NOW).status is Status.MET
    assert standing_of(control, [evidence("witnessed-log", met=False)], NOW).status is Status.NOT_MET
