import pytest
from tests.gate.strategies import FORM, control, use, version

from masthead.declaration.control import Rule
from masthead.gate import decide
from masthead.gate.clearance import ObstacleCode as Code
from masthead.gate.facts import FindingFact, SignOffFact
from masthead.language import Message
from masthead.vocabulary import Consequence, Level, Profile, SystemStatus, Tier


def ruled(rule, **changes):
    return [control(rule=rule, **changes)]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (None, Code.SYSTEM_UNREGISTERED),
        (SystemStatus.PROPOSED, Code.SYSTEM_NOT_APPROVED),
        (SystemStatus.PAUSED, Code.SYSTEM_PAUSED),
        (SystemStatus.RETIRED, Code.SYSTEM_RETIRED),
    ],
)
@pytest.mark.parametrize("tier", [Tier.T0, Tier.T1, Tier.T2, Tier.T3])
def test_a_system_that_is_not_approved_blocks_at_t2_and_t3_and_warns_below(status, code, tier):
    clearance = decide(version(uses=(use(tier, status=status),)), ruled(Rule.REGISTERED))
    (told,) = clearance.obstacles + clearance.warnings
    assert told.code is code
    assert told.system == "Scribe 3"
    assert clearance.clear is (tier in (Tier.T0, Tier.T1))


def test_a_system_used_twice_is_told_once_and_strictly():
    facts = version(uses=(use(Tier.T1, status=None), use(Tier.T2, status=None)))
    clearance = decide(facts, ruled(Rule.REGISTERED))
    assert len(clearance.obstacles) == 1
    assert not clearance.warnings


def test_a_use_without_a_task_blocks():
    facts = version(uses=(use(Tier.T0, task=None),))
    assert [o.code for o in decide(facts, ruled(Rule.TASK_RECORDED)).obstacles] == [Code.TASK_MISSING]


def test_the_consequence_is_the_controls():
    facts = version(uses=(use(task=None),))
    warned = decide(facts, ruled(Rule.TASK_RECORDED, consequence=Consequence.WARN))
    assert warned.clear
    assert [o.code for o in warned.warnings] == [Code.TASK_MISSING]
    recorded = decide(facts, ruled(Rule.TASK_RECORDED, consequence=Consequence.RECORD))
    assert recorded.clear
    assert not recorded.warnings


@pytest.mark.parametrize(("fresh", "words"), [(None, "not on record"), (False, "over a year ago")])
def test_terms_that_nobody_knows_or_that_are_old_are_told(fresh, words):
    clearance = decide(version(uses=(use(terms_fresh=fresh),)), ruled(Rule.TERMS_KNOWN))
    assert [o.code for o in clearance.obstacles] == [Code.TERMS_UNKNOWN]
    assert words in str(clearance.obstacles[0].message)


def test_a_disclosure_that_leaves_something_out_blocks():
    facts = version(uses_disclosed=False)
    assert [o.code for o in decide(facts, ruled(Rule.DISCLOSED)).obstacles] == [Code.NOT_DISCLOSED]


class TestSecondPerson:
    def by(self, *people):
        return tuple(SignOffFact(p, FORM, entitled=True) for p in people)

    def test_the_author_alone_is_not_enough_where_ai_touched_the_version(self):
        clearance = decide(version(uses=(use(),), sign_offs=self.by("ana")), ruled(Rule.SECOND_PERSON))
        assert [o.code for o in clearance.obstacles] == [Code.SIGN_OFF_BY_AUTHOR]
        assert clearance.self_signed

    def test_nor_is_the_one_who_recorded_the_use(self):
        facts = version(uses=(use(recorded_by="cyd"),), sign_offs=self.by("cyd", "ana"))
        assert [o.code for o in decide(facts, ruled(Rule.SECOND_PERSON)).obstacles] == [
            Code.SIGN_OFF_BY_AUTHOR
        ]

    def test_someone_else_is(self):
        clearance = decide(version(uses=(use(),), sign_offs=self.by("ana", "ben")), ruled(Rule.SECOND_PERSON))
        assert clearance.clear
        assert not clearance.self_signed

    def test_without_ai_an_editor_may_sign_their_own_story_and_it_shows(self):
        clearance = decide(version(sign_offs=self.by("ana")), ruled(Rule.SECOND_PERSON))
        assert clearance.clear
        assert clearance.self_signed

    def test_one_person_alone_may_sign_and_it_shows(self):
        facts = version(profile=Profile.SOLO, uses=(use(),), sign_offs=self.by("ana"))
        clearance = decide(facts, ruled(Rule.SECOND_PERSON))
        assert clearance.clear
        assert clearance.self_signed

    def test_before_anyone_signed_the_way_out_already_asks_for_another_person(self):
        facts = version(uses=(use(),), sign_offs=())
        (obstacle,) = decide(facts, ruled(Rule.SECOND_PERSON)).obstacles
        assert obstacle.code is Code.NO_SIGN_OFF
        assert "neither wrote this version" in str(obstacle.ways_out[0])


class TestFindings:
    def found(self, level=Level.ERROR, waived=False, check="traceability", fingerprint="f1"):
        message = Message("“%(quote)s” is in no source.", {"quote": "£900,000"})
        return FindingFact(fingerprint, check, level, message, waived)

    def facts(self, *findings):
        return version(findings=findings, checks_ran=frozenset({"traceability", "personal_data"}))

    def test_an_error_blocks_with_three_ways_out(self):
        (obstacle,) = decide(self.facts(self.found()), [control(checks=("traceability",))]).obstacles
        assert obstacle.finding == "f1"
        assert [str(w) for w in obstacle.ways_out] == [
            "Fix it in a new version.",
            "Add the source it comes from.",
            "Waive it with a reason.",
        ]

    def test_a_waived_finding_stands_in_nobodys_way(self):
        clearance = decide(self.facts(self.found(waived=True)), [control(checks=("traceability",))])
        assert clearance.clear
        assert not clearance.warnings

    def test_a_warning_never_blocks_and_a_note_is_only_recorded(self):
        traced = [control(checks=("traceability",))]
        warned = decide(self.facts(self.found(Level.WARNING)), traced)
        assert warned.clear
        assert len(warned.warnings) == 1
        assert not decide(self.facts(self.found(Level.NOTE)), traced).warnings

    def test_of_several_controls_the_strictest_decides(self):
        lenient = control("A1", checks=("traceability",), consequence=Consequence.WARN)
        strict = control("B2", checks=("traceability",), commitments=("H3.3",))
        clearance = decide(self.facts(self.found()), [lenient, strict])
        assert [(o.control, o.commitments) for o in clearance.obstacles] == [("B2", ("H3.3",))]
        assert not clearance.warnings

    def test_the_same_words_found_wanting_twice_are_one_obstacle(self):
        clearance = decide(self.facts(self.found(), self.found()), [control(checks=("traceability",))])
        assert len(clearance.obstacles) == 1

    def test_obstacles_keep_the_order_in_which_the_text_is_read(self):
        facts = self.facts(self.found(fingerprint="z"), self.found(fingerprint="a"))
        told = decide(facts, [control(checks=("traceability",))]).obstacles
        assert [o.finding for o in told] == ["z", "a"]
