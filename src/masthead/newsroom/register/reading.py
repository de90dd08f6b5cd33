"""The register as JSON, for those who may see it: all of it in the terminal, what its schema has in the API.

It names people. What readers get is `public.showing.register`, which does not.
"""

from typing import Any

from masthead.newsroom.register.models import AISystem, UseCase


def system_json(system: AISystem) -> dict[str, Any]:
    """One system with its use cases; what is not filled in stays empty, for the reader to see."""
    return {
        "name": system.name,
        "provider": system.provider,
        "status": system.status,
        "accountable": system.accountable.name,
        "unanswered": system.unanswered,
        "terms_url": system.terms_url,
        "terms_checked_on": system.terms_checked_on.isoformat() if system.terms_checked_on else None,
        "training_opt_out": system.training_opt_out,
        "use_cases": [
            _use_case_json(case)
            for case in system.use_cases.select_related("accountable").order_by("tier", "stage")
        ],
    }


def _use_case_json(case: UseCase) -> dict[str, Any]:
    return {
        "stage": case.stage,
        "tier": case.tier,
        "level": case.level,
        "status": case.status,
        "accountable": case.accountable.name,
        "unanswered": case.unanswered,
    }
