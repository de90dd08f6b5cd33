"""Quantities in rough words: dozens, hundreds, half, doubled."""

import pytest
from tests.checks.traceability.texts import codes, findings

from masthead.vocabulary import Level

SOURCE = "There were 12 cars on the road. A dozen left. In 2026, 61% agreed."


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("en", "Hundreds of people fled.", "Hundreds"),
        ("en", "They say dozens fled.", "dozens"),
        ("en", "Hundreds of thousands fled.", "Hundreds of thousands"),
        ("fr", "Une centaine de personnes.", "centaine"),
        ("de", "Hunderte flohen.", "Hunderte"),
        ("en", "Half of the voters agreed.", "Half"),
        ("fr", "La moitié est venue.", "moitié"),
        ("en", "Prices doubled.", "doubled"),
        ("en", "Prices tripled.", "tripled"),
    ],
)
def test_a_rough_quantity_in_no_source_is_a_warning(language: str, text: str, quote: str) -> None:
    (finding,) = findings(text, SOURCE, language=language)
    assert (finding.code, finding.level, finding.quote) == ("number", Level.WARNING, quote)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A dozen fled.", "12 fled."),
        ("Une douzaine", "A dozen fled."),
        ("Dozens fled.", "In all, 47 fled."),
        ("Hundreds fled.", "In all, 450 fled."),
        ("Thousands fled.", "Des milliers ont fui."),
        ("Half of them", "50% of them"),
        ("Half of them", "the other 49 per cent"),
        ("It doubled.", "Elle a doublé."),
        ("half an hour, in the first half", "It rained."),
        ("half a million", "500,000"),
    ],
)
def test_a_rough_quantity_is_found_by_word_or_by_value(text: str, source: str) -> None:
    assert codes(text, source, language="en") == []
