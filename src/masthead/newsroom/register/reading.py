"""The register as JSON, for the terminal, the API and the public page."""

from typing import Any

from masthead.newsroom.register.models import AISystem


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
            {"stage": case.stage, "tier": case.tier, "level": case.level, "status": case.status}
            for case in system.use_cases.order_by("tier", "stage")
        ],
    }
