"""Where something stands, as every door tells it: in words, down to the entries of the log, and as JSON."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from masthead.declaration.said import REASONS
from masthead.declaration.status import Ground, Standing
from masthead.language import Message
from masthead.newsroom.assurance.models import CorrectiveAction, Evidence
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.policy.models import Answer
from masthead.newsroom.review.models import Publication, SecondReview, SignOff, Withdrawal

KEPT: Mapping[str, type[Vouched]] = {
    "evidence": Evidence,
    "answer": Answer,
    "publication": Publication,
    "review": SecondReview,
    "sign-off": SignOff,
    "withdrawal": Withdrawal,
}
"""What an id of evidence begins with, and the table that keeps it."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One ground in words, with the place of the entry that vouches for it, where an entry does."""

    ground: Ground
    said: Message
    place: int | None


def explained(standing: Standing, most: int = 50) -> list[Explained]:
    """The grounds of a standing, those that decide it first, at most so many of them."""
    grounds = standing.grounds[:most]
    places = places_of(each.evidence.id for each in grounds if each.evidence)
    return [
        Explained(
            each,
            Message(REASONS[each.reason].template, {"control": each.control or ""}),
            places.get(each.evidence.id) if each.evidence else None,
        )
        for each in grounds
    ]


def places_of(ids: Iterable[str]) -> dict[str, int]:
    """The place of the entry for each id of evidence; what is measured at the moment has none."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for each in ids:
        kind, _, pk = each.partition(":")
        if kind in KEPT:
            by_kind[kind].append(pk)
    return {
        f"{kind}:{pk}": place
        for kind, pks in by_kind.items()
        for pk, place in KEPT[kind]._base_manager.filter(pk__in=pks).values_list("pk", "entry__place")
    }


def standing_json(standing: Standing, *, grounds: bool = False) -> dict[str, Any]:
    """A standing as JSON; times are ISO 8601 in UTC, `as_of` the oldest observation that it rests on."""
    told: dict[str, Any] = {
        "status": standing.status.value,
        "grade": standing.grade.value if standing.grade else None,
        "as_of": standing.as_of.isoformat() if standing.as_of else None,
        "changes_at": standing.changes_at.isoformat() if standing.changes_at else None,
    }
    if grounds:
        told["grounds"] = [_ground_json(each) for each in explained(standing)]
    return told


def _ground_json(one: Explained) -> dict[str, Any]:
    piece = one.ground.evidence
    told: dict[str, Any] = {"reason": one.ground.reason.value, "control": one.ground.control}
    if piece is not None:
        told |= {
            "answers": piece.answers,
            "about": piece.about,
            "grade": piece.grade.value,
            "observed_at": piece.observed_at.isoformat(),
            "ends_at": piece.ends.isoformat() if piece.ends else None,
            "entry": one.place,
        }
    return told


def action_json(action: CorrectiveAction) -> dict[str, Any]:
    """A corrective action as JSON."""
    return {
        "id": action.pk.hex,
        "control": action.answers,
        "about": action.about,
        "cause": action.cause,
        "opened_at": action.opened_at.isoformat(),
        "owner": action.owner.name if action.owner else None,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "closed_at": action.closed_at.isoformat() if action.closed_at else None,
        "closed_because": action.closed_because or None,
    }
