"""`masthead log verify`: on the record here, an exported log, a bundle; with what an auditor brought."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from tests.cli.terminal import MENDED, NOTES, WRITER, Desk, process
from tests.evidence.outsiders import Authority, Witness

from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint as Said

WITNESS = Witness("archive.example/witness")


@pytest.fixture
def out(solo: Desk, home: Path, tmp_path: Path) -> Path:
    """The log's key file, once something is out; one witness cosigned the newest head, one stamped it."""
    solo.file("story.md", MENDED)
    solo.file("notes.txt", NOTES)
    solo.file("head.txt", Checkpoint.objects.latest("size").note)
    solo.json(
        "publish",
        "story.md",
        "--source",
        "notes.txt",
        "--ai",
        WRITER,
        "--sign-off",
        "Mira Sand",
        "--out",
        "a",
    )
    row = publish_checkpoint()
    WITNESS.cosign(row)
    Authority(tmp_path / "tsa").stamp(row)
    solo.json(
        "publish",
        "story.md",
        "--source",
        "notes.txt",
        "--ai",
        WRITER,
        "--sign-off",
        "Mira Sand",
        "--out",
        "a",
    )
    solo.json("log", "export", "log")
    solo.file("witness.pub", f"{WITNESS.key}\n")
    return home / "keys" / "log.pub"


def test_the_record_here_says_who_vouches_for_it(solo: Desk, out: Path, tmp_path: Path) -> None:
    told = solo.json("log", "verify")
    assert told["intact"] is True
    assert told["published"]["witnesses"] == []
    assert "archive.example/witness" in told["published"]["not_checked"][0]
    brought = ("--witness", "witness.pub", "--tsa", str(tmp_path / "tsa" / "root.pem"), "--since", "head.txt")
    told = solo.json("log", "verify", *brought)
    assert [each["at"] for each in told["published"]["witnesses"]] == ["2026-11-18T11:06:40+00:00"]
    assert [each["who"] for each in told["published"]["stamps"]] == ["http://tsa.example/"]
    said = solo("log", "verify", *brought).out
    for words in (
        "Intact: all ",
        "Published of it: ",
        "begins with all that the checkpoint you kept stands for",
        "Cosigned by archive.example/witness",
        "18 November 2026, 11:06 UTC",
        "as verified with the certificate of CN=Root of the tests",
        "for the authority, http://tsa.example/, was not verified",
        "not that nothing was left out",
    ):
        assert words in said
    assert solo.json("log", "verify", "--key", str(out))["intact"] is True


def test_a_witness_who_has_not_cosigned_and_a_head_that_was_never_signed_are_not_passed_over(
    solo: Desk, out: Path, home: Path
) -> None:
    stranger = str(Witness("stranger.example").key)
    told = solo.json("log", "verify", "--witness", stranger, code=1)
    assert (told["intact"], told["first_failure"]["place"]) == (False, None)
    assert "stranger.example" in told["first_failure"]["why"]
    solo.file("head.txt", _forged(home, out))
    assert "Keep both" in solo.json("log", "verify", "--since", "head.txt", code=1)["first_failure"]["why"]
    assert "Keep both" in solo("log", "verify", "--since", "head.txt").out


def _forged(home: Path, key: Path) -> str:
    """A head of another tree, signed with the log's own key: what was shown to somebody else."""
    from masthead.newsroom.evidence.keys import PRIVATE, FileSigner

    signer = FileSigner(home / PRIVATE, key.read_text().split("+")[0])
    return str(note.sign(str(Said(signer.key.name, 3, bytes(32))), signer.key, signer.sign))


def test_an_exported_log_is_verified_with_nothing_of_the_record(solo: Desk, out: Path, home: Path) -> None:
    told = solo.json("log", "verify", "--export", "log", "--key", str(out), "--witness", "witness.pub")
    assert (told["intact"], told["signed"], told["why"]) == (True, True, None)
    assert told["kinds"]["published"] == 1
    assert told["witnesses"][0]["who"].startswith("archive.example/witness+")
    assert solo.json("log", "verify", "--export", "log", code=3)["signed"] is False
    said = solo("log", "verify", "--export", "log", "--key", str(out), "--since", "head.txt")
    assert said.code == 0
    assert "1  published" in said.out
    assert "begins with all that the checkpoint you kept stands for" in said.out
    solo.file("head.txt", _forged(home, out))
    assert solo.json("log", "verify", "--export", "log", "--key", str(out), "--since", "head.txt", code=1)[
        "why"
    ]
    solo.file("log/tile/9", "junk")
    assert "tile/9" in solo.json("log", "verify", "--export", "log", "--key", str(out), code=1)["why"]
    assert solo.json("log", "verify", "--export", "missing", code=2)["error"]
    assert solo.json("log", "verify", "--export", "story.md", code=2)["error"]


