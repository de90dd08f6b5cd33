"""Which key follows from which, for somebody who holds one of them and has the statements from anywhere."""

from datetime import date
from hashlib import sha256
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.handover import Followed, Ground, Handover, Link, Replacement, Revocation, follow
from masthead.tlog.key_list import Fault, KeyList, Listed, State
from masthead.tlog.note import Malformed, VerifierKey

ORIGIN = "herald.example/log"
ROOT = sha256(b"root").digest()
PRIVATE = [Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in range(1, 9)]
KEYS = [VerifierKey(ORIGIN, each.public_key().public_bytes_raw()) for each in PRIVATE]


def signed(text: object, *signers: int) -> str:
    first, *others = signers
    read = note.sign(str(text), KEYS[first], PRIVATE[first].sign)
    for each in others:
        read = note.sign_too(read, KEYS[each], PRIVATE[each].sign)
    return str(read)


def handover(old: int, new: int, size: int) -> str:
    return signed(Handover(KEYS[new], size), old, new)


def checkpoint(size: int, *signers: int) -> str:
    return signed(Checkpoint(ORIGIN, size, ROOT), *signers)


def test_the_text_of_a_hand_over_is_as_it_was_decided():
    assert str(Handover(KEYS[1], 12)) == (f"masthead log key handover v1\n{ORIGIN}\n{KEYS[1]}\n12\n")


@pytest.mark.parametrize(
    "said",
    [
        Handover(KEYS[1], 12),
        Replacement(KEYS[0], KEYS[1], 12, Ground.LOST),
        Revocation(KEYS[0], Ground.STOLEN, 12, date(2026, 1, 31)),
        Revocation(KEYS[0], Ground.OTHER, 0, None),
    ],
)
def test_a_statement_reads_back_as_it_was_written_and_is_no_checkpoint(said):
    assert type(said).parse(str(said)) == said
    with pytest.raises(Malformed):
        Checkpoint.parse(str(said))


@given(st.data())
def test_a_chain_is_followed_from_any_of_its_keys_in_whatever_order_its_parts_come(data):
    sizes = data.draw(st.lists(st.integers(1, 1000), min_size=1, max_size=6, unique=True).map(sorted))
    chain = [handover(number, number + 1, size) for number, size in enumerate(sizes)]
    start = data.draw(st.integers(0, len(sizes)))
    followed = follow(KEYS[start], data.draw(st.permutations(chain)))
    assert followed.keys == tuple(KEYS[start : len(sizes) + 1])
    assert not followed.forked
    for (_, before), (key, size) in pairwise([(KEYS[0], 0), *zip(KEYS[1:], sizes, strict=False)][start:]):
        assert before <= size
        assert followed.at(size) == key


def test_from_the_hand_over_on_the_new_key_must_have_signed():
    followed = follow(KEYS[0], [handover(0, 1, 10)])
    assert followed.verifies(note.parse(checkpoint(9, 0)), 9)
    assert followed.verifies(note.parse(checkpoint(10, 0, 1)), 10)
    assert not followed.verifies(note.parse(checkpoint(10, 0)), 10)
    assert follow(KEYS[0], []).verifies(note.parse(checkpoint(10, 0, 1)), 10)


@pytest.mark.parametrize(
    "false",
    [
        signed(Handover(KEYS[1], 10), 0),
        signed(Handover(KEYS[1], 10), 1),
        signed(Handover(KEYS[1], 10), 1, 2),
        signed(Handover(KEYS[1], 0), 0, 1),
        signed(Replacement(KEYS[0], KEYS[1], 10, Ground.LOST), 1),
        signed(Replacement(KEYS[0], KEYS[1], 10, Ground.LOST), 0, 1),
        signed("masthead log key something v1\n", 0, 1),
    ],
)
def test_without_the_signatures_of_both_nothing_is_followed(false):
    assert follow(KEYS[0], [false]).keys == (KEYS[0],)


def test_a_hand_over_of_another_log_is_not_followed():
    other = VerifierKey("other.example/log", KEYS[1].public_key)
    read = note.sign(str(Handover(other, 10)), KEYS[0], PRIVATE[0].sign)
    both = note.sign_too(read, other, PRIVATE[1].sign)
    assert follow(KEYS[0], [str(both)]).keys == (KEYS[0],)


def test_two_hand_overs_by_one_key_are_told_and_neither_is_followed():
    followed = follow(KEYS[0], [handover(0, 1, 10), handover(0, 2, 12)])
    assert followed == Followed((Link(KEYS[0], 0),), forked=True)


