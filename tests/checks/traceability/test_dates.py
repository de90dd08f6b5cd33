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


@pytest.mark.parametrize(
    "text", ["on Monday", "yesterday", "They may march 5 abreast", "in May", "last December"]
)
def test_days_of_the_week_and_bare_months_are_not_looked_for(text: str) -> None:
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
