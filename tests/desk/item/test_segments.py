"""Findings stand at their words, however they overlap."""

from hypothesis import given
from hypothesis import strategies as st

from masthead.desk.item.segments import Mark, home_of, segments
from masthead.reading.document import Block, BlockKind


@st.composite
def marked(draw):
    """A text in blocks, and marks anywhere in it."""
    parts = draw(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4))
    blocks, at = [], 0
    for part in parts:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(part)))
        at += len(part) + 1
    text = "\n".join(parts)
    places = st.integers(0, len(text))
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        marks.append(Mark(str(number), start, end, draw(st.integers(0, 2))))
    return text, blocks, marks


@given(marked())
def test_the_words_of_a_block_are_neither_lost_nor_doubled(case):
    text, blocks, marks = case
    for block in blocks:
        assert "".join(piece.text for piece in segments(text, block, marks)) == text[block.start : block.end]


@given(marked())
def test_a_mark_lies_on_exactly_its_words(case):
    text, blocks, marks = case
    for mark in marks:
        for block in blocks:
            covered = {
                place
                for piece in segments(text, block, marks)
                if mark.name in piece.names
                for place in range(piece.start, piece.start + len(piece.text))
            }
            wanted = range(max(mark.start, block.start), min(mark.end, block.end))
            assert covered == set(wanted)


@given(marked())
def test_the_number_of_a_mark_stands_once_at_its_home(case):
    text, blocks, marks = case
    for mark in marks:
        homes = [
            number
            for number, block in enumerate(blocks)
            for piece in segments(text, block, marks)
            if mark.name in piece.ends
        ]
        home = home_of(mark, blocks)
        if home is None:
            assert homes == []
        else:
            assert homes == [home]


@given(marked())
def test_pieces_follow_each_other(case):
    text, blocks, marks = case
    for block in blocks:
        at = block.start
        for piece in segments(text, block, marks):
            assert piece.start == at
            at += len(piece.text)
        assert at == block.end


def test_the_weightier_mark_is_the_one_seen():
    text = "one two three"
    pieces = segments(
        text, Block(BlockKind.PARAGRAPH, 0, 13), [Mark("mild", 0, 13, 1), Mark("grave", 4, 7, 0)]
    )
    assert [(piece.text, piece.names) for piece in pieces] == [
        ("one ", ("mild",)),
        ("two", ("grave", "mild")),
        (" three", ("mild",)),
    ]
