"""Whatever a stranger sends is read as it is written or refused as `Malformed`: there is no other error."""

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Conflict
from masthead.tlog.cosignature import CosignerKey, cosign
from masthead.tlog.handover import Ground, Handover, Replacement, Revocation, follow
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.key_list import KeyList, Listed, State
from masthead.tlog.note import Malformed, Note, VerifierKey
from masthead.tlog.submission import Submission, read_size
from masthead.tlog.tiles import Tile

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY, OTHER = VerifierKey("herald.example/log", PUBLIC), VerifierKey("h\u00e9rault.example/log", PUBLIC)
FRESH = VerifierKey(KEY.name, Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw())
HEAD = Checkpoint(KEY.name, 257, sha256(b"root").digest())
SIGNED = note.sign(str(HEAD), KEY, PRIVATE.sign)
WITNESS = CosignerKey("witness.example", PUBLIC)
COSIGNED = Note(SIGNED.text, (*SIGNED.signatures, cosign(SIGNED.text, WITNESS, PRIVATE.sign, 7)))
HANDOVER = Handover(FRESH, 9)
LIST = KeyList(
    KEY.name,
    (
        Listed(KEY, State.REVOKED, 0, 7, Ground.STOLEN, date(2026, 1, 31)),
        Listed(FRESH, State.CURRENT, 9),
    ),
    (str(note.sign(str(HANDOVER), KEY, PRIVATE.sign)),),
)
SUBMISSION = Submission(3, (bytes(32), bytes(range(32))), COSIGNED)

TEXTS: dict[str, tuple[str, Callable[[str], object]]] = {
    "key": (str(KEY), VerifierKey.parse),
    "key with accents": (str(OTHER), VerifierKey.parse),
    "witness's key": (str(WITNESS), CosignerKey.parse),
    "note": (str(COSIGNED), note.parse),
    "checkpoint": (str(HEAD), Checkpoint.parse),
    "checkpoint of nothing": (str(Checkpoint("a", 0, EMPTY_ROOT, ("more",))), Checkpoint.parse),
    "hand-over": (str(HANDOVER), Handover.parse),
    "replacement": (str(Replacement(KEY, FRESH, 9, Ground.LOST)), Replacement.parse),
    "revocation": (str(Revocation(KEY, Ground.STOLEN, 9, date(2026, 1, 31))), Revocation.parse),
    "list of keys": (str(LIST), KeyList.parse),
    "submission": (SUBMISSION.body().decode(), lambda text: Submission.parse(text.encode())),
    "size": ("257", read_size),
    "tile": ("tile/0/x001/234.p/8", Tile.parse),
}
ODD = "\r\t\0\x0b\x1c\x7f\x85\xa0\u2028\u202e\ud800\udfff\n +-=/_0\u0663\uff11\u00e9\u0301\u2014"
LONG = ["\r\n", "\n\n", "00", "9" * 18, "9" * 19, "9" * 5000, "a" * 256, "true"]
NASTY = st.sampled_from([*ODD, *LONG])


def written(read: object) -> str:
    """As what was read is written."""
    if isinstance(read, Submission):
        return read.body().decode()
    return read.path if isinstance(read, Tile) else str(read)


@pytest.mark.parametrize("what", TEXTS)
def test_it_is_read_as_it_is_written(what):
    text, read = TEXTS[what]
    assert written(read(text)) == text


@pytest.mark.parametrize("what", TEXTS)
@given(data=st.data())
def test_however_it_is_changed_it_is_read_as_it_stands_or_malformed(what, data):
    text, read = TEXTS[what]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.sampled_from([at, at, at + 1, at + 2, len(text)]))
        text = text[:at] + data.draw(NASTY | st.just("")) + text[end:]
    try:
        found = read(text)
    except Malformed:
        return
    except UnicodeEncodeError:
        assert what == "submission", "what is sent is bytes"
        return
    # A key may be pasted with white space around it.
    assert written(found) == (text.strip() if "key" in what and "list" not in what else text)


@given(data=st.data())
def test_a_file_of_two_heads_shows_something_or_is_malformed(data):
    sound = Conflict(str(SIGNED), str(COSIGNED), bytes(32), (bytes(32),), (str(KEY),), LIST.notes)
    said = json.loads(sound.to_json())
    name = data.draw(st.sampled_from(sorted(said)))
    if isinstance(said[name], str):
        at = data.draw(st.integers(0, len(said[name])))
        said[name] = said[name][:at] + data.draw(NASTY) + said[name][at + 1 :]
    else:
        said[name] = data.draw(
            st.sampled_from([True, False, None, 1.0, 1, 2, 2**70, "", [], [1], ["\ud800"], {}])
        )
    content = json.dumps(said).encode(data.draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])))
    try:
        read = Conflict.parse(content)
        read.shown_under(KEY)
        assert Conflict.parse(read.to_json().encode()) == read
    except Malformed:
        return


def test_forms_that_python_takes_for_the_same_are_not():
    said = json.loads(Conflict(str(SIGNED), str(COSIGNED)).to_json())
    first = {name: said[name] for name in ("masthead_conflict", "known", "shown", "other_root", "proof")}
    assert Conflict.parse(json.dumps(first | {"masthead_conflict": 1}).encode())
    for wrong in (
        json.dumps(first | {"masthead_conflict": True}).encode(),
        json.dumps(said).encode("utf-16"),
    ):
        with pytest.raises(Malformed):
            Conflict.parse(wrong)


@given(st.lists(st.lists(NASTY | st.sampled_from(LIST.notes), max_size=5).map("".join), max_size=3))
def test_statements_of_any_kind_are_followed_or_malformed(texts):
    try:
        assert follow(KEY, [*LIST.notes, *texts]).links[0].key == KEY
    except Malformed:
        return


@pytest.mark.parametrize("size", ["1" + "0" * 18, str(2**63), "01", "-1", "+1", "1_0", "\u0661", " 1"])
def test_a_size_is_written_in_one_way_and_no_larger_than_a_log_can_be(size):
    for text, read in (
        (str(HEAD).replace("\n257\n", f"\n{size}\n"), Checkpoint.parse),
        (str(HANDOVER).replace("\n9\n", f"\n{size}\n"), Handover.parse),
        (str(LIST).replace("current 9 -", f"current {size} -"), KeyList.parse),
        (str(LIST).replace(" 7 stolen", f" {size} stolen"), KeyList.parse),
        (size, read_size),
    ):
        with pytest.raises(Malformed):
            read(text)
