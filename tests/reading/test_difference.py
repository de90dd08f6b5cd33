"""The difference between two texts: it never loses a word, and shows the least that a reader needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.reading import read
from masthead.reading.canonical import fold
from masthead.reading.difference import Change, Piece, Row, compare, paragraphs, within

some = st.text("ab .’'«»–-…\n1水あก\u0301", max_size=30)
sentences = st.lists(
    st.sampled_from(["the", "river", "rose", "by", "3.4", "metres", ",", "on", "Tuesday", ".", "again"]),
    max_size=25,
)
spaces = st.sampled_from((" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"))
figures = st.lists(
    st.sampled_from(["1", "12", "125", "250", "000", "2026", "250,50", "12:30", "h", "€4", "A4"]) | spaces,
    max_size=12,
)
texts = st.lists(some | sentences.map(" ".join) | figures.map("".join), max_size=8)


def words(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.words for piece in pieces)


@given(texts, texts)
def test_applying_it_gives_the_new_text(old: list[str], new: list[str]) -> None:
    rows = compare(old, new)
    assert [words(row.new) for row in rows if row.change is not Change.REMOVED] == new


@given(texts, texts)
def test_undoing_it_gives_the_old_text(old: list[str], new: list[str]) -> None:
    rows = compare(old, new)
    was = [words(row.old) for row in rows if row.change is not Change.ADDED]
    assert [spaceless(each) for each in was] == [spaceless(each) for each in old]


def spaceless(said: str) -> str:
    return "".join("".join(fold(sign) for sign in said).split())


@given(texts)
def test_the_same_text_has_no_difference(text: list[str]) -> None:
    assert all(row.change is Change.SAME for row in compare(text, text))


def test_a_changed_number_is_the_only_thing_marked() -> None:
    old, new = "It will cost £3.4m, they said.", "It will cost £3.5m, they said."
    assert within(old, new) == (
        Piece(Change.SAME, "It will cost "),
        Piece(Change.REMOVED, "£3.4m"),
        Piece(Change.ADDED, "£3.5m"),
        Piece(Change.SAME, ", they said."),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 250", "1 350"),
        ("1\N{NO-BREAK SPACE}250", "1\N{NO-BREAK SPACE}350"),
        ("1\N{NARROW NO-BREAK SPACE}250", "1\N{NARROW NO-BREAK SPACE}350"),
        ("1\N{THIN SPACE}250\N{THIN SPACE}000,50", "2\N{THIN SPACE}250\N{THIN SPACE}000,50"),
        ("€1 250", "€1 350"),
        ("184 600", "184 800"),
        ("1 250", "950"),
        ("1,250.50", "1,350.50"),
        ("1.250,5", "1.250,6"),
        ("12:30", "12:45"),
        ("17 h 15", "17 h 45"),
    ],
)
def test_a_number_is_one_word_with_all_its_groups(old: str, new: str) -> None:
    assert within(f"An aid of {old} for each.", f"An aid of {new} for each.") == (
        Piece(Change.SAME, "An aid of "),
        Piece(Change.REMOVED, old),
        Piece(Change.ADDED, new),
        Piece(Change.SAME, " for each."),
    )


@pytest.mark.parametrize("before", ["In 2026", "On A4", "Of 12,"])
def test_a_number_after_another_is_a_word_of_its_own(before: str) -> None:
    was, now = within(f"{before} 250 came.", f"{before} 350 came.")[1:3]
    assert (was.words, now.words) == ("250", "350")


def test_another_space_inside_a_number_is_no_change() -> None:
    assert within("It cost 1 250 euros.", new := "It cost 1\N{NO-BREAK SPACE}250 euros.") == (
        Piece(Change.SAME, new),
    )


def test_words_in_place_of_others_are_one_change() -> None:
    assert within("the red old fox ran", "the blue young dog ran") == (
        Piece(Change.SAME, "the "),
        Piece(Change.REMOVED, "red old fox"),
        Piece(Change.ADDED, "blue young dog"),
        Piece(Change.SAME, " ran"),
    )


def test_a_word_that_went_at_the_end_takes_its_space_along() -> None:
    assert within("so it was", "so it") == (Piece(Change.SAME, "so it"), Piece(Change.REMOVED, " was"))


def test_typographic_quotes_are_no_change() -> None:
    assert [row.change for row in compare(['It\'s "so".'], ["It’s “so”."])] == [Change.SAME]


def test_chinese_is_compared_sign_by_sign() -> None:
    assert Piece(Change.REMOVED, "三") in within("第一阶段覆盖三条街道", "第一阶段覆盖十条街道")


def test_a_paragraph_that_moved_went_and_came() -> None:
    rows = compare(["one two three", "four five six", "x y z"], ["four five six", "x y z", "one two three"])
    assert [row.change for row in rows] == [Change.REMOVED, Change.SAME, Change.SAME, Change.ADDED]


def test_a_changed_paragraph_stands_beside_its_old_self() -> None:
    old = ["Officers said 1,250 homes were affected.", "The end."]
    new = ["A new beginning of quite other words.", "Officers said 1,350 homes were affected.", "The end."]
    assert [row.change for row in compare(old, new)] == [Change.ADDED, None, Change.SAME]


def test_another_target_under_the_same_words_is_a_change() -> None:
    old, new = (
        paragraphs(read(f"See [the minutes](https://{host}/m) here.\n".encode(), name="story.md"))
        for host in ("a.org", "b.org")
    )
    (row,) = compare(old, new)
    assert row.change is None
    assert "a.org" in words(row.old)
    assert "b.org" in words(row.new)


def test_words_that_look_like_their_target_do_not_hide_another() -> None:
    old, new = (
        paragraphs(read(f"See [herald.example]({to}) here.\n".encode(), name="story.md"))
        for to in ("https://herald.example", "https://herald.example.elsewhere.example/")
    )
    assert [row.change for row in compare(old, new)] == [None]


def test_ten_thousand_words_of_nothing_in_common_are_told_at_once() -> None:
    old = [" ".join(f"w{i % 7} a" for i in range(5000))]
    new = [" ".join(f"b w{i % 5}" for i in range(5000))]
    rows = compare(old, new)
    assert words(rows[-1].new) == new[0]


def test_ten_thousand_short_paragraphs_are_told_at_once() -> None:
    old = [f"line {i % 11}" for i in range(10_000)]
    new = [f"line {i % 13}" for i in range(10_000)]
    assert [words(row.new) for row in compare(old, new) if row.change is not Change.REMOVED] == new


def test_a_row_knows_both_its_sides() -> None:
    row = Row(None, within("a b", "a c"))
    assert (words(row.old), words(row.new)) == ("a b", "a c")
