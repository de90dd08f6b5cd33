"""A stranger with the bundle, the verifier and no network can say whether the record of one item is intact.

In a folder of their own, with an interpreter that has the package `cryptography` and nothing else: no
Masthead, no Django, none of what else is installed here. Where the kernel lets us, in a network of their own
with nothing in it; everywhere, whoever asks for a socket is refused.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.evidence.desk import add_person, publish_item
from tests.evidence.longlog import grow
from tests.evidence.outsiders import Authority, Witness
from tests.evidence.verifiers import VERIFIER

from masthead.newsroom.evidence import bundle, keys, sealed
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.export_check import check
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog.note import VerifierKey
from masthead.tlog.tiles import ENTRIES, Tile, entries_of
from masthead.tlog.tiles import bundle as together

# First among what is imported, it goes wherever the interpreter looks for it.
NO_SOCKETS = """
import sys

def refuse(event, _):
    if event.startswith("socket."):
        raise RuntimeError("the verifier asked the network: " + event)

sys.addaudithook(refuse)
sys.path.insert(0, {packages!r})
sys.argv = sys.argv[1:]
for name in ("masthead", "django", "rfc8785"):
    try:
        __import__(name)
    except ImportError:
        continue
    sys.exit("the product is still installed: " + name)
import runpy
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass
class Stranger:
    """Somebody elsewhere: a folder, an interpreter, three files that came in three ways."""

    folder: Path
    packages: Path

    def run(self, *words: str, ascii_alone: bool = False) -> subprocess.CompletedProcess[str]:
        """Run the verifier in the folder; at a terminal that has the letters of ASCII alone, where wanted."""
        start = NO_SOCKETS.format(packages=str(self.packages))
        # -I: no environment, no folder of this user; -S: none of the packages installed for this interpreter.
        narrow = ["-X", "utf8=0"] if ascii_alone else []
        command = [sys.executable, *narrow, "-I", "-S", "-c", start, "verify_masthead.py", *words]
        env = {"LC_ALL": "POSIX"} if ascii_alone else {}
        return subprocess.run(
            [*_alone(), *command], cwd=self.folder, capture_output=True, text=True, check=False, env=env
        )

    def answers(self, *words: str) -> int:
        """The exit code; whatever went wrong otherwise is no answer."""
        done = self.run(*words)
        assert done.stderr == "", done.stderr
        assert done.returncode in (0, 1, 2, 3, 4), done.stdout
        return done.returncode


def _alone() -> list[str]:
    """What puts a process into a network of its own, where that is allowed."""
    words = ["unshare", "--user", "--map-root-user", "--net", "--"]
    there = shutil.which("unshare") is not None
    return words if there and subprocess.run([*words, "true"], check=False).returncode == 0 else []


