import unicodedata
from pathlib import Path

import pytest
from tests.cli.terminal import MENDED, NOTES, STORY, WRITER, Desk, process

KEYS = {"path", "sha256", "language", "text", "findings", "not_run"}
FINDING = {"check", "level", "consequence", "message", "quote", "start", "end", "nearest"}


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A folder without any record: `check` needs none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "en")
    monkeypatch.delenv("MASTHEAD_HOME", raising=False)
    desk = Desk(tmp_path, capsys, monkeypatch)
    desk.file("notes.txt", NOTES)
    return desk


def test_a_finding_that_the_default_controls_block_ends_in_1_and_holds_every_key(bare: Desk) -> None:
    bare.file("story.md", STORY)
    told = bare.json("check", "story.md", "--source", "notes.txt", "--ai", WRITER, code=1)
    assert set(told) >= KEYS
    assert (told["path"], told["language"], told["not_run"]) == ("story.md", "en", [])
    found = next(each for each in told["findings"] if each["consequence"] == "block")
    assert set(found) >= FINDING
    assert found["quote"] == told["text"][found["start"] : found["end"]] == "4.8 million euros"
    assert found["nearest"]["quote"].startswith("The repair costs")
    assert not (bare.folder / ".masthead").exists(), "no record is made"


def test_a_story_whose_facts_are_all_in_its_sources_ends_in_0(bare: Desk) -> None:
    bare.file("story.md", MENDED)
    told = bare.json("check", "story.md", "--source", "notes.txt", "--ai", WRITER)
    assert [each for each in told["findings"] if each["consequence"] == "block"] == []


def test_a_finding_without_a_place_has_nulls(bare: Desk) -> None:
    bare.file("story.md", MENDED)
    told = bare.json("check", "story.md", "--ai", WRITER, code=1)
    assert any(each["start"] is each["end"] is None for each in told["findings"])


@pytest.mark.parametrize(
    "before",
    [
        "👩🏽‍🚒🧵 ",
        "مرحبا بالعالم ",
        "שלום, ",
        unicodedata.normalize("NFD", "Ångström éé "),
        "漢字かな ",
        "a\u0300\u0301 ",
    ],
    ids=["emoji", "arabic", "hebrew", "combining", "cjk", "stacked marks"],
)
def test_offsets_are_code_points_of_the_text_in_any_script(bare: Desk, before: str) -> None:
    bare.file("story.txt", f"{before}write to anna.berg@home.example now.\n")
    told = bare.json("check", "story.txt", code=1)
    found = next(each for each in told["findings"] if each["check"] == "personal_data")
    assert told["text"][found["start"] : found["end"]] == "anna.berg@home.example"


def test_prose_shows_the_words_between_their_neighbours(bare: Desk) -> None:
    bare.file("story.md", STORY)
    said = bare("check", "story.md", "--source", "notes.txt")
    assert said.code == 1
    assert "paragraph 2: The repair costs ▸4.8 million euros◂." in said.out


def test_the_language_can_be_given(bare: Desk) -> None:
    bare.file("story.md", MENDED)
    assert bare.json("check", "story.md", "--lang", "fr")["language"] == "fr"


def test_what_cannot_be_read_ends_in_2_with_what_to_do(bare: Desk) -> None:
    said = bare.json("check", "nowhere.md", code=2)
    assert said["error"]["what"].startswith("nowhere.md")
    assert said["error"]["remedy"]


def test_the_installed_command_keeps_the_exit_codes(tmp_path: Path) -> None:
    (tmp_path / "ok.md").write_text("# Calm\n\nNothing happened today.\n")
    (tmp_path / "bad.md").write_text("Write to anna.berg@home.example.\n")
    codes = [process("check", name, cwd=tmp_path).code for name in ("ok.md", "bad.md", "no.md")]
    assert codes == [0, 1, 2]
