"""Signed notes, verifier keys and checkpoints, held to C2SP by an independent implementation."""

from hashlib import sha256

import aics_tlog
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.note import Malformed, VerifierKey

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey("herald.example/log", PRIVATE.public_key().public_bytes_raw())
ROOT = sha256(b"root").digest()


def signed(size: int = 7, origin: str = KEY.name) -> note.Note:
    return note.sign(str(Checkpoint(origin, size, ROOT)), KEY, PRIVATE.sign)


def test_the_key_and_the_note_are_what_an_independent_implementation_makes():
    theirs = aics_tlog.vkey_from_ed25519(KEY.name, PRIVATE.public_key())
    assert str(KEY) == aics_tlog.format_vkey(theirs)
    made = aics_tlog.sign_checkpoint(aics_tlog.Checkpoint(KEY.name, 7, ROOT), PRIVATE, KEY.name)
    assert str(signed()) == made.serialise()


def test_an_independent_implementation_verifies_our_checkpoint():
    theirs = aics_tlog.parse_vkey(str(KEY))
    result = aics_tlog.verify_checkpoint(aics_tlog.parse_note(str(signed())), theirs)
    assert (result.ok, result.origin, result.size, result.root) == (True, KEY.name, 7, ROOT)


def test_a_note_reads_back_as_it_was_written():
    again = note.parse(str(signed()))
    assert again == signed()
    assert note.verify(again, VerifierKey.parse(str(KEY)))
    assert Checkpoint.parse(again.text) == Checkpoint(KEY.name, 7, ROOT)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_note_with_one_byte_changed_is_malformed_or_does_not_verify(place, by):
    content = bytearray(str(signed()).encode())
    content[place % len(content)] ^= by
    try:
        read = note.parse(content.decode())
    except ValueError:
        return
    assert not note.verify(read, KEY)


@given(st.text())
def test_any_text_is_read_or_malformed(text):
    for read in (note.parse, Checkpoint.parse, VerifierKey.parse, note.decode):
        try:
            read(text)
        except Malformed:
            continue


def test_other_signers_lines_are_passed_over_and_our_own_twice_is_refused():
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    witness = VerifierKey("witness.example", other.public_key().public_bytes_raw())
    theirs = note.sign(signed().text, witness, other.sign)
    both = note.Note(signed().text, (*theirs.signatures, *signed().signatures))
    assert note.verify(note.parse(str(both)), KEY)
    assert not note.verify(theirs, KEY)
    assert not note.verify(note.Note(signed().text, signed().signatures * 2), KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        f"a\n1\n{note.encode(ROOT)}",
        f"a\n01\n{note.encode(ROOT)}\n",
        f"a\n-1\n{note.encode(ROOT)}\n",
        f"a\n\u0661\n{note.encode(ROOT)}\n",
        f"a\n1{'0' * 30}\n{note.encode(ROOT)}\n",
        f"a\n1\n{note.encode(ROOT[:-1])}\n",
        f"a\n1\n{note.encode(ROOT)}\n\n",
        f"a+b\n1\n{note.encode(ROOT)}\n",
        f"a b\n1\n{note.encode(ROOT)}\n",
        f"a\n0\n{note.encode(ROOT)}\n",
        "a\n1\nAAAA\n",
    ],
)
def test_malformed_checkpoints_are_refused(text):
    with pytest.raises(Malformed):
        Checkpoint.parse(text)


def test_the_checkpoint_of_an_empty_log_is_one():
    assert Checkpoint.parse(str(Checkpoint("a", 0, EMPTY_ROOT))).size == 0


def test_extension_lines_are_kept():
    text = str(Checkpoint("a", 1, ROOT, ("more",)))
    assert Checkpoint.parse(text).extensions == ("more",)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "name",
        "name+00000000+AAAA",
        str(KEY).replace("herald", "herold"),
        str(KEY)[:-4],
        f"{KEY.name}+{KEY.key_id.hex()}+{note.encode(bytes([4]) + KEY.public_key)}",
    ],
)
def test_a_verifier_key_that_was_miscopied_is_refused(line):
    with pytest.raises(Malformed):
        VerifierKey.parse(line)


@pytest.mark.parametrize("weak", [bytes(32), bytes([1]) + bytes(31), b"\xff" * 32, bytes(31)])
def test_keys_under_which_anyone_could_sign_are_refused(weak):
    with pytest.raises(Malformed):
        VerifierKey("herald.example/log", weak)


def test_a_note_with_a_tab_or_too_many_signatures_is_refused():
    with pytest.raises(Malformed):
        note.sign("a\tb\n", KEY, PRIVATE.sign)
    with pytest.raises(Malformed):
        note.parse(str(note.Note("text\n", signed().signatures * 101)))
