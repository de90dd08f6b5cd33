"""Which of the controls in force a version held to: what the gate saw, control by control."""

from collections.abc import Sequence

from masthead.declaration.control import Control, Rule
from masthead.gate.facts import Facts
from masthead.gate.floor import applies, asks_second_person, live_sign_offs
from masthead.gate.rules import makers, ruled
from masthead.vocabulary import Level, Moment


def held(facts: Facts, controls: Sequence[Control]) -> dict[str, bool]:
    """Whether the version holds to each control that was asked of it, by id; the rest is left out.

    It does not where a check that the control names did not run or found an error that nobody waived, or
    where its rule raises one, whatever consequence the control gives to that. A control about AI uses is
    not asked of a version without any, so that nothing counts as held to where nothing was at stake.
    """
    return {
        control.id: _held(facts, control)
        for control in controls
        if control.moment is Moment.ITEM and applies(control, facts) and _asked(facts, control)
    }


def _asked(facts: Facts, control: Control) -> bool:
    return bool(control.checks) or bool(facts.uses)


def _held(facts: Facts, control: Control) -> bool:
    if any(check not in facts.checks_ran for check in control.checks):
        return False
    if any(
        not each.waived and each.level is Level.ERROR and each.check in control.checks
        for each in facts.findings
    ):
        return False
    if control.rule is Rule.SECOND_PERSON and asks_second_person(facts, control):
        return not {each.person for each in live_sign_offs(facts)} <= makers(facts)
    return not any(level is Level.ERROR for level, _ in ruled(facts, control))
