"""What the findings of checks mean under the controls in force."""

from collections.abc import Iterator, Mapping, Sequence

from masthead.declaration.control import Control, consequence_of
from masthead.gate.clearance import Obstacle, ObstacleCode
from masthead.gate.facts import Facts, FindingFact
from masthead.language import Message
from masthead.vocabulary import Consequence, Level, Moment

FIX = Message("Fix it in a new version.")
WAIVE = Message("Waive it with a reason.")
WAYS_OUT: Mapping[str, tuple[Message, ...]] = {
    "traceability": (FIX, Message("Add the source it comes from."), WAIVE),
    "personal_data": (Message("Take it out in a new version."), WAIVE),
    "credentials_on_arrival": (Message("Record the AI use that the file declares."), FIX, WAIVE),
    "declared_use": (Message("Record the AI use."), FIX, WAIVE),
}
"""Ways out that fit what a check looks for; a check of others' has the first and the last."""


def found(facts: Facts, controls: Sequence[Control]) -> Iterator[tuple[Consequence, Obstacle]]:
    """Each finding that nobody waived, with what each control that names its check makes of it."""
    for finding in facts.findings:
        if finding.waived:
            continue
        for control in controls:
            if control.moment is Moment.ITEM and finding.check in control.checks:
                yield consequence_of(finding.level, control), _obstacle(finding, control)


def _obstacle(finding: FindingFact, control: Control) -> Obstacle:
    return Obstacle(
        ObstacleCode.FINDING,
        finding.message,
        WAYS_OUT.get(finding.check, (FIX, WAIVE)),
        control.commitments,
        control.id,
        finding=finding.fingerprint,
    )


def consequence_for(check: str, level: Level, controls: Sequence[Control]) -> Consequence:
    """The strictest that the controls make of such a finding; what no control names is only recorded."""
    asked = {
        consequence_of(level, control)
        for control in controls
        if control.moment is Moment.ITEM and check in control.checks
    }
    return next((each for each in (Consequence.BLOCK, Consequence.WARN) if each in asked), Consequence.RECORD)
