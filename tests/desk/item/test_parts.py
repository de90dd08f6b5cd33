"""A long text is shown in parts: nothing is lost, and no page is larger than a page may be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.item.pages import html, of, story

from masthead.desk.item import parts
from masthead.desk.item.parts import parts_of
from masthead.newsroom.review import commands
from masthead.reading.document import Block, BlockKind

LARGEST = 300_000
"""Bytes of a page."""


def blocks_of(text: str) -> list[Block]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    return blocks


@given(st.lists(st.text("ab ", min_size=1, max_size=60), max_size=30))
def test_the_parts_together_are_the_text_but_for_spaces_at_which_a_paragraph_is_cut(lines):
    text = "\n".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "CHARACTERS", 40)
        patch.setattr(parts, "LINES", 4)
        patch.setattr(parts, "AT_ONCE", 15)
        found = parts_of(text, blocks_of(text))
    pieces = [found.part(number) for number in range(1, len(found.begins) + 1)]
    shown = [found.lines[at] for piece in pieces for at in range(piece.first, piece.after)]
    assert tuple(shown) == found.lines
    assert all(line.end - line.start <= 15 for line in shown)
    assert all(piece.after - piece.first <= 4 for piece in pieces)
    assert all(
        found.holding(at) == piece.number for piece in pieces for at in range(piece.first, piece.after)
    )
    said = "".join(text[line.start : line.end] for line in shown)
    assert said.replace(" ", "") == text.replace("\n", "").replace(" ", "")


WORST = {
    "lines": "word \n" * 45_000,
    "paragraphs": "a 5\n\n" * 3_000,
    "one paragraph": "4.8 million euros on 4 May. " * 3_000,
    "signs": "& < > \" ' " * 9_000,
    "wide": "😀" * 60_000,
}


@pytest.mark.parametrize("what", WORST)
def test_no_page_is_larger_than_a_page_may_be(small, browsers, what):
    version = story(small, WORST[what], checked=what in ("paragraphs", "one paragraph"))
    first = html(browsers.author.get(of(version)))
    assert len(first.encode()) < LARGEST
    assert "Part 1 of" in first
    last = int(re.findall(r"Part 1 of (\d+)", first)[0])
    for number in (2, last, 99_999):
        assert len(browsers.author.get(of(version), {"part": number}).content) < LARGEST


def test_every_part_is_reached_without_scripts_and_says_where_it_stands(small, browsers):
    words = "\n\n".join(f"Paragraph {number} says nothing." for number in range(700))
    version = story(small, words + "\n\nIt cost 77 florins.", checked=False)
    page, seen = html(browsers.author.get(of(version))), set()
    assert "Part 1 of 3. Shown: paragraphs 1 to 300 of 701." in page
    assert "The part before" not in page
    while True:
        seen |= set(re.findall(r"Paragraph (\d+) says", re.sub("<[^>]+>", "", page)))
        going_on = re.search(r'href="\?([^"#]+)#copy" rel="next"', page)
        if not going_on:
            break
        page = html(browsers.author.get(of(version) + "?" + going_on[1].replace("&amp;", "&")))
    assert seen == {str(number) for number in range(700)}
    assert "Shown: paragraphs 601 to 701 of 701." in page
    assert "77 florins" in page


def test_what_stands_in_the_way_leads_to_the_part_it_stands_in(small, browsers):
    words = "\n\n".join("It says nothing." for _ in range(700))
    version = story(small, words + "\n\nIt cost 77 florins.")
    page = html(browsers.editor.get(of(version)))
    link = re.findall(r'href="(\?part=3#note-\d+)"', page)[0]
    there = html(browsers.editor.get(of(version) + link.partition("#")[0]))
    assert f'id="{link.partition("#")[2]}"' in there
    assert "The next findings, in part 3" in page


def test_who_waives_in_a_later_part_stays_there(small, browsers):
    words = "\n\n".join("It says nothing." for _ in range(700))
    version = story(small, words + "\n\nIt cost 77 florins.\n\nIt cost 78 ducats.")
    first, *_ = commands.run_checks(small.author, version).findings.order_by("start")
    path = of(version, f"findings/{first.fingerprint}/waive")
    answer = browsers.editor.post(path, {"reason": "own calculation", "note": "Counted."})
    assert answer.status_code == 303, answer.content.decode()
    assert "part=3" in answer["Location"]
