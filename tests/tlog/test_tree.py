"""The tree, held to RFC 9162 by an independent implementation."""

from functools import cache

import aics_tlog
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tlog.trees import Grown, body

from masthead.tlog.frontier import Frontier
from masthead.tlog.hashes import EMPTY_ROOT, leaf_hash
from masthead.tlog.proofs import Missing, Tree, verify_consistency, verify_inclusion

LARGEST = 600
SIZES = [*range(131), 255, 256, 257, 511, 512, 513, LARGEST]


@cache
def grown() -> Grown:
    return Grown(LARGEST)


@cache
def other() -> aics_tlog.MerkleTree:
    return aics_tlog.MerkleTree((body(place) for place in range(LARGEST)), level_cache_sizes=LARGEST)


@pytest.mark.parametrize("size", SIZES)
def test_roots_and_inclusion_proofs_agree_with_an_independent_implementation(size):
    tree = grown().tree(size)
    assert grown().roots[size] == tree.root() == other().root(size)
    for place in range(0, size, 1 if size < 20 else 7):
        proof = tree.inclusion(place)
        assert proof == other().inclusion_proof(place, size)
        assert aics_tlog.verify_inclusion(leaf_hash(body(place)), place, size, proof, tree.root())
        assert verify_inclusion(leaf_hash(body(place)), place, size, proof, tree.root())


@pytest.mark.parametrize("size", SIZES)
def test_consistency_proofs_agree_with_an_independent_implementation(size):
    tree = grown().tree(size)
    for old in range(0, size + 1, 1 if size < 20 else 5):
        proof = tree.consistency(old)
        assert proof == other().consistency_proof(old, size)
        assert verify_consistency(old, size, grown().roots[old], tree.root(), proof)


def test_nodes_are_stored_at_multiples_of_eight_alone_and_only_when_complete():
    assert {level: len(hashes) for level, hashes in grown().levels.items()} == {0: LARGEST, 8: LARGEST // 256}


def test_a_larger_tree_is_proved_from_one_tile_at_each_level():
    read = []
    tall = Grown(70_000)

    def hashes(level, start, count):
        read.append((level, count))
        return tall.hashes(level, start, count)

    tree = Tree(70_000, hashes)
    proof = tree.inclusion(69_000)
    assert verify_inclusion(leaf_hash(body(69_000)), 69_000, 70_000, proof, tall.roots[-1])
    assert len(read) <= 5
    assert all(count <= 256 for _, count in read)
    assert {level for level, _ in read} == {0, 8, 16}


@given(st.integers(1, LARGEST), st.data())
def test_a_changed_inclusion_proof_does_not_verify(size, data):
    place = data.draw(st.integers(0, size - 1))
    leaf, root = leaf_hash(body(place)), grown().roots[size]
    proof = grown().tree(size).inclusion(place)
    assert verify_inclusion(leaf, place, size, proof, root)
    changes = [
        (leaf, place, size, [*proof, leaf], root),
        (leaf, (place + 1) % size, size, proof, root) if size > 1 else (leaf, 1, size, proof, root),
        (leaf_hash(b"other"), place, size, proof, root),
        (leaf, place, size, proof, leaf_hash(b"root")),
        (leaf, -1, size, proof, root),
        (leaf[:-1], place, size, proof, root),
    ]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        changes.append((leaf, place, size, proof[:at] + proof[at + 1 :], root))
        changes.append((leaf, place, size, [*proof[:at], bytes(32), *proof[at + 1 :]], root))
        changes.append((leaf, place, size, [*proof[:at], proof[at][:-1], *proof[at + 1 :]], root))
    assert not any(verify_inclusion(*change) for change in changes)


@given(st.integers(0, LARGEST), st.data())
def test_a_changed_consistency_proof_does_not_verify(size, data):
    old = data.draw(st.integers(0, size))
    roots = grown().roots
    proof = grown().tree(size).consistency(old)
    assert verify_consistency(old, size, roots[old], roots[size], proof)
    changes = [
        (old, size, roots[old], roots[size], [*proof, bytes(32)]),
        (old, size, leaf_hash(b"old"), roots[size], proof),
        (size + 1, size, roots[old], roots[size], proof),
        (-1, size, roots[old], roots[size], proof),
    ]
    if old not in (0, size):
        at = data.draw(st.integers(0, len(proof) - 1))
        changes.append((old, size, roots[old], roots[size], proof[:at] + proof[at + 1 :]))
        changes.append((old, size, roots[old], roots[size], [*proof[:at], bytes(32), *proof[at + 1 :]]))
        changes.append((old, size, roots[old], leaf_hash(b"new"), proof))
    assert not any(verify_consistency(*change) for change in changes)


@given(st.integers(0, LARGEST))
def test_a_frontier_taken_up_again_goes_on_as_if_it_had_never_stopped(size):
    first = Frontier()
    for place in range(size):
        first.append(leaf_hash(body(place)))
    again = Frontier.from_bytes(first.size, first.to_bytes())
    for place in range(size, min(size + 5, LARGEST)):
        again.append(leaf_hash(body(place)))
        assert again.root() == grown().roots[place + 1]


def test_a_tree_of_nothing_has_the_root_of_nothing():
    assert Frontier().root() == grown().tree(0).root() == EMPTY_ROOT


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Frontier(-1),
        lambda: Frontier(3, [bytes(32)]),
        lambda: Frontier(1, [bytes(31)]),
        lambda: Frontier.from_bytes(1, bytes(33)),
        lambda: Frontier().append(bytes(31)),
        lambda: Tree(-1, grown().hashes),
        lambda: grown().tree(5).inclusion(5),
        lambda: grown().tree(5).inclusion(-1),
        lambda: grown().tree(5).consistency(6),
        lambda: grown().tree(5).root(6),
    ],
)
def test_orders_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_a_hash_that_is_not_stored_is_missed_by_name():
    with pytest.raises(Missing):
        Tree(1000, grown().hashes).root()


@given(st.lists(st.integers(0, 700), max_size=4))
def test_many_leaves_at_once_make_the_tree_that_one_by_one_make(lengths):
    one_by_one, at_once = Frontier(), Frontier()
    for length in lengths:
        leaves = [leaf_hash(b"%d" % place) for place in range(at_once.size, at_once.size + length)]
        completed = [stored for leaf in leaves for stored in one_by_one.append(leaf)]
        assert at_once.extend(leaves) == sorted(completed, key=lambda each: (each.level, each.index))
        assert (at_once.size, at_once.to_bytes()) == (one_by_one.size, one_by_one.to_bytes())


def test_many_leaves_are_hashes_or_none_is_taken():
    frontier = Frontier()
    with pytest.raises(ValueError, match="32 bytes"):
        frontier.extend([bytes(32), bytes(31)])
    assert frontier.size == 0
