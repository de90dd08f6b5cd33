"""A setting that is mistyped says nothing, and whoever set it is told so, never with what they set it to."""

import json
from pathlib import Path

import pytest
from tests.cli.terminal import MENDED, Desk

from masthead.newsroom.site.mistyped import mistyped

SECRET = "postgres://mole:hunter2@db/desk"
MEANT = "There is no setting MASTHEAD_DATABASEURL, so it says nothing. Did you mean MASTHEAD_DATABASE_URL?"


def test_where_people_start_a_variable_that_no_setting_has_is_told_with_the_nearest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASTHEAD_DATABASEURL", SECRET)
    desk.file("story.md", MENDED)
    begun = desk("init", "--name", "Alder Notes", "--person", "Mira Sand")
    assert begun.code == 0
    for said in (begun, desk("check", "story.md"), desk("serve", "--host", "192.0.2.1")):
        assert MEANT in said.err
        assert "hunter2" not in said.out + said.err


def test_whoever_only_prepares_a_folder_is_told_too(desk: Desk, home: Path) -> None:
    assert desk("init", "--name", "Alder Notes", "--person", "Mira Sand").code == 0
    (home / "config.toml").write_text('adress = "https://hunter2.example"\n')
    prepared = desk("serve", "--prepare")
    assert json.loads(prepared.out)["read_only"] is False
    assert "There is no setting adress, so it says nothing. Did you mean address?" in prepared.err
    assert "hunter2" not in prepared.out + prepared.err


def test_a_line_of_the_file_that_no_setting_has_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('adress = "https://hunter2.example"\ncolour = "hunter2"\n')
    near, far = map(str, mistyped(tmp_path))
    assert near == "There is no setting adress, so it says nothing. Did you mean address?"
    assert far.startswith("There is no setting colour, so it says nothing.")


def test_a_table_is_not_said_in_one_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MASTHEAD_OIDC", "hunter2")
    (told,) = map(str, mistyped(tmp_path))
    assert told.startswith("There is no setting MASTHEAD_OIDC, ")


def test_what_is_a_setting_is_not_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ADDRESS", "OIDC_SECRET", "HOME", "LANGUAGE", "SECRET_KEY", "OUTER_UMASK", "SERVED_BY"):
        monkeypatch.setenv(f"MASTHEAD_{name}", "1")
    (tmp_path / "config.toml").write_text('address = ""\n[oidc]\nserver = ""\n[checks]\na = "1"\n')
    assert list(mistyped(tmp_path)) == []
