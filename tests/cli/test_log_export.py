"""`masthead log export`: a folder that shows the log, told in words and in JSON."""

from tests.cli.terminal import STORY, WRITER


def published(solo) -> None:
    solo.file("story.md", STORY)
    solo.file("notes.md", f"{STORY}\nSaid twice.\n")
    said = solo("publish", "story.md", "--ai", WRITER, "--source", "notes.md", "--sign-off", "Mira Sand")
    assert said.code == 0, said


def test_it_says_what_the_folder_shows(solo):
    published(solo)
    said = solo("log", "export", "served")
    assert said.code == 0, said
    assert said.out.startswith("served shows the log ")
    assert "New files: 4; there already: 0" in said.out
    names = sorted(path.name for path in (solo.folder / "served").iterdir())
    assert names == ["checkpoint", "keys", "tile"]


def test_it_answers_in_json_and_writes_only_what_is_new(solo):
    published(solo)
    first, again = (solo.json("log", "export", "served") for _ in range(2))
    assert first.keys() == {"folder", "origin", "size", "root", "written", "kept", "removed"}
    assert (first["kept"], again["written"]) == (0, 0)
    assert again["kept"] == first["written"] >= 2
    assert len(first["root"]) == 64
    checked = solo.json("log", "verify", "--export", "served", code=3)
    assert (checked["intact"], checked["size"]) == (True, first["size"])


def test_what_stands_in_the_way_is_said_with_what_to_do(solo):
    published(solo)
    solo.file("letter.txt", "mine")
    for folder, code, what in (
        (".", 1, "holds other files, such as letter.txt"),
        ("letter.txt", 2, "is not a folder we may write to"),
    ):
        said = solo("log", "export", folder)
        assert said.code == code
        assert what in said.err
        assert said.out == ""


def test_without_a_record_there_is_nothing_to_export(desk):
    said = desk("log", "export", "served")
    assert said.code == 2
    assert "masthead init" in said.err
    assert not (desk.folder / "served").exists()
