"""Numbers below nought, the units after numbers, and the French clock."""

import pytest
from tests.checks.traceability.texts import codes, findings

from masthead.vocabulary import Level


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "12 miles away", "It is 12 km away."),
        ("en", "a 12-mile walk", "a walk of 12 kilometres"),
        ("en", "80 lb", "80 kg"),
        ("en", "35°F", "35°C"),
        ("en", "35 degrees Fahrenheit", "35 °C"),
        ("en", "12 months", "12 weeks"),
        ("en", "12 to 15 months", "12 to 15 weeks"),
        ("en", "twelve months", "twelve weeks"),
        ("fr", "12 mois", "12 semaines"),
        ("fr", "dix ans", "dix jours"),
        ("de", "12 Monate", "12 Wochen"),
        ("es", "12 meses", "12 semanas"),
        ("en", "25 people", "25 minutes"),
    ],
)
def test_the_same_figure_in_another_unit_is_an_error(language: str, text: str, source: str) -> None:
    found = findings(text, source, language=language)
    assert found
    assert {(f.code, f.level) for f in found} == {("number_kind", Level.ERROR)}
    assert str(found[0].message) == "This figure is in a source, but in another unit there."


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "12 miles", "12 km or 12 miles"),
        ("en", "12 kilometres", "12 km"),
        ("en", "a 12-week course", "12 semaines"),
        ("en", "35 °C", "35 degrees"),
        ("en", "35 degrees Celsius", "35°C"),
        ("en", "100 metres", "100 m"),
        ("en", "12 months", "Months: 12"),
        ("en", "25 people died", "25 dead"),
        ("en", "12 weeks", "10–12 weeks"),
        ("en", "10 weeks", "10–12 weeks"),
        ("en", "Around 300 people", "€300 each for 300 people"),
        ("fr", "au moins 5 personnes", "5 morts"),
    ],
)
def test_the_same_unit_or_none_is_found(language: str, text: str, source: str) -> None:
    assert codes(text, source, language=language) == []


@pytest.mark.parametrize("source", ["They get €300 each.", "It was 300 pounds."])
def test_money_does_not_vouch_for_people(source: str) -> None:
    expected = [] if "pounds" in source else [("number_kind", "300")]
    assert codes("Around 300 people died.", source, language="en") == expected


def test_the_year_of_a_date_does_not_vouch_for_people() -> None:
    found = codes("There were 2,026 people.", "It was on 3 March 2026.", language="en")
    assert found == [("number_kind", "2,026")]


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "It fell to 5 degrees.", "It fell to minus 5 degrees."),
        ("en", "It fell to 5 degrees.", "It fell to 5 degrees below zero."),
        ("en", "It fell to minus 5 degrees.", "It fell to 5 degrees."),
        ("fr", "Il a fait 5 degrés.", "Il a fait moins 5 degrés."),
        ("de", "Es waren 5 Grad.", "Es waren minus fünf Grad."),
    ],
)
def test_a_sign_that_is_lost_is_found(language: str, text: str, source: str) -> None:
    assert [code for code, _ in codes(text, source, language=language)] == ["number"]


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "minus 5 degrees", "-5 °C"),
        ("en", "5 degrees below zero", "−5°C"),
        ("fr", "cinq degrés sous zéro", "moins 5 degrés"),
        ("fr", "au moins 5 élus", "5 élus"),
        ("es", "al menos 5 casas", "5 casas"),
    ],
)
def test_a_sign_is_found_however_it_is_written(language: str, text: str, source: str) -> None:
    assert codes(text, source, language=language) == []


@pytest.mark.parametrize(
    "text", ["10h30", "10 h 30", "10\u00a0h\u00a030", "10:30", "10 heures 30", "10 Uhr 30"]
)
@pytest.mark.parametrize("source", ["10h30", "10 h 30", "10:30"])
def test_an_hour_is_one_whatever_its_spaces(text: str, source: str) -> None:
    assert codes(text, source, language="fr") == []


def test_an_hour_joined_from_two_others_is_in_no_source() -> None:
    found = codes("Le train de 12 h 25.", "Départ à 12 h, voie 25, arrivée à 13 h 05.", language="fr")
    assert found == [("number", "12 h 25")]
