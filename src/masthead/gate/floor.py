"""The floor: what stands in the way whatever the checklist says.

Each function looks at one rule and yields its obstacles; no control retires one. Controls only say which
checks are required and whether the sign-off must come from a second person.
"""

from collections.abc import Iterator, Sequence

from masthead.declaration.control import Control, Rule
from masthead.gate.clearance import Obstacle, ObstacleCode
from masthead.gate.facts import Facts, SignOffFact
from masthead.language import Message
from masthead.vocabulary import Moment, Profile, Tier

CHECK_NAMES = {
    "traceability": Message("numbers, names, dates and quotations in the sources"),
    "personal_data": Message("personal data"),
    "credentials_on_arrival": Message("what the file says of itself"),
    "declared_use": Message("declared AI use"),
}
"""What the checks that come with Masthead look for; others are called by their id."""

MARKS = {
    "visible_mark": (
        Message(
            "It was made or changed by AI and may pass for real, and no mark says so where it is first seen."
        ),
        Message("Publish it with the mark."),
        Message("Answer that it is not realistic, if nobody could take it for real."),
    ),
    "text_label": (
        Message("AI wrote or changed this text on a matter of public interest, and no label says so."),
        Message("Publish it with the label."),
        Message("Have an editor sign it off, and put on record who holds editorial responsibility."),
    ),
}
"""For each mark of the legal floor (EU AI Act, Art. 50(4)): what is missing, then what would do."""

ANY_SIGNER = Message("Someone with the right to sign off reads this version and signs it off.")
OTHER_SIGNER = Message(
    "Someone with the right to sign off, who neither wrote this version nor recorded its AI use, "
    "reads it and signs it off."
)


def applies(control: Control, facts: Facts) -> bool:
    """Whether a control is asked of this version: its tiers are empty or an AI use has one of them.

    What is handed to the gate has been adopted: `profiles` only chose it. The facts of an item name no
    stage, so `stages` never narrow what is asked.
    """
    return not control.tiers or any(use.tier in control.tiers for use in facts.uses)


def live_sign_offs(facts: Facts) -> tuple[SignOffFact, ...]:
    """The sign-offs that count: given with the right to, for this very form and what is said of it."""
    return tuple(
        s
        for s in facts.sign_offs
        if s.entitled and s.same_record and s.canonical_sha256 == facts.canonical_sha256
    )


def asks_second_person(facts: Facts, control: Control) -> bool:
    """Whether `control` wants a signer other than the makers: AI touched it, and they are not alone."""
    return control.rule is Rule.SECOND_PERSON and bool(facts.uses) and facts.profile is not Profile.SOLO


def second_person_asked(facts: Facts, controls: Sequence[Control]) -> bool:
    """Whether the sign-off has to come from someone other than the makers, under the controls in force."""
    return any(asks_second_person(facts, control) for control in controls if applies(control, facts))


def prohibited_uses(facts: Facts) -> Iterator[Obstacle]:
    """A use that the organisation's own policy prohibits stops the version, whoever asks."""
    for use in facts.uses:
        if use.tier is Tier.TX:
            yield Obstacle(
                ObstacleCode.PROHIBITED_USE,
                Message("%(system)s was used in a way your own policy prohibits.", {"system": use.system}),
                (
                    Message("Make a new version without it."),
                    Message("If the tier was recorded by mistake, put the record right and say why."),
                ),
                ("H3.3", "FOC-a"),
                system=use.system,
            )


def sign_off(facts: Facts, controls: Sequence[Control]) -> Iterator[Obstacle]:
    """Someone with the right to must have signed off this very canonical form."""
    if live_sign_offs(facts):
        return
    second = any(asks_second_person(facts, c) for c in controls)
    way = (OTHER_SIGNER if second else ANY_SIGNER,)
    died = any(s.entitled for s in facts.sign_offs)
    same_form = [s for s in facts.sign_offs if s.canonical_sha256 == facts.canonical_sha256]
    without_right = any(not s.entitled for s in same_form)
    if died:
        what = (
            Message(
                "What is said of it (its title, answers or AI uses) changed after it was signed off, "
                "so the sign-off no longer counts."
            )
            if any(s.entitled for s in same_form)
            else Message(
                "The text or picture changed after it was signed off, so the sign-off no longer counts."
            )
        )
        again = Message("Look at what changed and sign off again.")
        yield Obstacle(ObstacleCode.SIGN_OFF_DIED, what, (again, *way), ("H5.4",))
    if without_right:
        what = Message("The person who signed off does not have the right to.")
        yield Obstacle(ObstacleCode.SIGN_OFF_WITHOUT_RIGHT, what, way, ("H5.4",))
    if not died and not without_right:
        what = Message("Nobody has signed off this version.")
        yield Obstacle(ObstacleCode.NO_SIGN_OFF, what, way, ("H5.4",))


def required_checks(facts: Facts, controls: Sequence[Control]) -> Iterator[Obstacle]:
    """A check that a control asks of every item and that did not run: never a pass."""
    failed = dict(facts.checks_failed)
    asked: dict[str, Control] = {}
    for control in controls:
        if control.moment is Moment.ITEM:
            for check in control.checks:
                asked.setdefault(check, control)
    for check, control in asked.items():
        if check in failed or check not in facts.checks_ran:
            yield not_run(check, failed.get(check), control)


def not_run(check: str, why: Message | None, control: Control | None) -> Obstacle:
    """The obstacle for a check that did not run; `why` is None where it was never started."""
    name = CHECK_NAMES.get(check, check)
    if why is None:
        what = Message("The check for %(check)s has not run on this version.", {"check": name})
        ways: tuple[Message, ...] = (Message("Run the checks."),)
    else:
        what = Message("The check for %(check)s could not run: %(why)s", {"check": name, "why": why})
        ways = (Message("Mend what stopped the check, then run the checks again."),)
    commitments, asked_by = (control.commitments, control.id) if control else (("H3.3",), None)
    return Obstacle(ObstacleCode.CHECK_NOT_RUN, what, ways, commitments, control=asked_by)


def legal_marks(facts: Facts) -> Iterator[Obstacle]:
    """The marks that the law asks for must be on what goes out."""
    for mark in sorted(facts.marks_required - facts.marks_given):
        what, *ways = MARKS.get(
            mark,
            (
                Message("The mark “%(mark)s” is required and missing.", {"mark": mark}),
                Message("Publish it with the mark."),
            ),
        )
        yield Obstacle(ObstacleCode.NOT_MARKED, what, tuple(ways), ("H1.4", "H3.6"))


def floor(facts: Facts, controls: Sequence[Control]) -> Iterator[Obstacle]:
    """Every obstacle of the floor. `controls` are those that apply."""
    yield from prohibited_uses(facts)
    yield from required_checks(facts, controls)
    yield from sign_off(facts, controls)
    yield from legal_marks(facts)
