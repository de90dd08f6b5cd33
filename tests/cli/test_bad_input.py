import io
import os
import shutil
import signal
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from tests.cli.terminal import MASTHEAD, MENDED, NOTES, WRITER, Desk, at_a_terminal, process
from tests.cli.test_checking import bare

__all__ = ["bare"]


def said_plainly(desk: Desk, *words: str, code: int = 2) -> str:
    """A command fails with `code`, says what happened and what to do, and shows no traceback."""
    said = desk(*words)
    assert said.code == code, said
    assert said.out == ""
    assert "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) >= 2, "what happened, and what to do"
    return said.err


def nothing_kept(desk: Desk, home: Path) -> None:
    assert desk.json("item", "list") == {"items": []}
    assert [path for path in (home / "blobs").rglob("*") if path.is_file()] == []


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(320):
                part.write(b" " * 1_000_000)
    return packed.getvalue()


def broken_manifest() -> bytes:
    """A JPEG whose APP11 segments say JUMBF and hold rubbish."""
    plain = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(plain, "JPEG")
    rubbish = b"JP\x00\x01\x00\x00\x00\x01" + b"\x00\x00\x00\x40jumb" + b"\xff\x00c2pa\x9b31m" * 5
    segment = b"\xff\xeb" + (len(rubbish) + 2).to_bytes(2, "big") + rubbish
    return plain.getvalue()[:2] + segment + plain.getvalue()[2:]


