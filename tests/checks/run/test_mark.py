"""What a waiver binds to: the words found and their sentence, whatever else is written around it."""

import pytest

from masthead.checks.finding import REACH, Finding, anchored
from masthead.language import Message
from masthead.vocabulary import Level

SENTENCES = (
    "Noor counted 12 boats.",
    "Did Noor count 12 boats?",
    "“Noor counted 12 boats.”",
    "Noor a compté « 12 bateaux ! »",
    "努尔数了 12 条船。",
    "A heading with 12 in it",
    "Noor counted 12 boats, " + "and counted on, " * (REACH // 16) + "until dark.",
)
ENDS = ("\n", "\n\n", "\r\n\r\n", "\u2029")
AROUND = ("", "The tide was out. ", "It rained.\n\n")


def _mark(text: str) -> str:
    at = text.index("12")
    message = Message("No source gives this number.")
    return anchored(Finding("numbers", "unsupported", Level.WARNING, message, "12", at, at + 2), text)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("before", AROUND)
@pytest.mark.parametrize("end", ENDS)
def test_it_stays_as_paragraphs_come_before_and_after(sentence, before, end):
    alone = _mark(sentence)

    assert _mark(before + sentence) == alone
    assert _mark(before + sentence + end) == alone
    assert _mark(before + sentence + end + "Nobody else was there.") == alone


@pytest.mark.parametrize("window", [(before, after) for before in range(3) for after in range(3)], ids=str)
def test_it_stays_where_the_sentence_ends_at_the_edge_of_what_is_looked_at(window):
    before, after = window
    sentence = "x" * (REACH - 1 + before) + "12" + "y" * (REACH - 2 + after) + "."

    assert _mark("It rained.\n" + sentence + "\nMore.") == _mark("It rained.\n" + sentence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Noor counted 12 boats.", "Noor counted 12 dead."),
        ("Noor counted 12 boats.", "Edda counted 12 boats."),
        ("Noor counted 12 boats.", "Noor counted 12 boats and a raft."),
        ("Noor counted 12 boats.", "Noor counted 12 boats?"),
        ("Noor counted 12 boats.", "“Noor counted 12 boats.”"),
    ],
)
@pytest.mark.parametrize("after", ["", "\n\nNobody else was there.", " Nobody else was there."])
def test_it_goes_with_a_changed_sentence(one, other, after):
    assert _mark(one + after) != _mark(other + after)
