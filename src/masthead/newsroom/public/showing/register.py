"""The AI register as the public sees it: never the name of a person, unless it is an office's."""

from typing import Any

from masthead.language import Message, gettext
from masthead.newsroom.public.render import followed
from masthead.newsroom.public.showing.words import LEVELS, STAGES
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.vocabulary import LABELS, MEANINGS, Stage, SystemStatus, Tier, UseLevel

ORDER = (SystemStatus.APPROVED, SystemStatus.PAUSED, SystemStatus.PROPOSED, SystemStatus.RETIRED)
NOBODY = Message("nobody is named just now")
A_PERSON = Message("a person on the staff, by name in our record")


def register() -> list[dict[str, Any]]:
    """Every system, those in use first; what nobody filled in is None. Codes have their words beside them."""
    systems = AISystem.objects.select_related("accountable").prefetch_related("use_cases")
    ranked = sorted(systems, key=lambda system: (ORDER.index(SystemStatus(system.status)), system.key))
    return [_system(system) for system in ranked]


def tiers() -> list[str]:
    """What each tier means, in the sentence that the desk has for it too."""
    return [str(said) for said in MEANINGS.values()]


def _system(system: AISystem) -> dict[str, Any]:
    return {
        "name": system.name,
        "provider": system.provider or None,
        "status": system.status,
        "status_words": str(LABELS[SystemStatus(system.status)]),
        "accountable": _who(system),
        "unanswered": system.unanswered,
        "terms_url": followed(system.terms_url) or None,
        "terms_checked_on": system.terms_checked_on,
        "training_opt_out": system.training_opt_out,
        "use_cases": [_use_case(case) for case in sorted(system.use_cases.all(), key=_rank)],
    }


def _who(system: AISystem) -> str:
    """Who answers for it, without a name: nobody, where theirs was erased or they left."""
    if system.unanswered:
        return gettext(NOBODY.template)
    return system.accountable.name if system.accountable.office else gettext(A_PERSON.template)


def _rank(case: UseCase) -> tuple[str, str, str]:
    return case.stage, case.tier, case.level


def _use_case(case: UseCase) -> dict[str, Any]:
    return {
        "stage": case.stage,
        "stage_words": str(STAGES[Stage(case.stage)]),
        "tier": case.tier,
        "tier_words": str(LABELS[Tier(case.tier)]),
        "level": case.level,
        "level_words": str(LEVELS[UseLevel(case.level)]),
        "status": case.status,
        "status_words": str(LABELS[SystemStatus(case.status)]),
    }
