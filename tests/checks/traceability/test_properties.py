"""What holds for any text, in any script, however hostile."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.traceability.texts import findings, trace

PIECES = """
12 1.234 1,5 ٣٫٥ 2026 million millions et demi un une two thirds half a % € $ £ US EUR per cent pour - – ( )
[ ] … “ ” « » ‘ ’ ' " „ 「 」 ... . , : ; ! November 12 nov. janvier 2026-11-12 12/11/2026 10:42 10h42 pm p.m.
h Uhr Jane Doe O’Brien van der Leyen NATO U.S. Dr. Macron’s COVID-19 三千五百万 万 亿 3亿5000万 年 月 日
2026年11月12日 https://a.b/c?utm_x=1 www.x.org twenty -five hundred mille cent vingt zwei anderthalb Millionen
lakh crore ½ 2½ 06 +44 20 7946 k m bn 3rd 3e third premier to and à bis नवंबर १२ लाख \u0301 👩‍👩‍👧 é ﷺ １２３
never not n't no denied if [not] [no one] [wir] nicht jamais n' ne pas nie 5'10 İ ß ŉ ǅ שלום قال
"""
LANGUAGES = st.sampled_from(
    ["und", "en", "fr", "de", "es", "pt", "it", "nl", "da", "zh", "ar", "hi", "ru", "tr"]
)
JOINED = st.lists(
    st.tuples(
        st.sampled_from([*PIECES.split(), "12\u00a0500", "1\u202f234"]), st.sampled_from([" ", "", "\n", " "])
    ),
    max_size=40,
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))
TEXTS = (JOINED | st.text()).map(lambda text: unicodedata.normalize("NFC", text))


@given(text=TEXTS, language=LANGUAGES)
def test_a_text_that_is_its_own_source_has_no_findings(text: str, language: str) -> None:
    outcome = trace(text, text, language=language)
    counts = dict(outcome.counts)
    assert outcome.findings == ()
    assert all(
        counts[kind] == counts[f"{kind}_found"]
        for kind in ("numbers", "dates", "quotations", "names", "links")
    )


@given(text=TEXTS, source=TEXTS, language=LANGUAGES)
def test_what_a_finding_quotes_stands_where_it_says(text: str, source: str, language: str) -> None:
    for finding in findings(text, source, language=language):
        assert finding.start is not None
        assert text[finding.start : finding.end] == finding.quote
        if finding.nearest is not None:
            assert source[finding.nearest.start : finding.nearest.end] == finding.nearest.quote


@given(text=JOINED, source=JOINED)
def test_the_same_input_gives_the_same_findings(text: str, source: str) -> None:
    assert findings(text, source, language="en") == findings(text, source, language="en")


STORY = (
    "🌉 The bridge at Wexbury opened in 1987 and cost £34.6m, a report of 4,512 pages says. About 61% of "
    "drivers use it; 208 of them were asked. A second bridge, 793 metres long, costs 2.85 million euros."
)
DIGITS = [match.start() for match in re.finditer(r"\d", STORY)]


@given(place=st.sampled_from(DIGITS), digit=st.sampled_from("123456789"))
def test_one_changed_digit_gives_exactly_that_finding_at_that_place(place: int, digit: str) -> None:
    changed = STORY[:place] + digit + STORY[place + 1 :]
    found = findings(changed, STORY, language="en")
    if digit == STORY[place]:
        assert found == ()
    else:
        (finding,) = found
        assert finding.code.startswith("number")
        assert finding.start is not None
        assert finding.end is not None
        assert finding.start <= place < finding.end
        assert finding.nearest is not None


N, M = 200_000, 60_000
HOSTILE = {
    "spaces": " " * N,
    "digits": "1" * N,
    "grouped digits": "1 111 " * (M // 6),
    "dotted digits": "1." * (M // 2),
    "opening marks": "“" * M,
    "nested marks": "«" * (N // 2) + "»" * (N // 2),
    "straight marks": '"' * M,
    "brackets in a quotation": "“" + "[" * M + "”",
    "one long word": "A" * N,
    "one long name": "Ab " * (M // 3),
    "particles": "A de la " * (M // 8),
    "a repeated quotation": "“the the the x” " * (M // 16),
    "a repeated word": "“" + "the " * (M // 4) + "”",
    "scales": "million " * (M // 8),
    "denied quotations": "He never “the the the x” “the the the x” " * (M // 32),
    "a denied sentence": "never " * (M // 6) + "“the x y” ",
    "schemes": "http://" * (M // 7),
    "combining marks": "\u0301" * M,
    "families": "👩‍👩‍👧" * (M // 5),
    "numerals": "十万" * (M // 2),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_no_longer_than_their_length_asks(text: str) -> None:
    """A quadratic step would take minutes here."""
    assert trace(text, text, language="en").findings == ()