@pytest.fixture(scope="session")
def packages(tmp_path_factory):
    """A folder with `cryptography` and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("packages")
    for name in ("cryptography", "cffi", "pycparser"):
        try:
            found = distribution(name)
        except ImportError:
            continue
        for file in found.files or ():
            source = Path(str(found.locate_file(file)))
            if ".." in file.parts or "__pycache__" in file.parts or not source.is_file():
                continue
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / file)
    return folder


@pytest.fixture
def stranger(tmp_path, packages):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(VERIFIER, folder / "verify_masthead.py")
    return Stranger(folder, packages)


@pytest.fixture
def witnesses():
    return Witness("archive.example/witness"), Witness("herald.example/witness")


@pytest.fixture
def left(log, stranger, tmp_path, witnesses):
    """(words with all keys, the bundle) of an item; two witnesses cosigned its head, one stamped it."""
    grow(300)
    add_person("Ada")
    place = publish_item("译者 ✦").place
    add_person("Grace")
    row = publish_checkpoint()
    for each in witnesses:
        each.cosign(row)
    Authority(tmp_path / "tsa").stamp(row)
    made = bundle.build(place)
    (stranger.folder / "bundle.json").write_bytes(made)
    (stranger.folder / "log.pub").write_text(keys.public_line(log) + "\n")
    words = ["--key", "log.pub"]
    for each in witnesses:
        (stranger.folder / f"{each.key.key_id.hex()}.pub").write_text(f"{each.key}\n")
        words += ["--witness", f"{each.key.key_id.hex()}.pub"]
    export(stranger.folder / "log")
    return words, made


def test_without_the_product_there_is_an_answer(left, stranger):
    words, _ = left
    done = stranger.run("bundle.json", *words)
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "INTACT, as signed with the key herald.example/log+",
        "signed off this very version as editor",
        "archive.example/witness+",
        "herald.example/witness+",
        "openssl ts -verify",
        "What this does not prove:",
    ):
        assert said in done.stdout
    assert "not checked: a signature" not in done.stdout
    assert stranger.answers("bundle.json") == 3
    assert "missing.json" in stranger.run("missing.json", *words).stdout
    assert stranger.answers("missing.json", *words) == 2
    # The folder holds what it held: nothing was written beside the three files.
    assert {each.name for each in stranger.folder.iterdir() if each.suffix != ".pub"} == {
        "bundle.json",
        "log",
        "verify_masthead.py",
    }


def test_without_cryptography_it_says_so_and_does_not_call_anything_broken(stranger, tmp_path):
    (tmp_path / "none").mkdir()
    alone = Stranger(stranger.folder, tmp_path / "none")
    done = alone.run("bundle.json")
    assert (done.returncode, done.stderr) == (2, "")
    assert "pip install cryptography" in done.stdout


def _opened(whole, name, value):
    for field in whole["entries"][-1]["opened"]:
        if field["name"] == name:
            field["value"] = value


def _another_head(whole):
    other = Ed25519PrivateKey.generate()
    text, _, _ = whole["checkpoint"].rpartition("\n\n")
    key = VerifierKey("herald.example/log", other.public_key().public_bytes_raw())
    from masthead.tlog import note

    whole["checkpoint"] = str(note.sign(text + "\n", key, other.sign))


TAMPERED = {
    "another use of AI": lambda whole: _opened(whole, "uses", []),
    "another role": lambda whole: _opened(whole, "role", "publisher"),
    "another file": lambda whole: whole["content"].update(sha256="00" * 32),
    "an entry left out": lambda whole: whole["entries"].pop(2),
    "the sign-off left out": lambda whole: whole["entries"].pop(4),
    "entries in another order": lambda whole: whole["entries"].reverse(),
    "another kind": lambda whole: whole["entries"][0]["face"].update(kind=13),
    "another place": lambda whole: whole["entries"][0].update(place=3),
    "a digest more": lambda whole: whole["entries"][0]["digests"].update(x="00" * 32),
    "a proof cut short": lambda whole: whole["entries"][0]["proof"].pop(),
    "a head signed by another": _another_head,
    "a larger head": lambda whole: whole.update(checkpoint=whole["checkpoint"].replace("\n308\n", "\n309\n")),
    "another log": lambda whole: whole.update(origin="other.example/log"),
    "without the witnesses": lambda whole: whole.update(
        checkpoint="\n".join(whole["checkpoint"].split("\n")[:5]) + "\n"
    ),
    "two stamps of one authority": lambda whole: whole["stamps"].append(whole["stamps"][0]),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_each_tampering_is_noticed(left, stranger, how):
    words, made = left
    whole = json.loads(made)
    TAMPERED[how](whole)
    changed = sealed.canonical(whole) + b"\n"
    assert changed != made
    (stranger.folder / "bundle.json").write_bytes(changed)
    assert stranger.answers("bundle.json", *words) == 1


def test_a_bundle_that_cannot_be_compared_has_an_exit_code_of_its_own(left, stranger):
    words, made = left
    (stranger.folder / "bundle.json").write_bytes(made)
    (stranger.folder / "older.txt").write_text(Checkpoint.objects.order_by("size")[0].note)
    assert stranger.answers("bundle.json", *words) == 0
    assert stranger.answers("bundle.json", *words, "--since", "older.txt") == 4


def test_the_exported_log_has_an_answer_too(left, stranger):
    words, _ = left
    folder = stranger.folder / "log"
    (stranger.folder / "head.txt").write_text(Checkpoint.objects.order_by("size")[0].note)
    done = stranger.run("log", *words, "--since", "head.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Every entry and tile is there" in done.stdout
    assert "Nothing changed since the checkpoint you kept" in done.stdout
    for tile in (Tile(ENTRIES, 0), Tile(0, 0), Tile(1, 0, 1)):
        path = folder / tile.path
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert stranger.answers("log", *words) == 1
        path.write_bytes(content)
    (folder / "tile" / "0" / "001.p" / "9").write_bytes(bytes(288))
    assert stranger.answers("log", *words) == 1
    assert stranger.answers("elsewhere", *words) == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--since", ""), 2),
        (("--since", "nowhere"), 2),
        (("--since", "noise"), 2),
        (("--since", "other-ends"), 2),
        (("--since", "marked"), 0),
        (("--content", "head.txt"), 2),
        (("--disclosure", "head.txt"), 2),
        (("--content", ""), 2),
        (("--unpack", "."), 2),
    ],
    ids=str,
)
def test_what_is_asked_of_an_exported_log_is_done_or_refused(left, stranger, more, code):
    words, _ = left
    head = Checkpoint.objects.order_by("size")[0].note.encode()
    given = {"head.txt": head, "noise": b"\xff\x00", "marked": b"\xef\xbb\xbf" + head}
    given["other-ends"] = head.replace(b"\n", b"\r\n")
    for name, content in given.items():
        (stranger.folder / name).write_bytes(content)
    assert stranger.answers("log", *words, *more) == code


@pytest.mark.parametrize("given", ["", "nowhere", "log"])
def test_a_file_to_compare_that_cannot_be_read_says_nothing_of_the_bundle(left, stranger, given):
    words, made = left
    (stranger.folder / "bundle.json").write_bytes(made)
    assert stranger.answers("bundle.json", *words, "--content", given) == 2


def test_files_that_a_desktop_leaves_in_a_folder_are_named_and_no_damage(left, stranger):
    words, _ = left
    (stranger.folder / "log" / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (stranger.folder / "log" / "tile" / "._0").write_bytes(b"")
    done = stranger.run("log", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no part of the log: .DS_Store, ._0." in done.stdout
    verdict = check(stranger.folder / "log", Given())
    assert (verdict.intact, verdict.strays) == (True, [".DS_Store", "._0"])
    (stranger.folder / "log" / "tile" / "note.txt").write_bytes(b"")
    assert stranger.answers("log", *words) == 1
    assert not check(stranger.folder / "log", Given()).intact


def test_a_terminal_that_has_no_sign_for_a_letter_gets_the_same_answer(left, stranger):
    words, made = left
    (stranger.folder / "bundle.json").write_bytes(made)
    in_ascii = stranger.run("bundle.json", *words, ascii_alone=True)
    assert (in_ascii.returncode, in_ascii.stderr) == (0, "")
    assert "\\u8bd1" in in_ascii.stdout
    assert "INTACT, as signed with" in in_ascii.stdout


@pytest.mark.parametrize("code", [b"1e400", b"-1e400", b"Infinity", b"NaN", b"1.5", b"true", b"{}"])
def test_a_number_that_is_none_makes_no_verdict_of_its_own(left, stranger, code):
    """The last entry's public face with another code of kind, as somebody who rewrites an export has it."""
    words, _ = left
    folder = stranger.folder / "log"
    size = Checkpoint.objects.latest("size").size
    tile = Tile(ENTRIES, size // 256, size % 256)
    path = folder / tile.path
    *others, last = entries_of(tile, path.read_bytes())
    before, _, after = last.partition(b'"kind":')
    path.write_bytes(together([*others, before + b'"kind":' + code + after[after.index(b",") :]]))
    assert stranger.answers("log", *words) == 1
    assert not check(folder, Given()).intact
