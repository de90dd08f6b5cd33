"""What holds for every version and every checklist."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gate.strategies import FORM, checklists, facts, sign_offs

from masthead.gate import decide
from masthead.gate.clearance import ObstacleCode as Code
from masthead.gate.decide import NEVER_OVERRIDDEN
from masthead.vocabulary import Tier

SIGNING = {Code.NO_SIGN_OFF, Code.SIGN_OFF_DIED, Code.SIGN_OFF_WITHOUT_RIGHT, Code.SIGN_OFF_BY_AUTHOR}
FLOOR = {
    Code.NO_SIGN_OFF,
    Code.SIGN_OFF_DIED,
    Code.SIGN_OFF_WITHOUT_RIGHT,
    Code.PROHIBITED_USE,
    Code.NOT_MARKED,
}

some = settings(max_examples=80, deadline=None)


def told(clearance):
    return {(o.code, o.finding, o.system, str(o.message)) for o in clearance.obstacles}


@some
@given(facts, checklists)
def test_clear_means_a_live_sign_off_or_a_broken_glass(version, controls):
    if decide(version, controls).clear:
        signed = any(s.entitled and s.same_record and s.canonical_sha256 == FORM for s in version.sign_offs)
        glass = version.break_glass
        assert signed or (glass and glass.entitled and glass.canonical_sha256 == FORM)


@some
@given(facts, checklists)
def test_a_prohibited_use_is_never_clear(version, controls):
    if any(use.tier is Tier.TX for use in version.uses):
        assert not decide(version, controls).clear


@some
@given(facts, checklists)
def test_clear_means_every_mark_the_law_asks_for(version, controls):
    if decide(version, controls).clear:
        assert version.marks_required <= version.marks_given


@some
@given(facts, checklists, sign_offs)
def test_a_sign_off_adds_no_obstacle_but_about_signing(version, controls, sign_off):
    before = told(decide(version, controls))
    after = told(decide(replace(version, sign_offs=(*version.sign_offs, sign_off)), controls))
    assert {code for code, *_ in after - before} <= SIGNING


@some
@given(facts, checklists, st.data())
def test_a_waiver_adds_no_obstacle(version, controls, data):
    if not version.findings:
        return
    waived = data.draw(st.sampled_from([f.fingerprint for f in version.findings]))
    findings = tuple(replace(f, waived=f.waived or f.fingerprint == waived) for f in version.findings)
    after = decide(replace(version, findings=findings), controls)
    assert told(after) <= told(decide(version, controls))
    assert waived not in {o.finding for o in after.obstacles}


@some
@given(facts, checklists, st.data())
def test_no_checklist_retires_the_floor(version, controls, data):
    fewer = data.draw(st.lists(st.sampled_from(controls))) if controls else []
    before = {o.code for o in decide(version, controls).obstacles} & FLOOR
    assert before <= {o.code for o in decide(version, fewer).obstacles}


@some
@given(facts, checklists, st.randoms())
def test_the_order_and_the_number_of_times_a_control_stands_never_matter(version, controls, random):
    shuffled = [*controls, *controls]
    random.shuffle(shuffled)
    assert decide(version, shuffled) == decide(version, controls)


@some
@given(facts, checklists, st.randoms())
def test_the_order_of_facts_changes_no_answer(version, controls, random):
    def mixed(things):
        return tuple(random.sample(things, len(things)))

    other = replace(version, uses=mixed(version.uses), sign_offs=mixed(version.sign_offs))
    other = replace(other, findings=mixed(version.findings))
    assert told(decide(other, controls)) == told(decide(version, controls))


@some
@given(facts, checklists)
def test_everything_told_has_a_way_out_a_commitment_and_words(version, controls):
    clearance = decide(version, controls)
    for obstacle in (*clearance.obstacles, *clearance.warnings, *clearance.overridden):
        assert obstacle.ways_out
        assert obstacle.commitments
        assert str(obstacle.message)
        assert all(str(way) for way in obstacle.ways_out)


@some
@given(facts, checklists)
def test_a_broken_glass_hides_nothing(version, controls):
    whole = decide(replace(version, break_glass=None), controls)
    clearance = decide(version, controls)
    assert set(told(whole)) == told(clearance) | {
        (o.code, o.finding, o.system, str(o.message)) for o in clearance.overridden
    }
    assert {o.code for o in clearance.overridden}.isdisjoint(NEVER_OVERRIDDEN)