def test_it_runs_where_there_is_no_newsroom(solo: Desk, out: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    words = ("--key", str(out), "--json")
    nowhere = str(elsewhere / "nothing")
    for what in (
        ("--export", str(solo.folder / "log")),
        ("--bundle", str(solo.folder / "a" / "bundle.json")),
    ):
        done = process("log", "verify", *what, *words, cwd=elsewhere, MASTHEAD_HOME=nowhere)
        assert (done.code, done.json["intact"]) == (0, True)
    assert list(elsewhere.iterdir()) == []


def test_a_bundle_says_what_was_not_checked_and_cannot_be_compared_with_an_older_head(
    solo: Desk, out: Path, tmp_path: Path
) -> None:
    words = ("log", "verify", "--bundle", "a/bundle.json", "--key", str(out))
    told = solo.json(*words, "--since", "head.txt", code=4)
    assert (told["intact"], told["compared"]) == (True, None)
    assert told["stamps_not_verified"][0]["who"] == "http://tsa.example/"
    compared = solo(*words, "--since", "head.txt")
    said = compared.out
    assert compared.code == 4
    assert "was not compared with the checkpoint you kept" in said
    assert "Not checked, as you did not give its key: a signature of archive.example/witness" in said
    assert "give a certificate with --tsa" in said
    root = str(tmp_path / "tsa" / "root.pem")
    assert solo.json(*words, "--tsa", root, "--witness", "witness.pub")["not_checked"] == []
    other = str(Authority(tmp_path / "other").root)
    assert "certificate" in solo.json(*words, "--tsa", other, code=1)["why"]


def test_a_bundle_is_told_in_words_and_files_are_held_to_it(solo: Desk, out: Path) -> None:
    words = ("log", "verify", "--bundle", "a/bundle.json", "--key", str(out))
    said = solo(*words).out
    for part in (" entries, root ", "Role: ", "The AI uses: ", "signed off", "not that nothing was left out"):
        assert part in said
    told = solo.json(*words, "--disclosure", "a/disclosure.json")
    assert told["same"] == ["disclosure"]
    assert (
        "The disclosure you gave is, byte for byte" in solo(*words, "--disclosure", "a/disclosure.json").out
    )
    for option in ("--content", "--disclosure"):
        assert solo.json(*words, option, "notes.txt", code=1)["why"].endswith("is not what was published.")
    (file,) = [
        each
        for each in (solo.folder / "a").iterdir()
        if solo("log", "verify", "--bundle", "a/bundle.json", "--content", str(each)).code == 3
    ]
    assert solo.json(*words, "--content", str(file))["same"] == ["content"]
    assert solo("log", "verify", "--content", str(file)).code == 2


def test_what_is_no_key_certificate_or_head_is_refused_in_plain_words(solo: Desk, out: Path) -> None:
    words = ("log", "verify", "--bundle", "a/bundle.json", "--key", str(out))
    witness = str(WITNESS.key)
    for more in (
        ("--witness", str(out)),
        ("--witness", "nonsense"),
        ("--witness", witness, "--witness", "witness.pub"),
        ("--tsa", "story.md"),
        ("--tsa", "missing.pem"),
        ("--since", "missing.txt"),
        ("--since", "story.md"),
        ("--export", "log"),
    ):
        said = solo(*words, *more)
        assert said.code == 2, more
        assert "Traceback" not in said.out + said.err
    assert json.loads((solo.folder / "a" / "bundle.json").read_text())["masthead_bundle"] == 2


def test_what_cannot_be_read_is_named_and_a_refusal_stands_by_itself(solo: Desk, out: Path) -> None:
    key = ("--key", str(out))
    bundle = ("--bundle", "a/bundle.json")
    for words in (
        ("--bundle", "gone.x"),
        (*bundle, "--content", "gone.x"),
        (*bundle, "--disclosure", "gone.x"),
    ):
        said = solo("log", "verify", *words, *key)
        assert (said.code, "gone.x" in said.err) == (2, True)
    assert "gone.x" in solo("log", "verify", "--export", "gone.x", *key).err
    both = solo("log", "verify", *bundle, "--export", "log")
    assert both.code == 2
    assert ": Give a bundle" not in both.err
    assert "Give a bundle or an exported log, not both." in both.err
    for days, why in (("-3", "give 0 or more"), ("4000", "give 3650 or less")):
        far = solo("key", "rotate", "--overlap", days)
        assert far.code == 2
        assert f"--overlap: {why}." in far.err


def test_a_kept_head_that_no_key_vouches_for_is_told_so(solo: Desk) -> None:
    head = Checkpoint.objects.latest("size").note
    text, _, lines = head.partition("\n\n")
    name = lines.split()[1]
    kept = solo.file("nobodys.txt", f"{text}\n\n\u2014 {name} {b64encode(bytes(68)).decode()}\n")
    said = solo("log", "verify", "--since", kept)
    assert said.code == 0, said
    assert "Its own signature was not checked" in said.out
    assert "was not checked" not in solo("log", "verify", "--since", solo.file("head.txt", head)).out
