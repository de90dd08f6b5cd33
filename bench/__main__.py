"""Run the groups, print each figure beside what it was measured against, write `bench/results.json`."""

import importlib
import json
import sys
from pathlib import Path

from bench.figure import Figure

GROUPS = ("checks", "seal", "cold", "public", "desk", "findings")
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
    RESULTS.write_text(json.dumps([each.to_json() for each in figures], indent=2) + "\n", encoding="utf-8")


def _line(figure: Figure) -> str:
    beside = "; ".join(
        f"{label}: {'absent' if value is None else f'{value:.3g}'}" for label, value in figure.against.items()
    )
    met = "met" if figure.met else "NOT MET"
    return f"{figure.name:<28} {figure.value:>9.3g} {figure.unit:<7} {met:<8} {figure.goal}" + (
        f"   [{beside}]" if beside else ""
    )


main(sys.argv[1:])
