"""An exported log is verified offline, from its entries up; whatever is not as it was signed is named."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.longlog import grow
from tests.evidence.outsiders import Witness
from tests.evidence.verifiers import Auditor

from masthead.cli.auditing import export_json, verdict_lines
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.export_check import check
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog.note import VerifierKey
from masthead.tlog.tiles import ENTRIES, Tile, bundle, covering, entries_of


def exported(home, folder, *sizes):
    """The log exported at each of these sizes into one folder; the notes of its heads."""
    heads = []
    for size in sizes:
        grow(size - (Checkpoint.objects.latest("size").size if heads else 0))
        heads.append(publish_checkpoint().note)
        export(folder)
    return heads


@pytest.fixture
def auditor(log, tmp_path):
    return Auditor(tmp_path, keys.public_line(log))


@pytest.fixture
def folder(log, tmp_path):
    """A log exported at 300 entries and again at 600: full tiles, partial ones, one of level 1."""
    exported(log, tmp_path / "log", 300, 600)
    return tmp_path / "log"


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 513])
def test_an_export_of_any_size_is_intact(log, tmp_path, auditor, size):
    exported(log, tmp_path / "log", size)
    assert auditor.answer(tmp_path / "log") == 0
    assert f"checkpoint over {size} entries" in auditor.said
    auditor.key = None
    assert auditor.answer(tmp_path / "log") == 3


def test_a_log_whose_tree_has_three_levels_is_intact(log, tmp_path, auditor):
    exported(log, tmp_path / "log", 65_536 + 257)
    assert auditor.answer(tmp_path / "log") == 0
    tile = tmp_path / "log" / Tile(1, 0).path
    tile.write_bytes(tile.read_bytes()[:-1] + b"\0")
    assert auditor.answer(tmp_path / "log") == 1


def test_it_counts_the_entries_by_kind_and_says_what_it_does_not_prove(folder, auditor, log):
    assert auditor.answer(folder) == 0
    assert "12: 150, 16: 150, 18: 150, 19: 150" in auditor.said
    assert "what the sealed fields say" in auditor.said
    verdict = check(folder, Given(VerifierKey.parse(keys.public_line(log))))
    assert dict(verdict.kinds) == {12: 150, 16: 150, 18: 150, 19: 150}


def test_partial_tiles_kept_for_older_heads_are_their_beginning(folder, auditor):
    older = folder / Tile(0, 1, 44).path
    assert older.is_file()
    assert auditor.answer(folder) == 0
    older.write_bytes(bytes(32 * 44))
    assert auditor.answer(folder) == 1
    assert older.name in auditor.said
    assert Tile(0, 1, 44).path in auditor.why


def edited(folder, tile, edit):
    path = folder / tile.path
    path.write_bytes(edit(path.read_bytes()))


def swapped(content):
    parts = entries_of(Tile(ENTRIES, 0), content)
    return bundle([parts[1], parts[0], *parts[2:]])


def fewer(content):
    return bundle(entries_of(Tile(ENTRIES, 0), content)[:-1])


def last(entry):
    """An edit by which the last entry of a file says this."""

    def edit(content):
        *others, public = entries_of(EDGE, content)
        return bundle([*others, entry(public)])

    return edit


EDGE = Tile(ENTRIES, 2, 88)


@pytest.mark.parametrize(
    ("tile", "edit"),
    [
        pytest.param(Tile(0, 0), lambda content: content[:-1], id="a truncated tile"),
        pytest.param(Tile(0, 0), lambda content: content + b"\0", id="a byte after a tile"),
        pytest.param(Tile(1, 0, 2), lambda content: content[32:], id="a tile of another width"),
        pytest.param(Tile(0, 2, 88), lambda content: b"", id="an empty tile"),
        pytest.param(Tile(ENTRIES, 0), swapped, id="entries in another order"),
        pytest.param(Tile(ENTRIES, 0), fewer, id="an entry too few"),
        pytest.param(Tile(ENTRIES, 0), lambda content: content[:-1], id="an entry cut off"),
        pytest.param(EDGE, lambda content: content + b"\0", id="a byte after the entries"),
        pytest.param(EDGE, lambda content: content + b"\0\2{}", id="an entry too many"),
        pytest.param(EDGE, lambda content: content + b"\0\0", id="an empty entry too many"),
        pytest.param(EDGE, lambda content: content.replace(b'"kind":19', b'"kind":20', 1), id="another kind"),
    ],
)
def test_a_file_that_was_changed_is_named(folder, auditor, tile, edit):
    edited(folder, tile, edit)
    assert auditor.answer(folder) == 1
    # Entries in another order are as good a bundle as any; the tile over them tells.
    named = {tile.path, Tile(0, tile.index, tile.width).path}
    assert any(path in auditor.why for path in named)
    assert any(path in auditor.said for path in named)


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(lambda public: public.replace(b'"kind":19', b'"kind":NaN'), id="no number"),
        pytest.param(lambda public: public.replace(b'"kind":19', b'"kind":-19'), id="no code"),
        pytest.param(lambda public: public.replace(b'"kind":19', b'"kind":' + b"1" * 5000), id="too large"),
        pytest.param(lambda public: public.replace(b'6":"', b'6":"ab'), id="no digest"),
        pytest.param(lambda public: b"[" * 60_000, id="too deep"),
        pytest.param(lambda public: b"[]", id="a list"),
        pytest.param(lambda public: b"\xff", id="no text"),
        pytest.param(lambda public: b"", id="nothing"),
    ],
)
def test_the_file_with_an_entry_that_is_none_is_named(folder, auditor, entry):
    edited(folder, EDGE, last(entry))
    assert auditor.answer(folder) == 1
    assert EDGE.path in auditor.said
    assert any(named in auditor.why for named in (EDGE.path, "Entry 599 "))


def turned(content):
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


@pytest.mark.parametrize("edit", [turned, lambda content: content.replace(b"{", b"\xff")])
@pytest.mark.parametrize("tile", [Tile(ENTRIES, 1), Tile(ENTRIES, 1, 44), EDGE, Tile(ENTRIES, 0)])
def test_of_files_that_disagree_the_one_that_was_not_signed_is_named(folder, auditor, tile, edit):
    """Beside a file stand narrower ones, kept for older heads, and the hashes of its entries.

    The small verifier leaves open which was changed.
    """
    edited(folder, tile, edit)
    assert auditor.answer(folder) == 1
    assert f"{tile.path} is not" in auditor.why
    assert re.search("do not agree|public face|not in the form", auditor.said)


@pytest.mark.parametrize("tile", [Tile(ENTRIES, 1), Tile(0, 1), Tile(0, 1, 44), Tile(1, 0, 2)])
def test_of_hashes_that_disagree_with_entries_the_hashes_are_named(folder, auditor, tile):
    edited(folder, tile, lambda content: content[:10] + bytes([content[10] ^ 1]) + content[11:])
    assert auditor.answer(folder) == 1
    assert f"{tile.path} is not" in auditor.why
    assert "and the entries do not agree" in auditor.said


@pytest.mark.parametrize("tile", [Tile(0, 1), Tile(1, 0, 2), Tile(ENTRIES, 1), Tile(0, 2, 88), EDGE])
def test_a_file_that_is_missing_is_named(folder, auditor, tile):
    (folder / tile.path).unlink()
    assert auditor.answer(folder) == 1
    assert tile.path in auditor.said
    assert tile.path in auditor.why


@pytest.mark.parametrize(
    "name", ["tile/0/003", "tile/0/002.p/89", "tile/2/000.p/1", "tile/0/x000/001", "notes.txt", "tile/.new"]
)
def test_a_file_too_many_is_named(folder, auditor, name):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0" * 32)
    assert auditor.answer(folder) == 1
    assert name in auditor.said
    assert name in auditor.why


def test_two_files_changed_alike_lead_to_another_root(folder, auditor):
    """Entries and leaves that agree with each other are still not what was signed."""
    from masthead.tlog.hashes import leaf_hash

    edited(folder, EDGE, lambda content: content.replace(b'"kind":19', b'"kind":20', 1))
    bodies = entries_of(EDGE, (folder / EDGE.path).read_bytes())
    (folder / Tile(0, 2, 88).path).write_bytes(b"".join(map(leaf_hash, bodies)))
    assert auditor.answer(folder) == 1
    assert "root that was signed" in auditor.said


def test_another_key_or_a_head_signed_by_nobody_is_not_this_log(folder, auditor, tmp_path):
    auditor.key = str(keys.create(tmp_path / "other", "herald.example/log").key)
    assert auditor.answer(folder) == 1
    auditor.key = str(keys.create(tmp_path / "more", "other.example/log").key)
    assert auditor.answer(folder) == 1


def test_a_witness_whose_key_is_given_must_have_cosigned_the_head(folder, auditor):
    witness = Witness("archive.example/witness")
    auditor.witnesses = (str(witness.key),)
    assert auditor.answer(folder) == 1
    witness.cosign(Checkpoint.objects.latest("size"))
    export(folder)
    assert auditor.answer(folder) == 0
    assert "archive.example/witness" in auditor.said


def test_a_folder_that_holds_no_log_cannot_be_read(auditor, tmp_path):
    (tmp_path / "empty").mkdir()
    assert auditor.answer(tmp_path / "empty") == 2
    # With a checkpoint it says that it is a log.
    (tmp_path / "empty" / "checkpoint").write_bytes(b"\xff")
    assert auditor.answer(tmp_path / "empty") == 1


def test_an_older_key_leads_to_the_one_that_signs_by_the_list_of_keys(home, small_mould, tmp_path):
    from masthead.newsroom.accounts.commands.log_keys import rotate

    desk = small_mould.at(home)
    first = keys.public_line(home)
    rotate(desk.steward, days=0)
    export(tmp_path / "log")
    auditor = Auditor(tmp_path, first)
    assert auditor.answer(tmp_path / "log") == 0
    assert "handed over to by the key you gave" in auditor.said
    listed = (tmp_path / "log" / "keys").read_text()
    (tmp_path / "log" / "keys").unlink()
    assert auditor.answer(tmp_path / "log") == 1
    lines = listed.splitlines(keepends=True)
    for cut in (lines[:-1], lines[:-2], [*lines[:-1], lines[-2]]):
        (tmp_path / "log" / "keys").write_text("".join(cut))
        assert auditor.answer(tmp_path / "log") in (1, 2)


# --- A head kept earlier ---


def test_a_log_that_grew_from_the_head_that_was_kept_says_so(log, tmp_path, auditor):
    heads = exported(log, tmp_path / "log", 0, 3, 256, 300, 600)
    for head in heads:
        auditor.kept = head
        assert auditor.answer(tmp_path / "log") == 0
        assert "Nothing changed since the checkpoint you kept" in auditor.said


def test_a_log_that_was_rewritten_or_is_an_older_one_is_found_by_the_head_that_was_kept(
    log, tmp_path, auditor
):
    from masthead.newsroom.evidence.keys import PRIVATE, FileSigner
    from masthead.tlog import note
    from masthead.tlog.checkpoint import Checkpoint as Said

    signer = FileSigner(log / PRIVATE, auditor.key.split("+")[0])

    def head(size, root):
        return str(note.sign(str(Said(signer.key.name, size, root)), signer.key, signer.sign))

    (real,) = exported(log, tmp_path / "log", 300)
    for kept in (head(200, bytes(32)), head(300, bytes(32)), head(301, bytes(32)), head(512, bytes(32))):
        auditor.kept = kept
        assert auditor.answer(tmp_path / "log") == 1
        assert "keep both" in auditor.said
    # A head that the log did not sign, or of another log, says nothing about this one.
    for wrong in (real.replace("\n300\n", "\n299\n"), real.replace("herald", "record")):
        auditor.kept = wrong
        assert auditor.answer(tmp_path / "log") == 1
    auditor.kept = "junk"
    assert auditor.answer(tmp_path / "log") == 2


# --- A list of keys that is none ---

JUNK = {
    "words": lambda listed: b"nothing of the kind\n",
    "nothing": lambda listed: b"",
    "no text": lambda listed: b"\xff" + listed,
    "another log's": lambda listed: listed.replace(b"herald.example/log", b"courier.example/log"),
    "half of it": lambda listed: listed[: len(listed) // 2],
    "keys in no form": lambda listed: listed.replace(b" 0 - - -", b""),
}


@pytest.mark.parametrize("how", JUNK)
def test_a_file_of_keys_that_is_no_list_of_them_is_told_and_not_used(folder, auditor, log, how):
    listed = (folder / "keys").read_bytes()
    assert auditor.answer(folder) == 0
    assert "nothing in it was used" not in auditor.said
    (folder / "keys").write_bytes(JUNK[how](listed))
    assert auditor.answer(folder) == 0
    assert "nothing in it was used" in auditor.said
    verdict = check(folder, Given(VerifierKey.parse(auditor.key)))
    assert verdict.keys_unused
    assert any("nothing in it was used" in str(line) for line, _ in verdict_lines(verdict, kept=False))
    assert export_json(verdict)["keys_unused"]
    (folder / "keys").unlink()
    assert auditor.answer(folder) == 0
    assert "nothing in it was used" not in auditor.said


# --- Anything at all ---


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("scratch")


@settings(max_examples=120)
@given(data=st.data())
def test_any_changed_byte_of_any_file_is_noticed(folder, scratch, auditor, data):
    copy = scratch / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    names = sorted(str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file())
    # The list of keys is for whoever has an older key; that it holds no lie is the signed notes' doing.
    name = data.draw(st.sampled_from([name for name in names if name != "keys"]))
    content = bytearray((copy / name).read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    how = data.draw(st.sampled_from(["flip", "insert", "remove"]))
    if how == "flip":
        content[at] ^= data.draw(st.integers(1, 255))
    elif how == "insert":
        content.insert(at, data.draw(st.integers(0, 255)))
    else:
        del content[at]
    if bytes(content) == (copy / name).read_bytes():
        return
    (copy / name).write_bytes(content)
    assert auditor.answer(copy) in (1, 2)


# --- What the how-to says to do ---


@pytest.mark.parametrize("size", [1, 256, 600])
def test_the_list_of_files_in_the_how_to_is_what_a_head_needs(log, tmp_path, size):
    text = (Path(__file__).parents[2] / "docs" / "how-to" / "audit-a-newsroom.md").read_text()
    (program,) = re.findall("```python\n(.*?)```", text, re.DOTALL)
    exported(log, tmp_path / "log", size)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert sorted(done.stdout.split()) == sorted(tile.path for tile in covering(size))
