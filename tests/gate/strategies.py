"""Facts and controls as a newsroom could have them, and as it should not."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from masthead.declaration.control import Control, Rule
from masthead.gate.facts import BreakGlass, Facts, FindingFact, SignOffFact, UseFact
from masthead.language import Message
from masthead.vocabulary import (
    Consequence,
    Grade,
    Level,
    Medium,
    Method,
    Moment,
    Profile,
    SystemStatus,
    Task,
    Tier,
)

FORM, OTHER_FORM = "a" * 64, "b" * 64
CHECKS = ("traceability", "personal_data", "somebody_elses")
PEOPLE = st.sampled_from(("ana", "ben", "cyd"))

uses = st.builds(
    UseFact,
    system=st.sampled_from(("Scribe 3", "Depict")),
    task=st.none() | st.sampled_from(Task),
    tier=st.sampled_from(Tier),
    status=st.none() | st.sampled_from(SystemStatus),
    recorded_by=st.none() | PEOPLE,
    terms_fresh=st.none() | st.booleans(),
)
findings = st.builds(
    FindingFact,
    fingerprint=st.sampled_from("123456"),
    check=st.sampled_from(CHECKS),
    level=st.sampled_from(Level),
    message=st.just(Message("“%(quote)s” is in no source.", {"quote": "£900,000"})),
    waived=st.booleans(),
)
sign_offs = st.builds(
    SignOffFact,
    person=PEOPLE,
    canonical_sha256=st.sampled_from((FORM, OTHER_FORM)),
    entitled=st.booleans(),
    same_record=st.booleans(),
)
marks = st.frozensets(st.sampled_from(("visible_mark", "text_label", "a_mark_of_tomorrow")))
facts = st.builds(
    Facts,
    medium=st.sampled_from(Medium),
    canonical_sha256=st.just(FORM),
    profile=st.sampled_from(Profile),
    authors=st.frozensets(PEOPLE),
    uses=st.lists(uses, max_size=3).map(tuple),
    findings=st.lists(findings, max_size=4).map(tuple),
    checks_ran=st.frozensets(st.sampled_from(CHECKS)),
    checks_failed=st.lists(
        st.tuples(st.sampled_from(CHECKS), st.just(Message("It ran out of memory."))), max_size=2
    ).map(tuple),
    sign_offs=st.lists(sign_offs, max_size=3).map(tuple),
    break_glass=st.none()
    | st.builds(
        BreakGlass,
        person=PEOPLE,
        canonical_sha256=st.sampled_from((FORM, OTHER_FORM)),
        entitled=st.booleans(),
        review_due=st.just(datetime(2026, 11, 12, tzinfo=UTC)),
    ),
    marks_required=marks,
    marks_given=marks,
    uses_disclosed=st.booleans(),
)
controls = st.builds(
    Control,
    id=st.sampled_from(("C1", "C2", "C3", "C4")),
    commitments=st.just(("H3.1",)),
    moment=st.sampled_from(Moment),
    method=st.just(Method.CHECK),
    evidence=st.just(Grade.M),
    consequence=st.sampled_from(Consequence),
    checks=st.lists(st.sampled_from(CHECKS), max_size=2).map(tuple),
    rule=st.none() | st.sampled_from(Rule),
    tiers=st.lists(st.sampled_from(Tier), max_size=2).map(tuple),
)
checklists = st.lists(controls, max_size=5)


def control(name: str = "C1", **changes: object) -> Control:
    """One blocking control of an item, changed as a test needs."""
    fields: dict[str, object] = {
        "commitments": ("H3.1",),
        "moment": Moment.ITEM,
        "method": Method.CHECK,
        "evidence": Grade.M,
        "consequence": Consequence.BLOCK,
    }
    return Control(name, **(fields | changes))  # type: ignore[arg-type]  # a test may hand in any field


def version(**changes: object) -> Facts:
    """A version by Ana that Ben signed off, in a small newsroom; changed as a test needs."""
    fields: dict[str, object] = {
        "medium": Medium.TEXT,
        "canonical_sha256": FORM,
        "profile": Profile.SMALL,
        "authors": frozenset({"ana"}),
        "sign_offs": (SignOffFact("ben", FORM, entitled=True),),
    }
    return Facts(**(fields | changes))  # type: ignore[arg-type]  # a test may hand in any field


def use(tier: Tier = Tier.T2, **changes: object) -> UseFact:
    """A summary by Scribe 3 that Ana recorded, all in order; changed as a test needs."""
    fields: dict[str, object] = {
        "system": "Scribe 3",
        "task": Task.SUMMARY,
        "status": SystemStatus.APPROVED,
        "recorded_by": "ana",
        "terms_fresh": True,
    }
    return UseFact(tier=tier, **(fields | changes))  # type: ignore[arg-type]  # a test may hand in any field
