"""Quotations by their wording; altered ones with the difference."""

import pytest
from tests.checks.traceability.texts import codes, document, findings, trace

from masthead.reading.document import Block, BlockKind, Document
from masthead.vocabulary import Level, Medium

SOURCE = 'The mayor told the council: "We will not close a single library in this city, whatever it costs."'
WORDS = "We will not close a single library in this city"


@pytest.mark.parametrize(
    "marks",
    ["“{}”", '"{}"', "«{}»", "« {} »", "„{}“", "„{}”", "»{}«", "‹{}›", "‘{}’", "「{}」", "”{}”", "'{}'"],
)
def test_any_marks_make_a_quotation(marks: str) -> None:
    outcome = trace(f"He said: {marks.format(WORDS)}.", SOURCE, language="en")
    assert outcome.findings == ()
    assert dict(outcome.counts)["quotations"] == 1
    altered = marks.format(WORDS.replace("city", "county"))
    (finding,) = findings(f"He said: {altered}.", SOURCE, language="en")
    assert (finding.code, finding.level) == ("quotation_altered", Level.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        "“WE WILL NOT CLOSE a single library in this city”",
        "“We will not close…in this city”",
        "“We will not close […] in this city”",
        "“We will not close ... in this city”",
        "“[They] will not close a single library”",
        "“We will not close a single [sic] library”",
        "“We will  not\u00a0close a single library—in this city!”",
    ],
)
def test_case_spaces_dashes_omissions_and_insertions_are_no_alteration(text: str) -> None:
    assert codes(text, SOURCE, language="en") == []


def test_fragments_out_of_order_are_an_alteration() -> None:
    assert [c for c, _ in codes("“in this city […] We will not close a single”", SOURCE)] == [
        "quotation_altered"
    ]


def test_an_altered_quotation_shows_what_changed_from_the_source_to_the_text() -> None:
    text = "“We will never close a single library in this big city,” he said."
    (finding,) = findings(text, SOURCE, language="en")
    assert finding.nearest is not None
    assert finding.nearest.quote == "We will not close a single library in this city"
    assert SOURCE[finding.nearest.start : finding.nearest.end] == finding.nearest.quote
    assert finding.nearest.difference == (
        ("same", "We will"),
        ("removed", "not"),
        ("added", "never"),
        ("same", "close a single library in this"),
        ("added", "big"),
        ("same", "city"),
    )


def test_one_word_changed_in_a_very_long_quotation_is_shown() -> None:
    words = [f"w{n}" for n in range(2000)]
    source = " ".join(words)
    words[1500] = "changed"
    (finding,) = [f for f in findings(f"“{' '.join(words)}”", source) if f.code.startswith("quotation")]
    assert finding.nearest is not None
    assert ("added", "changed") in finding.nearest.difference
    assert ("removed", "w1500") in finding.nearest.difference


def test_a_quotation_nobody_said_is_in_no_source() -> None:
    (finding,) = findings("“Pigs might fly over the harbour one day,” she said.", SOURCE, language="en")
    assert (finding.code, finding.level) == ("quotation", Level.ERROR)
    assert finding.quote == "Pigs might fly over the harbour one day,"


def test_one_or_two_quoted_words_are_a_note_only() -> None:
    (finding,) = findings("He called it “utter madness” twice.", SOURCE, language="en")
    assert (finding.code, finding.level, finding.quote) == ("quoted_words", Level.NOTE, "utter madness")


def test_apostrophes_and_inches_are_no_quotation() -> None:
    for text in (
        "It’s the boys’ game, isn’t it, in the dogs’ home",
        "rock 'n' roll and the '90s",
        'a 5" nail',
    ):
        assert dict(trace(text, SOURCE, language="en").counts)["quotations"] == 0


def test_a_quoted_block_is_one_quotation() -> None:
    text = "He said:\nWe will not close any library"
    blocks = (Block(BlockKind.PARAGRAPH, 0, 8), Block(BlockKind.QUOTE, 9, len(text)))
    own = Document(Medium.TEXT, "text/markdown", "0" * 64, "0" * 64, len(text), text, blocks=blocks)
    (finding,) = findings(own, SOURCE, language="en")
    assert (finding.code, finding.quote) == ("quotation_altered", "We will not close any library")


def test_a_quotation_over_several_paragraphs_is_looked_for_in_each() -> None:
    source = "We shall fight on the beaches. We shall never surrender to them."
    text = "“We shall fight on the beaches.\n“We shall never surrender to them.”"
    outcome = trace(text, source, language="en")
    assert outcome.findings == ()
    assert dict(outcome.counts)["quotations"] == 2


def test_a_changed_currency_in_a_quotation_is_an_alteration() -> None:
    assert "quotation_altered" in [
        c for c, _ in codes("“It will cost €5 a head to run”", '"It will cost £5 a head to run"')
    ]


def test_scripts_without_spaces_are_compared_by_character() -> None:
    source = "市长说：我们不会关闭这座城市的任何一家图书馆。"
    assert codes("他说：「我们不会关闭这座城市的任何一家图书馆」", source, language="zh") == []
    assert [c for c, _ in codes("他说：「我们不会关闭这座城市的两家图书馆」", source, language="zh")] == [
        "quotation_altered"
    ]


def test_a_text_read_as_one_block_is_looked_through_too() -> None:
    own = Document(Medium.TEXT, "text/plain", "0" * 64, "0" * 64, 1, "“" + WORDS + "”")
    assert codes(own, document(SOURCE)) == []
