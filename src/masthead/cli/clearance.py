"""The gate's answer, in prose and in JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from masthead.gate.clearance import Clearance, Obstacle
from masthead.language import gettext


def obstacle_lines(obstacles: Iterable[Obstacle]) -> Iterator[str]:
    """Each obstacle with the commitments it serves, then its ways out."""
    for number, obstacle in enumerate(obstacles, 1):
        finding = f" [{obstacle.finding[:8]}]" if obstacle.finding else ""
        yield f"  {number}. {obstacle.message}{finding}  ({', '.join(obstacle.commitments)})"
        for way in obstacle.ways_out:
            yield f"     → {way}"


def obstacles_json(obstacles: Iterable[Obstacle]) -> list[dict[str, Any]]:
    """Each obstacle as the API will give it too."""
    return [
        {
            "code": obstacle.code.value,
            "message": str(obstacle.message),
            "ways_out": [str(way) for way in obstacle.ways_out],
            "commitments": list(obstacle.commitments),
            "control": obstacle.control,
            "finding": obstacle.finding,
            "system": obstacle.system,
        }
        for obstacle in obstacles
    ]


def clearance_json(clearance: Clearance) -> dict[str, Any]:
    """Clear or not, with everything that stands in the way or is worth knowing."""
    return {
        "clear": clearance.clear,
        "obstacles": obstacles_json(clearance.obstacles),
        "warnings": obstacles_json(clearance.warnings),
        "overridden": obstacles_json(clearance.overridden),
        "self_signed": clearance.self_signed,
    }


def clearance_lines(clearance: Clearance) -> Iterator[str]:
    """The gate's answer in a few lines."""
    if clearance.clear:
        yield gettext("Cleared: this version may be published.")
    else:
        yield gettext("Not cleared yet:")
        yield from obstacle_lines(clearance.obstacles)
    if clearance.warnings:
        yield gettext("Worth knowing:")
        yield from obstacle_lines(clearance.warnings)
