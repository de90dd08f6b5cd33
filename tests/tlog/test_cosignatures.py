"""Cosignatures, held to C2SP by an independent implementation and by the example of the specification."""

from hashlib import sha256

import aics_tlog
import pytest
from aics_tlog import cosign as theirs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from masthead.tlog import cosignature, note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.note import Malformed, VerifierKey

LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LOG_KEY = VerifierKey("herald.example/log", LOG.public_key().public_bytes_raw())
KEY = CosignerKey("gazette.example/log/witness", PRIVATE.public_key().public_bytes_raw())
ROOT = sha256(b"root").digest()
TIME = 1_679_315_147
times = st.integers(0, cosignature.LATEST)
sizes = st.integers(1, 10**15)


def signed(size: int = 7) -> note.Note:
    return note.sign(str(Checkpoint(LOG_KEY.name, size, ROOT)), LOG_KEY, LOG.sign)


def with_cosignature(size: int = 7, time: int = TIME) -> note.Note:
    made = signed(size)
    line = cosignature.cosign(made.text, KEY, PRIVATE.sign, time)
    return note.Note(made.text, (*made.signatures, line))


@given(sizes, times)
def test_a_cosignature_is_what_an_independent_implementation_makes(size, time):
    line = cosignature.cosign(signed(size).text, KEY, PRIVATE.sign, time)
    _, made = theirs.sign_cosignature(PRIVATE, KEY.name, time, LOG_KEY.name, size, ROOT)
    assert (line.name, line.key_id, line.signature) == (made.name, made.key_id, made.signature)


@given(sizes, times)
def test_either_verifies_the_others(size, time):
    line = with_cosignature(size, time).signatures[-1]
    assert theirs.verify_cosignature(line.signature, KEY.name, KEY.public_key, LOG_KEY.name, size, ROOT)
    assert cosignature.cosigned(with_cosignature(size, time), KEY) == time


def test_the_key_of_a_witness_is_written_as_an_independent_implementation_writes_it():
    made = theirs.cosignature_vkey(KEY.name, PRIVATE.public_key())
    assert str(KEY) == aics_tlog.format_vkey(made)
    assert CosignerKey.parse(str(KEY)) == KEY


def test_what_is_signed_is_what_the_specification_shows():
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert cosignature.message(text, TIME) == f"cosignature/v1\ntime {TIME}\n{text}".encode()


def test_a_note_with_cosignatures_reads_back_and_still_is_the_logs():
    again = note.parse(str(with_cosignature()))
    assert again == with_cosignature()
    assert note.verify(again, LOG_KEY)
    assert cosignature.cosigned(again, KEY) == TIME


def test_lines_of_a_kind_that_nobody_here_knows_are_passed_over():
    strange = note.Signature("gazette.example/log/witness", b"\x06\x00\x00\x01", bytes(2428))
    made = with_cosignature()
    again = note.parse(str(note.Note(made.text, (strange, *made.signatures))))
    assert note.verify(again, LOG_KEY)
    assert cosignature.cosigned(again, KEY) == TIME


def test_a_logs_key_and_a_witnesss_are_not_taken_for_each_other():
    with pytest.raises(Malformed):
        CosignerKey.parse(str(LOG_KEY))
    with pytest.raises(Malformed):
        VerifierKey.parse(str(KEY))
    same = VerifierKey(KEY.name, KEY.public_key)
    assert not note.verify(with_cosignature(), same)
    assert cosignature.cosigned(note.sign(signed().text, same, PRIVATE.sign), KEY) is None


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_cosignature_with_one_byte_changed_does_not_count(place, by):
    made = with_cosignature()
    line = made.signatures[-1]
    content = bytearray(line.signature)
    content[place % len(content)] ^= by
    changed = note.Signature(line.name, line.key_id, bytes(content))
    assert cosignature.time_of(made.text, changed, KEY) is None


@given(st.binary(max_size=90))
def test_any_bytes_are_read_without_trouble(content):
    assert cosignature.time_of(signed().text, note.Signature(KEY.name, KEY.key_id, content), KEY) is None


def test_another_text_or_a_second_line_of_the_same_witness_does_not_count():
    made = with_cosignature()
    assert cosignature.cosigned(note.Note(signed(8).text, made.signatures), KEY) is None
    assert cosignature.cosigned(note.Note(made.text, (*made.signatures, made.signatures[-1])), KEY) is None
    assert cosignature.cosigned(signed(), KEY) is None


@pytest.mark.parametrize("time", [-1, 2**63, 2**64])
def test_a_time_that_is_none_is_not_signed(time):
    with pytest.raises(Malformed):
        cosignature.cosign(signed().text, KEY, PRIVATE.sign, time)


def test_a_time_beyond_the_last_is_not_believed_whoever_signed_it():
    text, late = signed().text, 2**63
    by_hand = PRIVATE.sign(f"cosignature/v1\ntime {late}\n{text}".encode())
    line = note.Signature(KEY.name, KEY.key_id, late.to_bytes(8, "big") + by_hand)
    assert cosignature.time_of(text, line, KEY) is None


@pytest.mark.parametrize(
    "block", ["", "\n", "— name AAAAAAA=", "— a AAAAAAA=\r\n", "- a AAAAAAA=\n", "— a \n"]
)
def test_what_is_no_line_of_signature_is_malformed(block):
    with pytest.raises(Malformed):
        note.signatures(block)


def test_lines_of_signature_read_back():
    lines = with_cosignature().signatures
    assert note.signatures("".join(f"{each}\n" for each in lines)) == lines
