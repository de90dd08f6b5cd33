"""Every fragment gets into the changelog: one of a kind that nobody named would be left out unsaid."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_fragment_is_of_a_kind_that_the_changelog_has():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["towncrier"]
    kinds = {each["directory"] for each in settings["type"]}
    files = [path.name for path in (ROOT / settings["directory"]).iterdir() if not path.name.startswith(".")]
    assert files
    assert [name for name in files if not name.endswith(".md") or name.split(".")[-2] not in kinds] == []
