"""What the catalogue says, in each of its languages."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from masthead.declaration import load
from masthead.declaration.words import Words
from masthead.language import LANGUAGES

CATALOGUE = load()
TEXTS = Path(__file__).parents[3] / "shared" / "texts"
RUN = 9
"""This many consecutive words of a source text would be its sentence, not ours."""


def said(words: Words) -> Iterator[tuple[str, str]]:
    """Everything a pack says, each by a name that is the same in every language."""
    yield from chain(words.sources.items(), words.sections.items(), words.questions.items())
    for one, commitment in words.commitments.items():
        yield f"{one} title", commitment.title
        yield f"{one} text", commitment.text
        if commitment.readings:
            yield f"{one} duty-bearer", commitment.readings.duty_bearer
            yield f"{one} watchdog", commitment.readings.watchdog
        if commitment.caveat:
            yield f"{one} caveat", commitment.caveat
    for one, control in words.controls.items():
        yield f"{one} title", control.title
        yield f"{one} guidance", control.guidance


ENGLISH = dict(said(CATALOGUE.words("en")))
FRENCH = dict(said(CATALOGUE.words("fr")))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = words_of(text)
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


@cache
def source_runs() -> frozenset[tuple[str, ...]]:
    return frozenset(
        chain.from_iterable(runs(path.read_text(encoding="utf-8")) for path in TEXTS.glob("*.txt"))
    )


def test_english_and_french_say_the_same_things():
    assert set(CATALOGUE.languages) >= set(LANGUAGES)
    assert ENGLISH.keys() == FRENCH.keys()


def test_french_is_not_english_copied():
    assert [name for name in ENGLISH if ENGLISH[name] == FRENCH[name]] == []


def test_no_english_leaks_into_french():
    english = {
        "the",
        "and",
        "of",
        "with",
        "is",
        "are",
        "was",
        "were",
        "which",
        "who",
        "whether",
        "how",
        "what",
    }
    english |= {
        "to",
        "that",
        "their",
        "this",
        "it",
        "its",
        "by",
        "from",
        "not",
        "for",
        "when",
        "where",
        "has",
    }
    assert [name for name, text in FRENCH.items() if english.intersection(words_of(text))] == []


def test_no_french_leaks_into_english():
    french = {
        "le",
        "la",
        "les",
        "des",
        "du",
        "et",
        "une",
        "est",
        "sont",
        "qui",
        "que",
        "dans",
        "pour",
        "avec",
    }
    assert [name for name, text in ENGLISH.items() if french.intersection(words_of(text))] == []


def test_french_keeps_its_punctuation_on_the_line():
    loose = re.compile(r"(?<![\u202f\u00a0])[;?!»]|(?<!\u00a0):|«(?!\u00a0)")
    assert [name for name, text in FRENCH.items() if loose.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_are_typographic(language):
    assert [name for name, text in said(CATALOGUE.words(language)) if "'" in text or '"' in text] == []


def test_curation_is_never_called_conservation_except_to_say_so():
    assert {name.split()[-1] for name, text in FRENCH.items() if "conserv" in text} == {"caveat"}


def test_the_ending_that_only_the_french_text_has_is_in_no_commitment():
    commitments = [text for name, text in FRENCH.items() if name.startswith("H3.2") and "caveat" not in name]
    assert not any("UE" in text for text in commitments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_one_or_two_or_three_plain_sentences(language):
    for one, commitment in CATALOGUE.words(language).commitments.items():
        assert len(re.findall(r"[.!?](?:\s|$)", commitment.text)) in (1, 2, 3), one
        assert not commitment.title.endswith("."), one


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_asks_something(language):
    assert all("?" in question for question in CATALOGUE.words(language).questions.values())


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the source texts are not part of the product")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_source_texts_is_in_our_words(language):
    assert source_runs()
    taken = {
        name: run
        for name, text in said(CATALOGUE.words(language))
        for run in runs(text)
        if run in source_runs()
    }
    assert taken == {}


@pytest.mark.parametrize(("asked", "given"), [("fr", "fr"), ("fr-CA", "fr"), ("FR_be", "fr"), ("sw", "en")])
def test_words_come_in_the_nearest_language(asked, given):
    assert CATALOGUE.words(asked).tag == given


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_credits_its_translators_and_says_who_read_it(language):
    words = CATALOGUE.words(language)
    assert words.translators
    assert words.review in ("draft", "reviewed")
