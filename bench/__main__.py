"""Run the groups and print each figure beside what it was measured against.

`bench/results.json` holds the last run of each group.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from bench.figure import Figure

GROUPS = ("checks", "seal", "cold", "public", "desk", "findings", "longtext", "log", "status")
RESULTS = Path(__file__).parent / "results.json"


def main(chosen: list[str]) -> None:
    """Measure the chosen groups, or all. A goal that is not met is said so; it is no failure of the run."""
    unknown = set(chosen) - set(GROUPS)
    if unknown:
        raise SystemExit(f"No such group: {', '.join(sorted(unknown))}. There are: {', '.join(GROUPS)}.")
    figures: list[Figure] = []
    for group in chosen or GROUPS:
        for figure in importlib.import_module(f"bench.{group}").figures():
            figures.append(figure)
            print(_line(figure), flush=True)
    kept = [each for each in _known() if _group(each["name"]) not in (chosen or GROUPS)]
    results = sorted([*kept, *(each.to_json() for each in figures)], key=_order)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def _known() -> list[dict[str, Any]]:
    """The figures of the last run of each group."""
    found: list[dict[str, Any]] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else []
    return [each for each in found if _group(each["name"]) in GROUPS]


def _group(name: str) -> str:
    return name.partition(".")[0]


def _order(figure: dict[str, Any]) -> int:
    return GROUPS.index(_group(figure["name"]))


def _line(figure: Figure) -> str:
    beside = "; ".join(
        f"{label}: {'absent' if value is None else f'{value:.3g}'}" for label, value in figure.against.items()
    )
    met = "met" if figure.met else "NOT MET"
    return f"{figure.name:<28} {figure.value:>9.3g} {figure.unit:<7} {met:<8} {figure.goal}" + (
        f"   [{beside}]" if beside else ""
    )


main(sys.argv[1:])