ENCRYPTED_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/O<28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A>
/U<28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697B>/P -44>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
%%EOF"""

FILES = {
    "empty.md": b"",
    "noise.bin": bytes(range(256)) * 40,
    "cut.docx": b"PK\x03\x04" + b"\x00" * 60,
    "cut.pdf": b"%PDF-1.7\n1 0 obj",
    "cut.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "locked.pdf": ENCRYPTED_PDF,
    "torn.txt": b"caf\xe9 \xff\xfe\xfd ol\xe9",
}


def test_no_unreadable_file_is_taken_in_and_each_says_what_to_do(solo: Desk, home: Path) -> None:
    for name, content in FILES.items():
        solo.file(name, content)
        taken = solo("publish", name, "--sign-off", "Mira Sand")
        if name == "torn.txt" and taken.code != 2:
            continue  # bytes that are no UTF-8 may still be read as another encoding
        assert taken.code == 2, (name, taken)
        assert len(taken.err.strip().splitlines()) >= 2, (name, taken)
        assert "Traceback" not in taken.err
    if solo.json("item", "list")["items"] == []:
        nothing_kept(solo, home)


def test_a_zip_bomb_is_refused(bare: Desk) -> None:
    bare.file("bomb.docx", bomb())
    said_plainly(bare, "check", "bomb.docx")


def test_folders_devices_missing_files_and_endless_names_are_refused(bare: Desk) -> None:
    (bare.folder / "folder.md").mkdir()
    os.mkfifo(bare.folder / "pipe.md")
    for name in ("folder.md", "pipe.md", "missing.md", "x" * 300 + ".md", "/dev/zero"):
        assert name in said_plainly(bare, "check", name)
    bare.file("story.md", MENDED)
    assert "gone.txt" in said_plainly(bare, "check", "story.md", "--source", "gone.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_a_file_we_may_not_read_is_named(bare: Desk) -> None:
    bare.file("secret.md", MENDED)
    (bare.folder / "secret.md").chmod(0)
    assert "secret.md" in said_plainly(bare, "check", "secret.md")


def test_a_file_over_the_limit_is_refused_without_being_read(bare: Desk) -> None:
    with (bare.folder / "large.md").open("wb") as file:
        file.truncate(200_000_000)
    said_plainly(bare, "check", "large.md")
    small = process("check", "notes.txt", cwd=bare.folder, MASTHEAD_MAX_UPLOAD="10")
    assert small.code == 2
    assert "notes.txt" in small.err


def test_a_broken_manifest_is_a_finding_and_never_a_crash(bare: Desk) -> None:
    bare.file("picture.jpg", broken_manifest())
    told = bare("check", "picture.jpg", "--json")
    assert told.code in (0, 1), told
    assert {each["check"] for each in told.json["findings"]} | {
        each["check"] for each in told.json["not_run"]
    } >= {"credentials_on_arrival"}


def test_a_source_that_is_gone_from_the_store_is_never_a_pass(solo: Desk, home: Path) -> None:
    solo.file("story.md", MENDED)
    solo.file("notes.txt", NOTES)
    item = solo.json("item", "add", "story.md", "--source", "notes.txt", "--ai", WRITER)["item"]
    shutil.rmtree(home / "blobs")
    said = solo("item", "check", item)
    assert said.code in (1, 2)
    assert "Traceback" not in said.err
    assert "blobs" in said.err


@pytest.mark.parametrize(
    "use", ["", "Tool", "Tool, drafting", "Tool, juggling, T2", "Tool, drafting, T9", ",drafting,T2"]
)
def test_an_ai_use_that_is_not_one_is_refused_with_the_form(bare: Desk, use: str) -> None:
    bare.file("story.md", MENDED)
    said_plainly(bare, "check", "story.md", "--ai", use)


def test_what_is_not_on_record_is_named_with_where_to_look(solo: Desk) -> None:
    solo.file("story.md", "# A\n\nWrite to anna.berg@home.example.\n")
    item = solo.json("item", "add", "story.md")["item"]
    for words, hint in {
        ("item", "list", "--by", "Nobody"): "",
        ("item", "show", "zzzzzz"): "masthead item list",
        ("item", "show", item[:3]): "masthead item list",
        ("item", "check", item, "--by", "Nobody"): "masthead person list",
        ("waive", item, "000000", "--reason", "consent"): "masthead item show",
        ("register", "show", "Nothing"): "masthead register add",
        ("publish", item, "--sign-off", "Nobody"): "masthead person list",
        ("review", item, "--uphold"): "",
    }.items():
        said = solo(*words)
        assert said.code == 2, (words, said)
        assert hint in said.err
        assert "Traceback" not in said.err


def test_beginning_twice_leaves_what_is_there(solo: Desk) -> None:
    again = solo.json("init", "--name", "Alder Notes", "--person", "Somebody")
    assert again["name"] == "Alder Notes"
    assert len(solo.json("person", "list")["people"]) == 1
    assert solo.json("init", "--name", "Another", "--person", "Somebody", code=1)["error"]


def test_a_nameless_beginning_makes_nothing(tmp_path: Path) -> None:
    for words in (
        ("init",),
        ("init", "--name", " ", "--person", "A"),
        ("init", "--name", "A" * 201, "--person", "B"),
    ):
        said = process(*words, "--json", cwd=tmp_path)
        assert said.code == 2
        assert said.json["error"]["remedy"]
    assert list(tmp_path.iterdir()) == []


def test_no_record_no_place_and_bad_settings_are_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    begin = ("init", "--name", "A", "--person", "B")
    cases: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
        "masthead init": (("item", "list"), {}),
        "MASTHEAD_HOME": (begin, {"MASTHEAD_HOME": str(tmp_path / "file" / "home")}),
        "MASTHEAD_MAX_UPLOAD": (begin, {"MASTHEAD_MAX_UPLOAD": "abc"}),
        "Europe/Paris": (begin, {"MASTHEAD_TIME_ZONE": "Europe/Atlantis"}),
        "MASTHEAD_DATABASE_URL": (begin, {"MASTHEAD_DATABASE_URL": "mysql://me:sekrit@host/x"}),
        "Check that it runs": (begin, {"MASTHEAD_DATABASE_URL": "postgres://me:sekrit@127.0.0.1:1/x"}),
    }
    for hint, (words, environment) in cases.items():
        said = process(*words, cwd=tmp_path, **environment)
        assert said.code == 2, (hint, said)
        assert hint in said.err, said
        assert "Traceback" not in said.err
        assert "sekrit" not in said.err
    home = tmp_path / "home"
    home.mkdir()
    for content in (b"= [", b"\xff\xfe", b'trust = "one.pem"', b"max_upload = -1"):
        (home / "config.toml").write_bytes(content)
        said = process(*begin, "--json", cwd=tmp_path, MASTHEAD_HOME=str(home))
        assert said.code == 2, (content, said)
        assert "config.toml" in said.json["error"]["what"] + said.json["error"]["remedy"]


HOSTILE = "\x1b[31mred\x1b]0;owned\x07 \x9b2J [bold]markup[/bold] \u202eevil"


def test_nothing_that_a_file_or_a_name_brings_along_steers_the_terminal(solo: Desk) -> None:
    solo.file("story.md", f"# {HOSTILE}\n\nWrite to anna.berg@home.example {HOSTILE}.\n")
    shown = solo("item", "add", "story.md", "--title", HOSTILE).out
    item = solo.json("item", "list")["items"][0]["item"]
    shown += solo("item", "show", item).out + solo("item", "list").out
    shown += solo("check", "story.md").out + solo("person", "add", HOSTILE, "--role", "editor").out
    shown += solo("person", "list").out + solo("person", "list", "--json").out
    shown += solo("item", "show", item, "--json").out + solo("check", HOSTILE).err
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert "[bold]markup[/bold]" in shown


def test_nothing_steers_a_real_terminal_either(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(f"Write to anna.berg@home.example {HOSTILE}.\n")
    said = at_a_terminal("check", "story.txt", cwd=tmp_path, answers="")
    assert "\x1b]0;" not in said.out
    assert "\x07" not in said.out
    assert "[bold]markup[/bold]" in said.out


def test_a_reader_that_goes_away_is_no_error_of_ours(tmp_path: Path) -> None:
    for words in ("declaration --json", "declaration"):
        done = subprocess.run(
            ["bash", "-c", f"'{MASTHEAD}' {words} | head -c 1; echo ${{PIPESTATUS[0]}} >&2"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr.strip() in ("141", "0"), "0 where all of it fitted in the pipe"


def test_an_interruption_at_a_question_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    # A shell starts what runs in its background deaf to interruptions, and children inherit that.
    child = subprocess.Popen(
        [MASTHEAD, "init"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(theirs)
    assert os.read(ours, 100), "it asks for a name"
    # A signal between the prompt and the wait for its answer is noted and heeded only at the next one.
    for _ in range(100):
        child.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            child.wait(0.3)
            break
    _, told = child.communicate(timeout=30)
    os.close(ours)
    assert child.returncode == 130
    assert b"Traceback" not in told
    assert list(tmp_path.iterdir()) == []
