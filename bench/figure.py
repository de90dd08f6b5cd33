"""One figure: what was measured, against what, and whether the goal is met."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """`against` maps a label to its value in the same unit, or to None where that peer is absent.

    `goal` is in words; `meets` turns the value and what it was measured against into its answer.
    """

    name: str
    value: float
    unit: str
    goal: str
    meets: Callable[[float, dict[str, float | None]], bool]
    against: dict[str, float | None] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.meets(self.value, self.against)

    def to_json(self) -> dict[str, object]:
        """The form of `results.json`."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "against": {
                label: None if value is None else round(value, 4) for label, value in self.against.items()
            },
            "goal": self.goal,
            "met": self.met,
        }


def at_most(limit: float) -> Callable[[float, dict[str, float | None]], bool]:
    """A goal that is a number in the figure's own unit."""
    return lambda value, _: value <= limit


def at_most_times(factor: float, label: str) -> Callable[[float, dict[str, float | None]], bool]:
    """A goal that is a multiple of what was measured beside it; not met where that is absent."""

    def meets(value: float, against: dict[str, float | None]) -> bool:
        beside = against.get(label)
        return beside is not None and value <= factor * beside

    return meets


def at_least(limit: float) -> Callable[[float, dict[str, float | None]], bool]:
    """A goal that is a number to be reached, in the figure's own unit."""
    return lambda value, _: value >= limit


def same_as(label: str) -> Callable[[float, dict[str, float | None]], bool]:
    """A goal that is what was measured beside it; not met where that is absent."""
    return lambda value, against: value == against.get(label)