def test_a_hand_over_to_one_key_at_two_sizes_is_two():
    assert follow(KEYS[0], [handover(0, 1, 10), handover(0, 1, 12)]).forked


def test_a_loop_ends():
    assert follow(KEYS[0], [handover(0, 1, 10), handover(1, 0, 20)]).keys == (KEYS[0], KEYS[1])


def test_what_a_key_says_against_itself_is_believed_and_what_a_stranger_says_is_not():
    gone = Revocation(KEYS[0], Ground.STOLEN, 10, None)
    assert follow(KEYS[0], [signed(gone, 0)]).revoked == (gone,)
    assert follow(KEYS[0], [signed(gone, 5)]).revoked == ()
    assert not follow(KEYS[0], [signed(gone, 0)]).verifies(note.parse(checkpoint(10, 0)), 10)
    assert follow(KEYS[0], [signed(gone, 0)]).verifies(note.parse(checkpoint(9, 0)), 9)


def test_an_older_key_cannot_revoke_a_newer_one_but_a_newer_one_an_older():
    chain = [handover(0, 1, 10)]
    newer, older = Revocation(KEYS[1], Ground.STOLEN, 11, None), Revocation(KEYS[0], Ground.STOLEN, 11, None)
    assert follow(KEYS[0], [*chain, signed(newer, 0)]).revoked == ()
    assert follow(KEYS[0], [*chain, signed(older, 1)]).revoked == (older,)


def test_a_key_that_did_not_sign_its_replacement_is_told_of_it():
    said = Replacement(KEYS[1], KEYS[2], 20, Ground.LOST)
    followed = follow(KEYS[0], [handover(0, 1, 10), signed(said, 2)])
    assert followed.keys == (KEYS[0], KEYS[1])
    assert followed.replaced == (said,)


def test_what_is_no_signed_note_is_malformed():
    with pytest.raises(Malformed):
        follow(KEYS[0], ["masthead log key handover v1\n"])
    with pytest.raises(Malformed):
        follow(KEYS[0], [signed(f"masthead log key handover v1\n{ORIGIN}\n{KEYS[1]}\n012\n", 0, 1)])


LIST = KeyList(
    ORIGIN,
    (
        Listed(KEYS[0], State.EARLIER, 0),
        Listed(KEYS[1], State.REVOKED, 10, 20, Ground.STOLEN, date(2026, 1, 31)),
        Listed(KEYS[2], State.CURRENT, 20),
    ),
    (
        handover(0, 1, 10),
        signed(Replacement(KEYS[1], KEYS[2], 20, Ground.STOLEN), 2),
        signed(Revocation(KEYS[1], Ground.STOLEN, 20, date(2026, 1, 31)), 1, 2),
    ),
)


def test_the_list_reads_back_as_it_was_published():
    assert KeyList.parse(str(LIST)) == LIST
    assert str(KeyList.parse(str(LIST))) == str(LIST)


@pytest.mark.parametrize(
    ("size", "signers", "fault"),
    [
        (1, (0,), None),
        (9, (0,), None),
        (9, (1,), Fault.MISSING),
        (10, (0, 1), None),
        (19, (1,), None),
        (19, (0,), Fault.MISSING),
        (20, (2,), None),
        (20, (1, 2), Fault.NOT_IN_FORCE),
        (20, (1,), Fault.MISSING),
        (20, (2, 7), None),
        (9, (0, 1), Fault.NOT_IN_FORCE),
    ],
)
def test_a_checkpoint_must_be_signed_by_the_key_in_force_and_by_no_revoked_one(size, signers, fault):
    assert LIST.fault_of(checkpoint(size, *signers), size, ROOT) is fault


def test_a_checkpoint_of_another_tree_or_with_a_false_signature_is_at_fault():
    assert LIST.fault_of(checkpoint(9, 0), 8, ROOT) is Fault.UNREADABLE
    assert LIST.fault_of(checkpoint(9, 0), 9, bytes(32)) is Fault.UNREADABLE
    assert LIST.fault_of("no note", 9, ROOT) is Fault.UNREADABLE
    false = note.sign_too(note.parse(checkpoint(12, 1)), KEYS[0], PRIVATE[3].sign)
    assert LIST.fault_of(str(false), 12, ROOT) is Fault.BROKEN


@given(st.integers(0, len(str(LIST)) - 1), st.characters(max_codepoint=127))
def test_a_list_with_one_sign_changed_is_malformed_or_another(place, sign):
    text = str(LIST)
    changed = text[:place] + sign + text[place + 1 :]
    try:
        read = KeyList.parse(changed)
    except Malformed:
        return
    assert (read == LIST) == (changed == text)
