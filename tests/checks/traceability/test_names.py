"""Names by capital letters, and where capitals say nothing."""

import pytest
from tests.checks.traceability.texts import codes, document, findings, trace

from masthead.reading.document import BlockKind
from masthead.vocabulary import Level

SOURCE = (
    "Emmanuel Jean-Michel Macron met Ursula von der Leyen in Strasbourg. The World Health Organization "
    "agreed, said Dr. Aoife O’Brien of the University of Oxford. Abdel Fattah al-Sisi was absent. Lindner, "
    "Christian, spoke."
)


@pytest.mark.parametrize(
    "text",
    [
        "They saw Macron there.",
        "They saw Emmanuel Macron there.",
        "They saw President Macron’s house.",
        "They saw President Emmanuel Macron.",
        "They saw Ms von der Leyen.",
        "They saw Ursula VON DER LEYEN.",
        "They saw the WHO there.",
        "They saw the W.H.O. there.",
        "They saw The World Health Organization there.",
        "They saw Aoife O'Brien there.",
        "They saw Prof. O’Brien at the University of Oxford.",
        "They saw al-Sisi and Fattah al-Sisi.",
        "They saw Christian Lindner.",
        "Yesterday Ursula von der Leyen spoke.",
        "On Monday the French agreed in November.",
        "Everybody left. Nobody came. Perhaps, they said.",
        "It was in volume XIV.",
    ],
)
def test_a_name_is_found_with_title_initials_particles_or_alone(text: str) -> None:
    found = codes(text, SOURCE, language="en")
    assert [code for code, _ in found if code.startswith("name")] == []


def test_a_name_of_several_words_in_no_source_is_an_error() -> None:
    (finding,) = findings("They saw Anna Lindqvist there.", SOURCE, language="en")
    assert (finding.code, finding.level, finding.quote) == ("name", Level.ERROR, "Anna Lindqvist")


def test_a_single_word_or_an_acronym_in_no_source_is_a_warning() -> None:
    found = findings("They saw Bradford and NASA there.", SOURCE, language="en")
    assert [(f.level, f.quote) for f in found] == [(Level.WARNING, "Bradford"), (Level.WARNING, "NASA")]


def test_a_misspelt_name_is_shown_with_the_passage_that_has_it() -> None:
    (finding,) = findings("They saw Ms von der Layen.", SOURCE, language="en")
    assert finding.nearest is not None
    assert "von der Leyen" in finding.nearest.quote


def test_one_persons_first_name_with_anothers_surname_is_an_error() -> None:
    (finding,) = findings("They saw Aoife Macron there.", SOURCE, language="en")
    assert (finding.code, finding.level, finding.quote) == ("name_apart", Level.ERROR, "Aoife Macron")


NEIGHBOURS = (
    "Anna Smith, John Brown and Peter Jones attended. Jean Martin, Paul Durand vinrent. Claire saw Dubois. "
    "The mayor thanked Ann. Wells agreed. Lindner, Christian, spoke; so did Harcourt, Mary A."
)


@pytest.mark.parametrize(
    "name",
    ["Anna Brown", "Jean Durand", "John Smith", "John Jones", "Paul Martin", "Claire Dubois", "Ann Wells"],
)
def test_a_name_out_of_those_of_two_neighbours_is_an_error(name: str) -> None:
    (finding,) = findings(f"They saw {name} there.", NEIGHBOURS, language="en")
    assert (finding.code, finding.level, finding.quote) == ("name_apart", Level.ERROR, name)


@pytest.mark.parametrize("name", ["Anna Smith", "Peter Jones", "Christian Lindner", "Mary Harcourt"])
def test_a_name_among_others_is_found(name: str) -> None:
    assert codes(f"They saw {name} there.", NEIGHBOURS, language="en") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("It rained. Miller said it did not.", "Miller"), ("Lefèvre a dit que non.", "Lefèvre")],
)
def test_a_first_word_that_speaks_is_looked_for(text: str, name: str) -> None:
    (finding,) = findings(text, NEIGHBOURS, language="und")
    assert (finding.code, finding.level, finding.quote) == ("name", Level.WARNING, name)


@pytest.mark.parametrize("text", ["Officials said no.", "Nobody said no.", "Brown said no.", "It said no."])
def test_a_first_word_that_is_nobody_or_known_is_no_finding(text: str) -> None:
    assert codes(text, NEIGHBOURS, language="en") == []


def test_the_letter_of_an_irish_name_or_of_the_hour_is_no_number() -> None:
    counts = dict(trace("They saw Ms O'Brien at the o'clock.", "Ms Brien", language="en").counts)
    assert counts["numbers"] == 0


def test_words_of_a_name_that_stand_apart_are_a_warning() -> None:
    source = "The council met. Many came to hear it from as far as Leeds."
    (finding,) = findings("It was for Leeds Council to say.", source, language="en")
    assert (finding.code, finding.level) == ("name_apart", Level.WARNING)


def test_german_nouns_are_no_names_but_names_are() -> None:
    text = "Gestern hat der Mann im Haus den Hund gesehen, sagte Anna Lindqvist."
    (finding,) = findings(text, "Der Mann war da.", language="de")
    assert (finding.code, finding.level, finding.quote) == ("name", Level.WARNING, "Anna Lindqvist")


def test_a_declined_name_is_found_where_names_are_declined() -> None:
    source = "Президент Владимир Зеленский прибыл."
    assert codes("Они встретили Зеленского в субботу.", source, language="ru") == []
    assert codes("Sie sahen Angela Merkels Haus.", "Angela Merkel kam.", language="de") == []


def test_a_heading_in_title_case_holds_no_names() -> None:
    heading = document("City Council Approves New Budget After Long Debate", kind=BlockKind.HEADING)
    assert dict(trace(heading, SOURCE, language="en").counts)["names"] == 0


def test_scripts_without_capitals_are_counted_and_not_looked_for() -> None:
    outcome = trace("قال محمد صلاح إن الفريق جاهز", "لا شيء", language="ar")
    counts = dict(outcome.counts)
    assert outcome.findings == ()
    assert counts["names"] == 0
    assert counts["words_without_case"] == 6
