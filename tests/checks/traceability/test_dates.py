"""Dates in words and figures, whole or in part, in many languages."""

import datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.traceability.texts import codes, findings, trace

from masthead.vocabulary import Level

SAME = [
    ("en", "12 November 2026"),
    ("en", "Nov. 12, 2026"),
    ("en", "November 12th, 2026"),
    ("en", "the 12th of November 2026"),
    ("en", "12/11/2026"),
    ("en", "11/12/2026"),
    ("en", "12.11.2026"),
    ("en", "2026-11-12"),
    ("en", "2026-11-12T10:42:00Z"),
    ("fr", "le 12 novembre 2026"),
    ("fr", "12 nov. 2026"),
    ("de", "am 12. November 2026"),
    ("es", "12 de noviembre de 2026"),
    ("pt", "12 de novembro de 2026"),
    ("ru", "12 ноября 2026 года"),
    ("ar", "١٢ نوفمبر ٢٠٢٦"),
    ("fa", "۱۲ نوامبر ۲۰۲۶"),
    ("hi", "१२ नवंबर २०२६"),
    ("bn", "১২ নভেম্বর, ২০২৬"),
    ("zh", "2026年11月12日"),
    ("ja", "２０２６年１１月１２日"),
    ("ko", "2026년 11월 12일"),
    ("hu", "2026. november 12."),
    ("pl", "12 listopada 2026"),
    ("tr", "12 Kasım 2026"),
    ("el", "12 Νοεμβρίου 2026"),
]


@pytest.mark.parametrize(("language", "text"), SAME)
def test_a_date_is_found_however_it_is_written(language: str, text: str) -> None:
    outcome = trace(text, "It was on 2026-11-12.", language=language)
    assert outcome.findings == ()
    assert dict(outcome.counts)["dates"] == 1


@pytest.mark.parametrize(("language", "text"), SAME)
def test_another_day_is_in_no_source(language: str, text: str) -> None:
    assert [code for code, _ in codes(text, "It was on 2026-11-13.", language=language)] == ["date"]


@pytest.mark.parametrize(
    "text", ["November 2026", "12 November", "the 12th of November", "Nov. 12", "novembre 2026"]
)
def test_a_part_of_a_date_is_found_in_the_whole(text: str) -> None:
    assert codes(text, "It was on 12 November 2026.", language="en") == []


def test_a_year_that_a_source_does_not_say_is_a_warning() -> None:
    (finding,) = findings("On 12 November 2025", "It was on 12 November.", language="en")
    assert (finding.code, finding.level, finding.quote) == ("date_part", Level.WARNING, "12 November 2025")


def test_both_days_of_a_range_are_looked_for() -> None:
    assert codes("10–12 November 2026", "From 10 November 2026 to 12 November 2026.", language="en") == []
    assert codes("10–13 November 2026", "From 10 November 2026 to 12 November 2026.", language="en") == [
        ("date", "13 November 2026")
    ]


def test_another_year_than_a_source_says_is_an_error() -> None:
    (finding,) = findings("On 3 March 2025 it fell.", "On 3 March 2026 it fell.", language="en")
    assert (finding.code, finding.level, finding.quote) == ("date_part", Level.ERROR, "3 March 2025")


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("en", "It was held on Wednesday.", "Wednesday"),
        ("fr", "La séance a eu lieu mercredi.", "mercredi"),
        ("de", "Es war am Mittwoch.", "Mittwoch"),
        ("es", "Fue el miércoles.", "miércoles"),
        ("en", "It will close in May.", "May"),
        ("en", "It closed last December.", "December"),
        ("fr", "Il fermera en mai.", "mai"),
        ("de", "Es schließt im Mai.", "Mai"),
    ],
)
def test_a_weekday_or_month_other_than_the_sources_is_an_error(language: str, text: str, quote: str) -> None:
    (finding,) = findings(text, "It was on Tuesday 3 March 2026.", language=language)
    assert (finding.code, finding.level, finding.quote) == ("date", Level.ERROR, quote)


@pytest.mark.parametrize("source", ["It was on Tuesday, in March.", "It was on 3 March 2026.", "2026-03-03"])
@pytest.mark.parametrize(
    "text", ["on Tuesday", "last Tuesday", "mardi", "in March", "en mars", "since March"]
)
def test_a_weekday_or_month_is_found_in_words_or_in_a_date(text: str, source: str) -> None:
    outcome = trace(text, source, language="en")
    assert outcome.findings == ()
    assert dict(outcome.counts)["dates"] == 1


def test_a_weekday_where_the_sources_have_no_date_is_a_warning() -> None:
    (finding,) = findings("It was on Monday.", "It was cold.", language="en")
    assert (finding.code, finding.level) == ("date", Level.WARNING)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("On Friday 2 March 2026 it fell.", "It fell on 2 March 2026. Friday came."),
        ("On Wednesday, 3 March it fell.", "It fell on 3 March 2026. Wednesday came."),
        ("Vendredi 2 mars 2026", "Le 2 mars 2026 ; vendredi."),
    ],
)
def test_a_weekday_that_is_not_that_of_its_date_is_an_error(text: str, source: str) -> None:
    (finding,) = findings(text, source, language="en")
    assert (finding.code, finding.level) == ("date_weekday", Level.ERROR)


def test_a_sources_own_weekday_and_date_are_found_together() -> None:
    assert codes("On Friday 2 March 2026", "On Friday 2 March 2026 it fell.", language="en") == []
    assert codes("On Monday 2 March", "It was on 2 March 2026.", language="en") == []


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "They may march 5 abreast",
        "Theresa May and April Jones",
        "Good Friday",
        "the Sunday Times",
    ],
)
def test_verbs_names_and_feasts_are_no_dates(text: str) -> None:
    assert dict(trace(text, "There were 5.", language="en").counts)["dates"] == 0


def test_figures_that_are_no_date_are_compared_as_they_stand() -> None:
    assert codes("Ref 99/99/2026", "Ref 99/99/2026") == []
    assert codes("Ref 99/99/2026", "Ref 99/98/2026") == [("number", "99/99/2026")]


LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "nl", "sv", "pl", "ru", "uk", "tr", "hi", "el", "ro", "cs"]


@given(
    day=st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    ours=st.sampled_from(LANGUAGES),
    style=st.sampled_from(["long", "medium"]),
)
def test_any_day_as_cldr_writes_it_is_found_in_an_iso_date(day: datetime.date, ours: str, style: str) -> None:
    written = format_date(day, style, locale=ours)
    outcome = trace(written, day.isoformat(), language=ours)
    assert outcome.findings == ()
    assert dict(outcome.counts)["dates"] == 1
