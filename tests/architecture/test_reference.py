"""The reference says what is."""

import re

import pytest
from scripts.reference import FOLDER, PAGES, settings

from masthead.newsroom.site import home


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_current(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run `make reference`"


SHOWN = re.compile(
    r"```toml\n(?P<line>.+?)```\n\n.*environment: `(?P<variable>MASTHEAD_\w+)=(?P<value>[^`]+)`", re.DOTALL
)


@pytest.mark.parametrize("part", settings.page().split("\n## ")[1:], ids=lambda part: part.split("\n")[0])
def test_a_setting_is_shown_in_the_file_and_in_the_environment_alike(part, tmp_path, monkeypatch):
    name, shown = part.split("\n")[0], SHOWN.search(part)
    if shown is None:
        assert name in ("checks", "oidc"), "tables have no such form"
        return
    monkeypatch.setenv(shown["variable"], shown["value"])
    named = getattr(home.settings(tmp_path), name)
    monkeypatch.delenv(shown["variable"])
    (tmp_path / "config.toml").write_text(shown["line"], encoding="utf-8")
    assert getattr(home.settings(tmp_path), name) == named
