"""What the controls in force ask of a version besides the findings of checks: one function per rule.

Each yields a level with its obstacle; the control turns the level into a consequence, as it does for a
finding (`masthead.declaration.control.consequence_of`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from masthead.declaration.control import Control, Rule, consequence_of
from masthead.gate.clearance import Obstacle, ObstacleCode
from masthead.gate.facts import Facts, UseFact
from masthead.gate.floor import OTHER_SIGNER, asks_second_person, live_sign_offs
from masthead.language import Message
from masthead.vocabulary import Consequence, Level, SystemStatus

type Raised = tuple[Level, Obstacle]

STATUSES: Mapping[SystemStatus | None, tuple[ObstacleCode, Message, tuple[Message, ...]]] = {
    None: (
        ObstacleCode.SYSTEM_UNREGISTERED,
        Message("%(system)s is not in the register of AI systems."),
        (
            Message("Register it with an accountable person, and have it approved."),
            Message("Make a new version without it."),
        ),
    ),
    SystemStatus.PROPOSED: (
        ObstacleCode.SYSTEM_NOT_APPROVED,
        Message("%(system)s is in the register but not approved."),
        (Message("Ask the steward to approve it."), Message("Make a new version without it.")),
    ),
    SystemStatus.PAUSED: (
        ObstacleCode.SYSTEM_PAUSED,
        Message("%(system)s is paused."),
        (Message("Wait until the steward lifts the pause."), Message("Make a new version without it.")),
    ),
    SystemStatus.RETIRED: (
        ObstacleCode.SYSTEM_RETIRED,
        Message("%(system)s has been retired."),
        (Message("Make a new version with a system that is approved."),),
    ),
}


def asked(facts: Facts, control: Control) -> Iterator[UseFact]:
    """The AI uses a control speaks of: those at its tiers, or all."""
    return (use for use in facts.uses if not control.tiers or use.tier in control.tiers)


def registered(facts: Facts, control: Control) -> Iterator[Raised]:
    """A system that is not approved is an error at T2 and above, and worth a warning below."""
    for use in asked(facts, control):
        if use.status is SystemStatus.APPROVED:
            continue
        code, what, ways = STATUSES[use.status]
        message = Message(what.template, {"system": use.system})
        obstacle = Obstacle(code, message, ways, control.commitments, control.id, system=use.system)
        yield (Level.ERROR if use.tier.material else Level.WARNING), obstacle


def stopped_by_a_pause(facts: Facts, controls: Sequence[Control]) -> frozenset[str]:
    """The AI systems used on a version whose pause would stop it, however they stand now."""
    paused = replace(facts, uses=tuple(replace(use, status=SystemStatus.PAUSED) for use in facts.uses))
    return frozenset(
        obstacle.system
        for control in controls
        if control.rule is Rule.REGISTERED
        for level, obstacle in registered(paused, control)
        if obstacle.system is not None and consequence_of(level, control) is Consequence.BLOCK
    )


def task_recorded(facts: Facts, control: Control) -> Iterator[Raised]:
    """Every AI use says what it was for."""
    for use in asked(facts, control):
        if use.task is None:
            yield (
                Level.ERROR,
                Obstacle(
                    ObstacleCode.TASK_MISSING,
                    Message("It is not on record what %(system)s was used for.", {"system": use.system}),
                    (Message("Record the task."),),
                    control.commitments,
                    control.id,
                    system=use.system,
                ),
            )


def second_person(facts: Facts, control: Control) -> Iterator[Raised]:
    """Where AI touched the version, a signer who neither wrote it nor recorded its AI use.

    Without any live sign-off the floor speaks, and its way out already asks for such a person.
    """
    signers = {s.person for s in live_sign_offs(facts)}
    if asks_second_person(facts, control) and signers and signers <= makers(facts):
        yield (
            Level.ERROR,
            Obstacle(
                ObstacleCode.SIGN_OFF_BY_AUTHOR,
                Message("Only someone who wrote this version or recorded its AI use has signed it off."),
                (OTHER_SIGNER,),
                control.commitments,
                control.id,
            ),
        )


def terms_known(facts: Facts, control: Control) -> Iterator[Raised]:
    """The data terms and training opt-out of each system used are known and under a year old."""
    for use in asked(facts, control):
        if use.terms_fresh:
            continue
        if use.terms_fresh is None:
            what = Message("What %(system)s does with your data is not on record.", {"system": use.system})
        else:
            what = Message(
                "What %(system)s does with your data was last looked up over a year ago.",
                {"system": use.system},
            )
        way = Message("Look up its data terms and training opt-out, and record them in the register.")
        obstacle = Obstacle(
            ObstacleCode.TERMS_UNKNOWN, what, (way,), control.commitments, control.id, system=use.system
        )
        yield Level.ERROR, obstacle


def disclosed(facts: Facts, control: Control) -> Iterator[Raised]:
    """The disclosure says every AI use on record."""
    if not facts.uses_disclosed:
        yield (
            Level.ERROR,
            Obstacle(
                ObstacleCode.NOT_DISCLOSED,
                Message("The disclosure leaves out an AI use that is on record."),
                (Message("Publish with the disclosure made from the record."),),
                control.commitments,
                control.id,
            ),
        )


def makers(facts: Facts) -> frozenset[str]:
    """Who wrote the version or recorded an AI use of it."""
    return facts.authors | {use.recorded_by for use in facts.uses if use.recorded_by is not None}


RULES: Mapping[Rule, Callable[[Facts, Control], Iterator[Raised]]] = {
    Rule.REGISTERED: registered,
    Rule.TASK_RECORDED: task_recorded,
    Rule.SECOND_PERSON: second_person,
    Rule.TERMS_KNOWN: terms_known,
    Rule.DISCLOSED: disclosed,
}


def ruled(facts: Facts, control: Control) -> Iterator[Raised]:
    """What `control`'s rule raises; nothing where it names none."""
    if control.rule is not None:
        yield from RULES[control.rule](facts, control)
