"""The example in the how-to is a plug-in that works."""

import re
from pathlib import Path

import pytest
from tests.checks.run.subjects import subject

from masthead.checks import run

PAGE = Path(__file__).parents[3] / "docs/how-to/write-a-check.md"


def test_the_example_runs_when_installed_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGE.read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    project = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0]
    (entry,) = re.findall(r'^bylines = "(.+)"$', project, re.MULTILINE)
    (version,) = re.findall(r'^version = "(.+)"$', project, re.MULTILINE)
    package, info = tmp_path / "bylines", tmp_path / f"bylines-{version}.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").write_text(code)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: bylines\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[masthead.checks]\nbylines = {entry}\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    report = run(subject("Bridge closed\nIt rained."), ["bylines"], allowed={"bylines": version})

    assert not report.not_run
    assert [finding.quote for finding in report.findings] == ["Bridge closed"]
