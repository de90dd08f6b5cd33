"""Where a control stands, and why: subject by subject, from evidence, checklist and time alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.declaration.commitment import Addressee, Commitment, Part
from masthead.declaration.control import Control
from masthead.declaration.status import (
    Evidence,
    Line,
    Reading,
    Reason,
    Standing,
    Status,
    circling,
    standing_of,
    standings,
    status_of,
)
from masthead.vocabulary import Consequence, Grade, Method, Moment

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def control(name: str = "c", moment: Moment = Moment.SYSTEM, *rests_on: str, cadence: int | None = None):
    return Control(
        id=name,
        commitments=("H1.1",),
        moment=moment,
        method=Method.RECORD,
        evidence=Grade.V,
        consequence=Consequence.RECORD,
        cadence_days=cadence,
        rests_on=rests_on,
    )


def piece(met: bool | None = True, *, days: float = 1, about: str = "a", answers: str = "c", **more):
    grade = more.pop("grade", Grade.M)
    return Evidence(answers, grade, met, NOW - timedelta(days=days), about=about, **more)


def reasons(standing: Standing) -> list[Reason]:
    return [each.reason for each in standing.grounds]


def test_one_subject_that_fails_is_enough_and_is_named():
    failing = piece(False, about="b")
    standing = standing_of(control(), [piece(), failing], NOW)
    assert standing.status is Status.NOT_MET
    assert standing.grounds[0].evidence is failing
    assert reasons(standing) == [Reason.NOT_MET, Reason.MET]


def test_a_subject_of_which_nobody_knows_any_more_makes_a_control_of_systems_unknown():
    old = piece(about="b", expires_at=NOW)
    standing = standing_of(control(), [piece(), old], NOW)
    assert (standing.status, reasons(standing)) == (Status.UNKNOWN, [Reason.RAN_OUT, Reason.MET])


def test_an_item_is_asked_once_and_its_old_evidence_is_left_aside():
    old = piece(about="b", expires_at=NOW)
    assert standing_of(control(moment=Moment.ITEM), [piece(), old], NOW).status is Status.MET
    assert standing_of(control(moment=Moment.ITEM), [old], NOW).status is Status.UNKNOWN


def test_a_failure_stands_however_long_nobody_looks():
    old = piece(False, days=4000)
    assert standing_of(control(cadence=30), [old], NOW).status is Status.NOT_MET


def test_a_failure_that_a_yes_answered_stays_answered_when_the_yes_has_run_out():
    failed, mended = piece(False, days=90), piece(days=40)
    standing = standing_of(control(cadence=30), [failed, mended], NOW)
    assert (standing.status, reasons(standing)) == (Status.UNKNOWN, [Reason.RAN_OUT])


def test_a_yes_of_too_low_a_grade_answers_no_failure():
    failed, claimed = piece(False, days=9), piece(days=1, grade=Grade.D)
    assert standing_of(control(), [failed, claimed], NOW).status is Status.NOT_MET
    standing = standing_of(control(), [claimed], NOW)
    assert (standing.status, reasons(standing)) == (Status.UNKNOWN, [Reason.WEAK])


def test_what_is_no_longer_asked_leaves_nothing_behind():
    assert standing_of(control(), [piece(False, days=9), piece(None)], NOW).status is Status.UNKNOWN
    assert reasons(standing_of(control(), [piece(None)], NOW)) == [Reason.NOTHING]
    assert standing_of(control(), [piece(None, about="b"), piece()], NOW).status is Status.MET


def test_evidence_that_expires_exactly_now_speaks_no_longer():
    for end in ({"expires_at": NOW}, {"effective_until": NOW}):
        assert standing_of(control(), [piece(**end)], NOW).status is Status.UNKNOWN
        just_before = NOW - timedelta(microseconds=1)
        assert standing_of(control(), [piece(**end)], just_before).status is Status.MET


def test_evidence_dated_ahead_waits_for_its_time_and_says_so():
    ahead = piece(days=-2)
    standing = standing_of(control(), [ahead], NOW)
    assert (standing.status, reasons(standing)) == (Status.UNKNOWN, [Reason.NOT_YET])
    assert standing.changes_at == ahead.observed_at
    assert standing_of(control(), [ahead], ahead.observed_at).status is Status.MET


def test_a_day_in_the_past_is_told_as_it_was_known_then():
    late = piece(False, days=10, received_at=NOW - timedelta(days=2))
    known = piece(days=20)
    assert standing_of(control(), [late, known], NOW - timedelta(days=5)).status is Status.MET
    assert standing_of(control(), [late, known], NOW).status is Status.NOT_MET


def test_the_time_zone_of_evidence_makes_no_difference():
    zone = timedelta(hours=14)
    from datetime import timezone

    there = replace(piece(expires_at=NOW), expires_at=NOW.astimezone(timezone(zone)))
    assert standing_of(control(), [there], NOW).status is Status.UNKNOWN


def test_it_says_how_old_and_how_strong_what_it_rests_on_is():
    standing = standing_of(control(), [piece(days=3), piece(about="b", grade=Grade.V)], NOW)
    assert (standing.grade, standing.as_of) == (Grade.V, NOW - timedelta(days=3))


def of(lines: list[Line], *evidence: Evidence) -> dict[str, Status]:
    return {one: each.status for one, each in standings(lines, evidence, NOW).items()}


def test_a_control_is_met_only_where_what_it_rests_on_is():
    lines = [Line(control("b", Moment.SYSTEM, "a")), Line(control("a"))]
    ours = piece(answers="b")
    assert of(lines, ours) == {"b": Status.UNKNOWN, "a": Status.UNKNOWN}
    assert of(lines, ours, piece(False, answers="a"))["b"] is Status.NOT_MET
    assert of(lines, ours, piece(answers="a"))["b"] is Status.MET
    assert of(lines[:1], ours)["b"] is Status.UNKNOWN


def test_one_piece_of_evidence_serves_many_controls_and_a_control_may_take_several():
    both = replace(control("both"), answered_by=("c", "d"))
    lines = [Line(control("c")), Line(both)]
    assert of(lines, piece()) == {"c": Status.MET, "both": Status.UNKNOWN}
    assert of(lines, piece(), piece(answers="d"))["both"] is Status.MET
    assert of(lines, piece(False), piece(answers="d")) == {"c": Status.NOT_MET, "both": Status.NOT_MET}
    assert of(lines, piece(answers="both"))["both"] is Status.UNKNOWN


def test_controls_that_rest_on_each_other_are_unknown_and_say_so():
    lines = [Line(control("a", Moment.SYSTEM, "b")), Line(control("b", Moment.SYSTEM, "a"))]
    found = standings(lines, [piece(answers="a"), piece(answers="b")], NOW)
    assert [each.status for each in found.values()] == [Status.UNKNOWN] * 2
    assert found["a"].grounds[0].reason is Reason.CIRCLE
    assert circling({"a": ["a"], "b": ["a"], "c": []}) == {"a"}


def test_a_chain_of_thousands_is_no_trouble():
    count = 3000
    lines = [
        Line(control(f"c{n}", Moment.SYSTEM, *([f"c{n + 1}"] if n < count else []))) for n in range(count + 1)
    ]
    evidence = [piece(answers=f"c{n}") for n in range(count + 1)]
    assert set(of(lines, *evidence).values()) == {Status.MET}


def test_not_applicable_holds_until_the_day_it_is_looked_at_again():
    line = Line(control(), NOW + timedelta(days=1))
    assert of([line], piece(False)) == {"c": Status.NOT_APPLICABLE}
    due = standings([Line(control(), NOW)], [], NOW)["c"]
    assert (due.status, reasons(due)) == (Status.UNKNOWN, [Reason.LOOK_AGAIN, Reason.NOTHING])


COMMITMENT = Commitment("H1.1", "H1", "haarlem", 1, Part.BULLET, "1", Addressee.SIGNATORIES)


def test_a_commitment_that_no_control_answers_is_unknown():
    standing = status_of(COMMITMENT, [], [], Reading.WATCHDOG)
    assert (standing.status, reasons(standing)) == (Status.UNKNOWN, [Reason.NO_CONTROL])


def test_a_commitment_stands_as_what_applies_of_its_controls():
    met = standing_of(control(), [piece()], NOW)
    apart = Standing(Status.NOT_APPLICABLE, ())
    assert status_of(COMMITMENT, [met, apart], [], Reading.WATCHDOG).status is Status.MET
    assert status_of(COMMITMENT, [apart], [], Reading.WATCHDOG).status is Status.NOT_APPLICABLE


MOMENTS = st.integers(-60, 60).map(lambda n: NOW + timedelta(hours=12 * n))
PIECES = st.builds(
    Evidence,
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(list(Grade)),
    st.sampled_from([True, False, None]),
    MOMENTS,
    st.none() | MOMENTS,
    st.sampled_from(["", "x"]),
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    st.uuids().map(str),
)
LINES = st.sampled_from(
    [
        [
            Line(control("a", Moment.SYSTEM, "b", cadence=9)),
            Line(control("b")),
            Line(control("c", Moment.ITEM)),
        ],
        [Line(control("a")), Line(control("b", Moment.SYSTEM, "a")), Line(control("c", cadence=3), NOW)],
        [Line(control("a", Moment.SYSTEM, "c")), Line(control("b")), Line(control("c", Moment.SYSTEM, "a"))],
    ]
)


@given(LINES, st.lists(PIECES, max_size=8), st.randoms())
def test_a_status_does_not_depend_on_the_order_of_the_evidence(lines, pieces, random):
    mixed = list(pieces)
    random.shuffle(mixed)
    here, there = standings(lines, pieces, NOW), standings(lines, mixed, NOW)
    assert {one: each.status for one, each in here.items()} == {
        one: each.status for one, each in there.items()
    }


@given(LINES, st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=4))
def test_what_is_received_later_changes_nothing_of_how_things_stood(lines, pieces, others):
    later = [replace(each, received_at=NOW + timedelta(seconds=1)) for each in others]
    assert standings(lines, pieces, NOW) == standings(lines, [*pieces, *later], NOW)


@given(LINES, st.lists(PIECES, max_size=6), st.floats(0, 1, exclude_max=True))
def test_until_it_says_it_may_change_time_alone_changes_no_status(lines, pieces, part):
    known = [each for each in pieces if each.received_at is None or each.received_at <= NOW]
    for one, standing in standings(lines, known, NOW).items():
        until = standing.changes_at or NOW + timedelta(days=400)
        assert until > NOW
        then = NOW + (until - NOW) * part
        assert standings(lines, known, then)[one].status is standing.status


@given(LINES, st.lists(PIECES, max_size=8))
def test_nothing_is_met_without_a_yes_that_counts(lines, pieces):
    for one, standing in standings(lines, pieces, NOW).items():
        if standing.status is Status.MET:
            assert all(each.met and each.grade in (Grade.M, Grade.V) for each in standing.counted)
            assert standing.counted, one


@pytest.mark.parametrize("met", [True, False])
def test_a_watchdog_is_watched_or_falls_short_and_never_complies(met):
    duty = replace(COMMITMENT, id="FOC-a", addressed_to=Addressee.STATES)
    answer = standing_of(control(), [piece(met)], NOW)
    assert status_of(duty, [], [answer], Reading.WATCHDOG).status is Status.WATCHED
    assert status_of(duty, [answer], [], Reading.WATCHDOG).status is (
        Status.WATCHED if met else Status.NOT_MET
    )
