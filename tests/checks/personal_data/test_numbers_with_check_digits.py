"""Whatever is generated to be valid is found, however it is written; with one digit changed it is not."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum import iban, luhn, numdb

from masthead.checks.personal_data.check import find
from masthead.checks.personal_data.numbers import NUMBERS, Rule
from masthead.checks.personal_data.place import Kind

COUNTRIES = ("DE", "FR", "GB", "ES", "IT", "NL", "BE", "CH", "PL", "SE", "NO", "PT", "TR", "BR", "SA", "MT")
LETTERS = {"n": "0123456789", "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "c": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country = draw(st.sampled_from(COUNTRIES))
    structure = numdb.get("iban").info(country)[0][1]["bban"].split("!")
    bban = ""
    length = structure[0]
    for piece in structure[1:]:
        alphabet = LETTERS[piece[0]]
        bban += draw(st.text(alphabet, min_size=int(length), max_size=int(length)))
        length = piece[1:]
    number = country + iban.calc_check_digits(country + "00" + bban) + bban
    assume(iban.is_valid(number))
    return number


@st.composite
def cards(draw: st.DrawFn) -> str:
    prefix, length = draw(st.sampled_from([("4", 16), ("51", 16), ("2221", 16), ("37", 15), ("6011", 16)]))
    count = length - len(prefix) - 1
    body = prefix + draw(st.text("0123456789", min_size=count, max_size=count))
    assume(len(set(body)) > 3)
    return body + luhn.calc_check_digit(body)


@st.composite
def spaced(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> tuple[str, str]:
    """A number, and the same with single spaces or dashes anywhere within."""
    number = draw(numbers)
    gaps = draw(st.lists(st.sampled_from(["", "", "", " ", "-", "\u00a0"]), min_size=40, max_size=40))
    written = number[:4] + "".join(gap + each for gap, each in zip(gaps, number[4:], strict=False))
    return number, written


def kinds(text: str) -> set[tuple[Kind, str]]:
    return {(place.kind, text[place.start : place.end]) for place in find(text, "en")}


@settings(max_examples=80)
@given(
    spaced(ibans()), st.sampled_from(["", "é😀 ", "Pay to "]), st.sampled_from(["", ".", " now", " 12 euros"])
)
def test_a_valid_iban_is_found(number: tuple[str, str], before: str, after: str) -> None:
    assert (Kind.IBAN, number[1]) in kinds(before + number[1] + after)


@settings(max_examples=80)
@given(spaced(cards()), st.sampled_from(["", "é😀 ", "Card "]), st.sampled_from(["", ".", " 12/27", " and"]))
def test_a_valid_card_is_found(number: tuple[str, str], before: str, after: str) -> None:
    assert (Kind.CARD, number[1]) in kinds(before + number[1] + after)


@settings(max_examples=80)
@given(st.one_of(ibans(), cards()), st.data())
def test_with_one_digit_changed_it_is_not(number: str, data: st.DataObject) -> None:
    digits = [place for place, each in enumerate(number) if each.isdigit()]
    place = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([each for each in "0123456789" if each != number[place]]))
    changed = number[:place] + other + number[place + 1 :]
    assert not {Kind.IBAN, Kind.CARD} & {kind for kind, written in kinds(changed) if written == changed}


@settings(max_examples=150)
@given(st.text("0123456789 .-/+()@abxGB", max_size=80))
def test_places_are_in_order_apart_and_within_the_text(text: str) -> None:
    end = 0
    for place in find(text, "fr"):
        assert end <= place.start < place.end <= len(text)
        end = place.end


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{number.name} {number.rule.value}")
def test_every_number_has_a_validator_that_loads_or_a_form_of_its_own(number: object) -> None:
    from masthead.checks.personal_data.national import _valid
    from masthead.checks.personal_data.numbers import Number

    assert isinstance(number, Number)
    if number.validator is None:
        assert number.rule is not Rule.WEAK
    else:
        assert not _valid(number, "0")


ODD = {
    "digits": "1" * 200_000,
    "at signs": "@" * 200_000,
    "addresses that never end": "a@" * 100_000,
    "spaced digits": "1 " * 100_000,
    "brackets": "1" * 6 + "(" * 200_000,
    "one word": "111111b" * 30_000,
    "wrong accounts": "GB29 NWBK 6016 1331 9268 18 " * 2_000,
    "plus signs": "+1 " * 60_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_simply_work(text: str) -> None:
    assert not [place for place in find(text, "en") if place.kind in (Kind.IBAN, Kind.CARD)]


def test_a_hundred_thousand_words_simply_work() -> None:
    text = "the minister said that 12 500 people in 2024 " * 11_000 + "jane@home.org"
    assert [place.kind for place in find(text, "en")] == [Kind.EMAIL]
