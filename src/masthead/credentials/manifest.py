"""What a seal says: derived from the AI uses on record, and nothing about a person, a device or a place.

Actions: C2PA Technical Specification 2.4, "Actions". A task that none of its actions names has our own,
`org.masthead.<task>`, as that section provides for.
"""

from dataclasses import dataclass
from typing import Any

import masthead
from masthead.credentials.source_types import IPTC, uri
from masthead.labels.source_type import MADE, left_by, strongest
from masthead.vocabulary import Medium, Task, Tier

PARENT = "parent"
AI_USE = "org.masthead.ai-use"
"""Our assertion: `{"v": 1, "uses": [{"system", "task", "tier"}]}`."""


@dataclass(frozen=True, slots=True)
class Use:
    """One AI use as the seal tells it."""

    system: str
    task: Task
    tier: Tier


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is to be said. `source_type` is a term or a URI for the whole; None derives it.

    `training` says whether the content may be used to train and mine; not, unless somebody decides so.
    """

    uses: tuple[Use, ...] = ()
    source_type: str | None = None
    training: bool = False


_MAKING = {Task.IMAGE_GENERATION, Task.DRAFTING}
"""Tasks that can make the work to begin with: such a use is the first action."""

_ACTIONS = {
    Task.DRAFTING: "c2pa.addedText",
    Task.HEADLINE: "c2pa.addedText",
    Task.CAPTIONING: "c2pa.addedText",
    Task.ALT_TEXT: "c2pa.edited.metadata",
    Task.EDITING: "c2pa.edited",
    Task.IMAGE_EDITING: "c2pa.edited",
    Task.IMAGE_GENERATION: "c2pa.edited",
    Task.AUDIO: "c2pa.edited",
    Task.VIDEO: "c2pa.edited",
}


def is_opened(manifest: Manifest, medium: Medium, *, has_parent: bool) -> bool:
    """Whether the history starts from something that was there, rather than from making it.

    A picture whose making nobody told was there: that it was *opened* is all we know.
    """
    if has_parent:
        return True
    if medium is Medium.TEXT or manifest.source_type is not None:
        return False
    return not any(_made_it(use, medium) for use in manifest.uses)


def definition(manifest: Manifest, medium: Medium, *, opened: bool) -> dict[str, Any]:
    """The SDK's manifest definition. With `opened`, an ingredient named `PARENT` must be added to it.

    Raises `CannotRead` for a source type that is retired or invented.
    """
    assertions: list[dict[str, Any]] = [
        {"label": "c2pa.actions.v2", "data": {"actions": _actions(manifest, medium, opened=opened)}},
        {"label": "cawg.training-mining", "data": {"entries": _mining(allowed=manifest.training)}},
    ]
    if manifest.uses:
        uses = [{"system": u.system, "task": u.task.value, "tier": u.tier.value} for u in manifest.uses]
        assertions.append({"label": AI_USE, "data": {"v": 1, "uses": uses}})
    return {
        "claim_generator_info": [{"name": "Masthead", "version": masthead.__version__}],
        "assertions": assertions,
    }


def _actions(manifest: Manifest, medium: Medium, *, opened: bool) -> list[dict[str, Any]]:
    if opened:
        first: dict[str, Any] = {"action": "c2pa.opened", "parameters": {"ingredientIds": [PARENT]}}
        if manifest.source_type is not None:
            first["digitalSourceType"] = uri(manifest.source_type)
        return [first, *(_action(use, medium) for use in manifest.uses)]
    derived = strongest(left_by(medium, use.task, use.tier) for use in manifest.uses)
    whole = uri(manifest.source_type) if manifest.source_type else derived or IPTC + "digitalCreation"
    first = {"action": "c2pa.created", "digitalSourceType": whole}
    maker = next((use for use in manifest.uses if whole == MADE and _made_it(use, medium)), None)
    if maker is not None:
        first["softwareAgent"] = {"name": maker.system}
    return [first, *(_action(use, medium) for use in manifest.uses if use is not maker)]


def _made_it(use: Use, medium: Medium) -> bool:
    return use.task in _MAKING and left_by(medium, use.task, use.tier) == MADE


def _action(use: Use, medium: Medium) -> dict[str, Any]:
    action: dict[str, Any] = {
        "action": _ACTIONS.get(use.task, f"org.masthead.{use.task.value.replace(' ', '-')}"),
        "softwareAgent": {"name": use.system},
    }
    term = left_by(medium, use.task, use.tier)
    return action | {"digitalSourceType": term} if term else action


def _mining(*, allowed: bool) -> dict[str, dict[str, str]]:
    """Entries of the CAWG Training and Data Mining assertion 1.1."""
    use = "allowed" if allowed else "notAllowed"
    kinds = ("ai_inference", "ai_training", "ai_generative_training", "data_mining")
    return {f"cawg.{kind}": {"use": use} for kind in kinds}
