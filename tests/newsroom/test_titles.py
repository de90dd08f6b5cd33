"""A title is what an editor reads when signing: nothing unseen in it, and never cut unsaid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsroom.desk import text

from masthead.errors import Refused
from masthead.newsroom.items.commands import add_item, add_version
from masthead.newsroom.items.given import LONGEST_TITLE, Answers
from masthead.newsroom.said import titled

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = TURNING + "\x01\x08\x1b\x7f\x9f\ufdd0\ufffe\uffff\U0001ffff\U0010fffe"
KEPT = "می\u200cخواهم क्\u200dष 10\u200f% \u200eabc \u061c"


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(UNSEEN)))
def test_no_title_turns_what_stands_beside_it(said):
    kept = titled(said)
    assert not set(kept) & set(UNSEEN)
    assert titled(kept) == kept


def test_what_languages_are_spelt_with_stays():
    assert titled(KEPT) == " ".join(KEPT.split())


def test_a_title_is_taken_without_it_by_hand_and_from_the_text(small):
    version = add_item(small.author, text("It rained."), title="\u202eeltit a\x1b\u202c of ours")
    assert version.title == "eltit a of ours"
    own = add_item(small.author, text("# \u202edaeh\u202c line\n\nIt rained again."))
    assert own.title == "daeh line"


def test_a_title_too_long_is_refused_and_not_cut(small):
    first = add_item(small.author, text("It rained."), title="a" * LONGEST_TITLE)
    assert len(first.title) == LONGEST_TITLE
    with pytest.raises(Refused, match="more than 300 characters"):
        add_item(small.author, text("It rained more."), title="a" * (LONGEST_TITLE + 1))
    with pytest.raises(Refused, match="more than 300 characters"):
        add_version(small.author, first, text("It rained less."), answers=Answers("b" * (LONGEST_TITLE + 1)))
