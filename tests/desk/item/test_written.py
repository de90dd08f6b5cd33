"""Words that a finding is about are found again where they are edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.desk.item.written import place_in


def found(written: str, text: str, words: str, nth: int = 0) -> str | None:
    """What stands at the place found for the `nth` of `words` in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    place = place_in(written, text, start, start + len(words))
    return place and written[slice(*place)]


@pytest.mark.parametrize(
    ("written", "text", "words", "stands"),
    [
        ("# Repairs\n\nIt cost 77 florins.\n", "Repairs\nIt cost 77 florins.", "77 florins", "77 florins"),
        ("It cost **77** *florins*.", "It cost 77 florins.", "77 florins", "77** *florins"),
        ("See [the report](https://x.example/77) of 77.", "See the report of 77.", "77", "77"),
        ("Fish &amp; chips cost 77.", "Fish & chips cost 77.", "& chips", "&amp; chips"),
        ("- one\n- two", "one\ntwo", "one\ntwo", "one\n- two"),
        ("🙂🙂 e\u0301te\u0301 of 77", "🙂🙂 été of 77", "été of", "e\u0301te\u0301 of"),
        (
            "> “We never\n> got a penny,” she said",
            "“We never got a penny,” she said",
            "never got",
            "never\n> got",
        ),
        (r"a\_b and 3 \* 4", "a_b and 3 * 4", "a_b", r"a\_b"),
    ],
)
def test_words_are_found_past_the_signs_of_form(written, text, words, stands):
    assert found(written, text, words) == stands


def test_of_words_that_stand_there_often_it_is_those_that_were_meant():
    text = "In May 77 came.\nIn June 77 left.\nIn July 77 wept."
    written = "In May **77** came.\n\nIn *June* 77 left.\n\nIn July 77 wept.\n"
    for nth, before in enumerate(("May", "June", "July")):
        start = text.index(f"{before} 77") + len(before) + 1
        place = place_in(written, text, start, start + 2)
        assert place is not None
        assert written[: place[0]].rstrip(" *").endswith(before), nth


def test_words_alike_all_around_are_told_apart_by_how_far_down_they_stand():
    text = "\n".join(["The hall was full, and it held 300 people, and nobody left before the end of it."] * 9)
    written = text.replace("\n", "\n\n")
    for nth in range(9):
        start = [at for at in range(len(text)) if text.startswith("300", at)][nth]
        place = place_in(written, text, start, start + 3)
        assert place is not None
        assert written[: place[0]].count("300") == nth


def test_words_that_are_not_there_are_nowhere():
    assert found("What somebody else wrote.", "It cost 77.", "77") is None
    assert place_in("Anything.", "Anything.", 3, 3) is None


@given(st.text(), st.data())
def test_a_place_found_is_within_the_text_and_never_fails(text, data):
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    place = place_in(text, text, start, end)
    assert place is None or 0 <= place[0] < place[1] <= len(text)


@given(st.text("ab1. ", max_size=40), st.data())
def test_in_plain_words_the_place_is_the_very_place(text, data):
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    place = place_in(text, text, start, end)
    if place is not None:
        assert text[slice(*place)].split() == text[start:end].split()
