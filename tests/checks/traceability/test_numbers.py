"""Numbers are compared by value, whatever the notation, language or script; kinds are told apart."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.traceability.texts import codes, document, findings, trace

from masthead.reading.document import BlockKind
from masthead.vocabulary import Level

EQUAL = [
    ("en", "1.5m people", "1,5 million de personnes dans la ville et les autres des environs"),
    ("en", "1.5m people", "1 500 000"),
    ("en", "1.5m people", "1\u202f500\u202f000"),
    ("en", "1.5m people", "1.500.000"),
    ("en", "1.5m people", "1'500'000"),
    ("en", "1.5m people", "one and a half million"),
    ("en", "1.5m people", "un million et demi de personnes, selon les services de la ville et les élus des"),
    ("de", "1,5 Mio. Menschen", "1.5 million"),
    ("de", "anderthalb Millionen", "1.5 million"),
    ("de", "zweieinhalb Millionen Euro", "€2.5m"),
    ("es", "tres millones y medio de dólares", "$3.5m"),
    ("fr", "un demi-million", "500,000"),
    ("en", "half a million", "500 000"),
    ("fr", "deux cent trente et un blessés", "231 injured"),
    ("en", "two hundred and thirty-one hurt", "231"),
    ("de", "Zweihundertdreiundzwanzig Leute", "223"),
    ("nl", "tweehonderddrieëntwintig mensen", "223"),
    ("it", "duecentoventitré persone", "223"),
    ("pt", "vinte e quatro milhões", "24,000,000"),
    ("da", "tre millioner", "3 million"),
    ("en", "12,34,567 voters", "1,234,567"),
    ("en", "15 lakh", "1.5 million"),
    ("en", "2.5 crore", "25,000,000"),
    ("hi", "१५ लाख लोग", "15 lakh"),
    ("hi", "₹2.5 करोड़", "Rs 2.5 crore"),
    ("hi", "१२,३४,५६७", "1 234 567"),
    ("ar", "١٢٬٥٠٠ شخص", "12,500 people"),
    ("ar", "٣٫٥ مليون", "3.5 million"),
    ("ar", "١٧٪", "17 per cent"),
    ("fa", "۱۷ درصد", "17%"),
    ("bn", "১৭ শতাংশ", "17%"),
    ("ru", "1,5 млн рублей", "1.5 million roubles"),
    ("ru", "3 тысячи человек", "3,000 people"),
    ("zh", "150万人", "1.5 million people"),
    ("zh", "3亿5000万", "350 million"),
    ("zh", "三千五百万", "35 million"),
    ("ja", "１７％", "17%"),
    ("ko", "150만명", "1.5 million"),
    ("en", "17%", "17 per cent"),
    ("en", "17%", "17 pour cent"),
    ("de", "17 Prozent", "17 %"),
    ("en", "seventeen percent", "17%"),
    ("en", "25 basis points", "0.25 percentage points"),
    ("en", "£3.4m", "3,4 millions de livres, selon la ville et les services des finances de la"),
    ("en", "EUR 3.4bn", "3,4 Milliarden Euro, sagte der Minister und die Stadt mit dem Land"),
    ("fr", "3,4 milliards d'euros", "€3.4bn"),
    ("en", "US$5", "5 dollars"),
    ("en", "$5", "USD 5"),
    ("en", "5 million", "$5m"),
    ("en", "10–12 people", "10 to 12 people"),
    ("en", "between 10 and 12 per cent", "10-12%"),
    ("fr", "de 10 à 12 %", "10%–12%"),
    ("en", "10-12 million", "10 million to 12 million"),
    ("en", "the 3rd", "le 3e"),
    ("en", "3rd place", "third place"),
    ("fr", "3e place", "the third place"),
    ("en", "two thirds", "deux tiers de la ville et les autres dans des"),
    ("fr", "un tiers des élus", "a third of members"),
    ("de", "zwei Drittel", "two-thirds"),
    ("en", "½ cup", "0.5"),
    ("en", "2½ hours", "2.5 hours"),
    ("en", "-5 degrees", "−5 °C"),
    ("fr", "10h42", "10:42"),
    ("en", "10:42 pm", "22h42"),
    ("en", "10 p.m.", "22 Uhr"),
    ("en", "12 am", "0:00"),
    ("en", "+44 20 7946 0018", "+44 (20) 7946-0018"),
    ("en", "version 1.2.3", "1.2.3"),
    ("en", "in 2026", "on 12 November 2026"),
    ("en", "1990s", "1990"),
    ("en", "twelve", "12"),
]

UNEQUAL = [
    ("en", "17% of streets", "17 streets"),
    ("en", "17 streets", "17%"),
    ("en", "$5", "€5"),
    ("en", "A$5", "US$5"),
    ("en", "1.5m", "1.6m"),
    ("en", "1.234", "1,234 voters of the city and the county were in that list for the vote"),
    ("de", "1.234 Menschen", "1.235"),
    ("en", "3 per cent", "3 percentage points"),
    ("en", "10:42", "10.42"),
    ("en", "-5", "5"),
    ("en", "007", "7"),
    ("en", "020 7946 0018", "020 7946 0019"),
    ("en", "two thirds", "three quarters"),
    ("en", "1.2.3", "1.2.4"),
    ("en", "3 billion", "3 million"),
    ("de", "3 Billionen", "3 billion people in the county and the city of that name, for the record"),
    ("en", "12 people", "12 November 2026"),
    ("hi", "१५ लाख", "15 crore"),
    ("ar", "١٧", "١٨"),
    ("en", "5 miles", "5 thousand"),
]


@pytest.mark.parametrize(("language", "text", "source"), EQUAL)
def test_one_value_is_found_under_another_notation(language: str, text: str, source: str) -> None:
    outcome = trace(text, source, language=language)
    counts = dict(outcome.counts)
    assert outcome.findings == ()
    assert counts["numbers"] == counts["numbers_found"] >= 1


@pytest.mark.parametrize(("language", "text", "source"), UNEQUAL)
def test_another_value_or_another_kind_is_not_found(language: str, text: str, source: str) -> None:
    assert [code for code, _ in codes(text, source, language=language) if code.startswith("number")]


def test_a_number_in_no_source_says_so_with_the_nearest_passage() -> None:
    source = "The bridge opened in May. The repair of the bridge cost 340 pounds a metre. Nobody was hurt."
    text = "The repair of the bridge cost 350 pounds a metre."
    (finding,) = findings(text, source, language="en")
    assert (finding.code, finding.level, finding.quote) == ("number", Level.ERROR, "350 pounds")
    assert str(finding.message) == "This number is in no source."
    assert finding.nearest is not None
    assert finding.nearest.quote == "The repair of the bridge cost 340 pounds a metre."
    assert source[finding.nearest.start : finding.nearest.end] == finding.nearest.quote


def test_the_same_sum_in_another_currency_says_so() -> None:
    (finding,) = findings("It cost €3.4m.", "It cost £3.4m.", language="en")
    assert (finding.code, finding.level, finding.quote) == ("number_currency", Level.ERROR, "€3.4m")


@pytest.mark.parametrize("text", ["About 3 million voted.", "Some 3m voted.", "2.99 million voted."])
def test_a_rounded_number_is_a_warning_that_shows_the_exact_one(text: str) -> None:
    (finding,) = findings(text, "In all 2,987,345 voted.", language="en")
    assert (finding.code, finding.level) == ("number_rounded", Level.WARNING)
    assert finding.nearest is not None
    assert "2,987,345" in finding.nearest.quote


def test_a_small_round_number_is_no_rounding_unless_it_says_so() -> None:
    assert codes("20 were hurt.", "17 were hurt.", language="en") == [("number", "20")]
    assert codes("About 20 were hurt.", "17 were hurt.", language="en") == [("number_rounded", "20")]


def test_a_bare_figure_in_a_table_may_be_the_percentage() -> None:
    table = document("Share in per cent\n17", kind=BlockKind.CELL)
    assert [(f.code, f.level) for f in findings("17% agreed", table)] == [("number_kind", Level.WARNING)]
    assert [(f.code, f.level) for f in findings("17% agreed", "17 agreed")] == [("number_kind", Level.ERROR)]


@pytest.mark.parametrize(
    "text", ["Nobody is the one.", "At first, for a second.", "Elle en a un.", "COVID-19 spread"]
)
def test_words_that_only_look_like_numbers_are_left_alone(text: str) -> None:
    assert dict(trace(text, "COVID is here.", language="en").counts)["numbers"] == 0


def rendered(value: int) -> list[str]:
    plain = f"{value:,}"
    shapes = [plain, plain.replace(",", "\u202f"), plain.replace(",", "'"), str(value)]
    shapes.append("".join(chr(0x0660 + int(d)) for d in str(value)))
    shapes.append("".join(chr(0x0966 + int(d)) for d in str(value)))
    if value >= 1_000_000:
        shapes.append(plain.replace(",", "."))
        million = Fraction(value, 1_000_000)
        if million.denominator in (1, 2, 5, 10, 100):
            shapes.append(f"{float(million):g} million")
            shapes.append(f"{float(million):g}m".replace(".", ","))
    return shapes


@given(value=st.integers(4, 10**7) | st.integers(1, 9999).map(lambda n: n * 10_000), data=st.data())
def test_any_value_is_found_whatever_the_notation_on_either_side(value: int, data: st.DataObject) -> None:
    ours, theirs = data.draw(st.sampled_from(rendered(value))), data.draw(st.sampled_from(rendered(value)))
    assert codes(f"They counted {ours} trees.", f"La ville a {theirs} arbres.", language="en") == []


@given(value=st.integers(100, 10**7), other=st.integers(100, 10**7))
def test_a_different_value_is_found_missing(value: int, other: int) -> None:
    missing = [
        quote for _, quote in codes(f"They have {value} trees.", f"They have {other} trees.", language="en")
    ]
    assert missing == ([] if value == other else [str(value)])
