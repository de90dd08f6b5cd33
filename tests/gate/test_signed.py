"""A signed clearance speaks for exact content, for a short time, and is never a checkpoint."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from masthead.gate.signed import (
    VALID_FOR,
    NotVerified,
    SignedClearance,
    key_for,
    sign_clearance,
    verify_clearance,
)
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.note import Malformed, VerifierKey

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEY = VerifierKey("herald.example/log", PRIVATE.public_key().public_bytes_raw())
CONTENT = sha256(b"The river's banks broke.").hexdigest()
AT = datetime(2026, 11, 22, 14, tzinfo=UTC)
SAID = SignedClearance("herald.example/log", "a" * 26, 3, CONTENT, "c" * 64, True, AT, AT + VALID_FOR, 41)


def signed(said: SignedClearance = SAID, key: VerifierKey = KEY) -> str:
    return sign_clearance(said, [(key, PRIVATE.sign)])


def test_it_says_what_was_signed():
    assert verify_clearance(signed(), KEY, content_sha256=CONTENT, now=AT) == SAID


def test_it_is_never_for_other_content():
    with pytest.raises(NotVerified, match="other content"):
        verify_clearance(signed(), KEY, content_sha256="d" * 64, now=AT)


@pytest.mark.parametrize("later", [VALID_FOR, timedelta(days=1), -timedelta(minutes=2)])
def test_it_runs_out_and_does_not_begin_early(later: timedelta):
    with pytest.raises(NotVerified, match="run out"):
        verify_clearance(signed(), KEY, content_sha256=CONTENT, now=AT + later)


def test_another_key_does_not_count():
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
    stranger = VerifierKey(KEY.name, other.public_key().public_bytes_raw())
    with pytest.raises(NotVerified, match="not signed"):
        verify_clearance(signed(), stranger, content_sha256=CONTENT, now=AT)


def test_a_changed_word_does_not_count():
    refused = signed(SignedClearance.parse(str(SAID).replace("clear yes", "clear no")))
    with pytest.raises(NotVerified, match="not signed"):
        verify_clearance(refused.replace("clear no", "clear yes"), KEY, content_sha256=CONTENT, now=AT)


def relabelled(signed_note: str, name: str, key: VerifierKey) -> str:
    """The same signature, said to be another key's: names and ids are not under the signature."""
    read = note.parse(signed_note)
    return str(note.Note(read.text, (note.Signature(name, key.key_id, read.signatures[0].signature),)))


def test_a_checkpoint_verifier_refuses_it():
    read = note.parse(signed())
    assert not note.verify(read, KEY)
    taken_for_the_log = note.parse(relabelled(signed(), KEY.name, KEY))
    assert note.verify(taken_for_the_log, KEY)  # the same key: so the text itself must not pass
    with pytest.raises(Malformed):
        Checkpoint.parse(taken_for_the_log.text)
    assert taken_for_the_log.text.split("\n")[0] != KEY.name


def test_a_checkpoint_is_no_clearance():
    checkpoint = str(note.sign(str(Checkpoint(KEY.name, 3, b"r" * 32)), KEY, PRIVATE.sign))
    for said in (checkpoint, relabelled(checkpoint, key_for(KEY).name, key_for(KEY))):
        with pytest.raises(NotVerified):
            verify_clearance(said, KEY, content_sha256=CONTENT, now=AT)


@given(
    version=st.integers(1, 10**6),
    clear=st.booleans(),
    size=st.integers(0, 10**12),
    at=st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 - made aware below
)
def test_what_is_written_is_read_back(version: int, clear: bool, size: int, at: datetime):
    moment = at.replace(microsecond=0, tzinfo=UTC)
    said = SignedClearance(
        KEY.name, "b" * 26, version, CONTENT, "e" * 64, clear, moment, moment + VALID_FOR, size
    )
    assert SignedClearance.parse(str(said)) == said


@given(st.text())
def test_anything_else_is_refused(text: str):
    with pytest.raises(NotVerified):
        verify_clearance(text, KEY, content_sha256=CONTENT, now=AT)


@given(st.integers(0, len(str(SAID)) - 1), st.characters(max_codepoint=127))
def test_no_other_spelling_is_read(place: int, character: str):
    """One clearance has one text: what differs in a character says something else or nothing."""
    text = str(SAID)
    other = text[:place] + character + text[place + 1 :]
    try:
        read = SignedClearance.parse(other)
    except Malformed:
        return
    assert str(read) == other
