"""The way of an entry up to the root: the hashes it names, and the drawing of it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.desk.log.path import drawn, steps
from masthead.tlog.hashes import leaf_hash, node_hash
from masthead.tlog.proofs import Tree

LEAVES = [leaf_hash(sha256(bytes([n % 256, n // 256])).digest()) for n in range(600)]


def root(leaves):
    """The root as RFC 9162, section 2.1.1 defines it."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(root(leaves[:middle]), root(leaves[middle:]))


def stored(level, start, count):
    return [root(LEAVES[at << level : (at + 1) << level]) for at in range(start, start + count)]


@given(st.data())
def test_each_step_is_the_hash_of_the_entries_it_names_and_the_last_joins_to_the_root(data):
    size = data.draw(st.integers(1, len(LEAVES)))
    place = data.draw(st.integers(0, size - 1))
    path = Tree(size, stored).inclusion(place)
    way = steps(place, size, LEAVES[place], path)
    covered = {place}
    for step in way:
        assert step.hash == root(LEAVES[step.first : step.last + 1])
        assert step.left is (step.last < min(covered))
        covered |= set(range(step.first, step.last + 1))
    assert covered == set(range(size))
    assert (way[-1].joined if way else LEAVES[place]) == root(LEAVES[:size])


def test_a_path_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        steps(3, 9, LEAVES[3], [LEAVES[0]])


@given(st.integers(2, 10**9), st.data())
def test_the_drawing_stands_on_its_sheet_however_long_the_log_is(size, data):
    place = data.draw(st.integers(0, size - 1))
    least, length = place, 0
    way = []
    first, end = 0, size
    while end - first > 1:
        middle = first + (1 << ((end - first - 1).bit_length() - 1))
        first, end = (first, middle) if place < middle else (middle, end)
        length += 1
    way = steps(place, size, LEAVES[0], [LEAVES[1]] * length)
    sheet = drawn(way)
    assert least == place
    for each in sheet.branches:
        assert 14 < each.x < sheet.width - 14
        assert sheet.root <= each.join < each.y <= sheet.entry < sheet.height
    assert sheet.branches[-1].join == sheet.root
