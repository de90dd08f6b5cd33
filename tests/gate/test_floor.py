from datetime import UTC, datetime

import pytest
from tests.gate.strategies import FORM, OTHER_FORM, control, use, version

from masthead.gate import decide
from masthead.gate.clearance import ObstacleCode as Code
from masthead.gate.facts import BreakGlass, FindingFact, SignOffFact
from masthead.language import Message
from masthead.vocabulary import Consequence, Level, Moment, Profile, Tier


def codes(facts, *controls):
    return [o.code for o in decide(facts, controls).obstacles]


def test_a_version_signed_by_someone_entitled_is_clear_with_an_empty_checklist():
    clearance = decide(version(), [])
    assert clearance.clear
    assert not clearance.self_signed


def test_nobody_signed():
    assert codes(version(sign_offs=())) == [Code.NO_SIGN_OFF]


def test_a_sign_off_dies_with_the_form_it_was_given_for():
    dead = version(sign_offs=(SignOffFact("ben", OTHER_FORM, entitled=True),))
    (obstacle,) = decide(dead, []).obstacles
    assert obstacle.code is Code.SIGN_OFF_DIED
    assert "changed after it was signed off" in str(obstacle.message)


def test_a_sign_off_dies_when_more_ai_use_is_recorded_after_it():
    dead = version(uses=(use(),), sign_offs=(SignOffFact("ben", FORM, entitled=True, same_record=False),))
    (obstacle,) = decide(dead, []).obstacles
    assert obstacle.code is Code.SIGN_OFF_DIED
    assert "changed after it was signed off" in str(obstacle.message)


def test_a_sign_off_without_the_right_to_does_not_count():
    assert codes(version(sign_offs=(SignOffFact("ben", FORM, entitled=False),))) == [
        Code.SIGN_OFF_WITHOUT_RIGHT
    ]


def test_an_unentitled_sign_off_for_another_form_is_as_good_as_none():
    assert codes(version(sign_offs=(SignOffFact("ben", OTHER_FORM, entitled=False),))) == [Code.NO_SIGN_OFF]


def test_a_dead_sign_off_and_one_without_right_are_both_told():
    both = (SignOffFact("ben", OTHER_FORM, entitled=True), SignOffFact("cyd", FORM, entitled=False))
    assert codes(version(sign_offs=both)) == [Code.SIGN_OFF_DIED, Code.SIGN_OFF_WITHOUT_RIGHT]


def test_a_live_sign_off_counts_whatever_stands_beside_it():
    two = (SignOffFact("ben", OTHER_FORM, entitled=False), SignOffFact("cyd", FORM, entitled=True))
    assert decide(version(sign_offs=two), []).clear


@pytest.mark.parametrize("profile", Profile)
def test_a_prohibited_use_blocks_in_every_profile(profile):
    assert codes(version(profile=profile, uses=(use(Tier.TX),))) == [Code.PROHIBITED_USE]


def test_a_required_check_that_was_never_run_blocks_even_where_findings_would_only_be_recorded():
    lenient = control(checks=("traceability",), consequence=Consequence.RECORD)
    (obstacle,) = decide(version(), [lenient]).obstacles
    assert obstacle.code is Code.CHECK_NOT_RUN
    assert obstacle.control == "C1"
    assert "numbers, names, dates and quotations" in str(obstacle.message)


def test_a_required_check_that_could_not_run_says_why():
    facts = version(
        checks_ran=frozenset({"traceability"}),
        checks_failed=(("traceability", Message("A source is an encrypted PDF.")),),
    )
    clearance = decide(facts, [control(checks=("traceability",))])
    assert [str(o.message) for o in clearance.obstacles] == [
        "The check for numbers, names, dates and quotations in the sources could not run: "
        "A source is an encrypted PDF."
    ]
    assert not clearance.warnings


def test_a_check_that_failed_though_nothing_requires_it_is_a_warning_not_a_silence():
    clearance = decide(version(checks_failed=(("somebody_elses", Message("It crashed.")),)), [])
    assert clearance.clear
    assert [o.code for o in clearance.warnings] == [Code.CHECK_NOT_RUN]


def test_a_check_that_a_control_asks_of_systems_is_not_asked_of_an_item():
    assert decide(version(), [control(checks=("bias_pairs",), moment=Moment.SYSTEM)]).clear


def test_a_control_for_some_tiers_is_not_asked_where_no_use_has_one():
    traced = control(checks=("traceability",), tiers=(Tier.T2, Tier.T3))
    assert decide(version(), [traced]).clear
    assert decide(version(uses=(use(Tier.T1),)), [traced]).clear
    assert codes(version(uses=(use(Tier.T2),)), traced) == [Code.CHECK_NOT_RUN]


@pytest.mark.parametrize("mark", ["visible_mark", "text_label", "a_mark_of_tomorrow"])
def test_a_mark_that_the_law_asks_for_and_that_is_missing_blocks(mark):
    facts = version(marks_required=frozenset({mark}))
    assert codes(facts) == [Code.NOT_MARKED]
    assert decide(version(marks_required=frozenset({mark}), marks_given=frozenset({mark})), []).clear


class TestBreakGlass:
    def glass(self, form=FORM, entitled=True):
        return BreakGlass("ben", form, entitled, datetime(2026, 11, 13, 10, tzinfo=UTC))

    def test_passes_over_what_stands_in_the_way_and_says_what(self):
        facts = version(sign_offs=(), uses=(use(status=None),), break_glass=self.glass())
        clearance = decide(facts, [control(checks=("traceability",))])
        assert clearance.clear
        assert [o.code for o in clearance.overridden] == [Code.CHECK_NOT_RUN, Code.NO_SIGN_OFF]

    def test_never_passes_over_a_prohibited_use_or_a_missing_mark(self):
        facts = version(
            uses=(use(Tier.TX),), marks_required=frozenset({"visible_mark"}), break_glass=self.glass()
        )
        assert codes(facts) == [Code.PROHIBITED_USE, Code.NOT_MARKED]

    @pytest.mark.parametrize(("form", "entitled"), [(OTHER_FORM, True), (FORM, False)])
    def test_counts_only_for_this_form_and_from_someone_with_the_right(self, form, entitled):
        assert codes(version(sign_offs=(), break_glass=self.glass(form, entitled))) == [Code.NO_SIGN_OFF]

    def test_leaves_warnings_where_they_are(self):
        facts = version(break_glass=self.glass(), checks_failed=(("somebody_elses", Message("It crashed.")),))
        assert decide(facts, []).warnings


def test_levels_need_no_control_to_be_recorded():
    alone = FindingFact("f1", "somebody_elses", Level.ERROR, Message("Odd."), waived=False)
    clearance = decide(version(findings=(alone,)), [])
    assert clearance.clear
    assert not clearance.warnings
