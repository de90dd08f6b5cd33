"""What a decision to publish past the gate passed over, told to whoever reviews it afterwards."""

from collections.abc import Mapping

from masthead.gate.clearance import ObstacleCode
from masthead.gate.findings import consequence_for
from masthead.language import Message
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.policy.commands import controls
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.review.models import BreakGlass, Waiver
from masthead.vocabulary import Consequence, Level

PASSED_OVER: Mapping[str, Message] = {
    ObstacleCode.NO_SIGN_OFF: Message("Nobody had signed this version off."),
    ObstacleCode.SIGN_OFF_BY_AUTHOR: Message("Only someone who made it had signed it off."),
    ObstacleCode.SIGN_OFF_WITHOUT_RIGHT: Message("The sign-off was by someone without the right to give it."),
    ObstacleCode.SIGN_OFF_DIED: Message("It was changed after it had been signed off."),
    ObstacleCode.CHECK_NOT_RUN: Message("A check that is required had not run."),
    ObstacleCode.FINDING: Message("One or more findings stood that were neither mended nor waived."),
    ObstacleCode.SYSTEM_UNREGISTERED: Message("An AI system was used that is not in the register."),
    ObstacleCode.SYSTEM_NOT_APPROVED: Message("An AI system was used that is not approved."),
    ObstacleCode.SYSTEM_PAUSED: Message("An AI system was used that is paused."),
    ObstacleCode.SYSTEM_RETIRED: Message("An AI system was used that has been retired."),
    ObstacleCode.TASK_MISSING: Message("It was not on record what an AI system was used for."),
    ObstacleCode.TERMS_UNKNOWN: Message("The data terms of an AI system were not known, or not lately read."),
}
"""What a break-glass passed over, told afterwards; what it never passes over is not here."""


def passed_over(broken: BreakGlass) -> tuple[Message, ...]:
    """What was in the way when the glass was broken, as the log has it; nothing where that was erased."""
    codes = values_of(broken.entry, ["overridden"]).get("overridden", ())
    return tuple(_told(broken, code) for code in codes if code in PASSED_OVER)


def _told(broken: BreakGlass, code: str) -> Message:
    n = _stood(broken) if code == ObstacleCode.FINDING else 0
    if not n:
        return PASSED_OVER[code]
    return Message(
        "%(n)d finding stood that was neither mended nor waived.",
        {"n": n},
        "%(n)d findings stood that were neither mended nor waived.",
    )


def _stood(broken: BreakGlass) -> int:
    """How many findings stopped the version then, by the checks, waivers and checklist of that time."""
    before = {"entry__place__lt": broken.entry.place}
    run = broken.version.check_runs.filter(**before).order_by("-entry__place").first()
    revision = PolicyRevision.objects.filter(**before).order_by("-entry__place").first()
    if run is None or revision is None:
        return 0
    asked = controls(revision)
    waived = Waiver.objects.filter(item=broken.version.item_id, **before).values_list(
        "fingerprint", flat=True
    )
    return len(
        {
            found.fingerprint
            for found in run.findings.exclude(fingerprint__in=waived)
            if consequence_for(found.check_id, Level(found.level), asked) is Consequence.BLOCK
        }
    )
