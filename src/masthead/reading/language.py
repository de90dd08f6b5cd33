"""Which language a text is in, by letter statistics (lingua); nothing is downloaded.

Two steps keep it quick and honest: a coarse look over all languages, then, for a text as short as a headline,
a fine look among the likeliest few, whose larger models alone are loaded.
"""

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

UNKNOWN = "und"
"""BCP 47: nobody knows."""

_SHORT = 120
"""Code points below which the coarse models alone are too sure of themselves."""
_LIKELIEST = 6
_SURE = 0.5
_SAMPLE = 800
"""Code points taken from each of the beginning, the middle and the end of a long text."""


def detect(text: str) -> str:
    """The language most of `text` is in, as an ISO 639-1 code; `und` where it is too short or unclear."""
    sample = _sample(text)
    coarse = _coarse().compute_language_confidence_values(sample)
    if len(sample) < _SHORT:
        likeliest = [each.language for each in coarse[:_LIKELIEST]]
        coarse = (
            LanguageDetectorBuilder.from_languages(*likeliest)
            .build()
            .compute_language_confidence_values(sample)
        )
    best = coarse[0]
    return _code(best.language) if best.value > _SURE else UNKNOWN


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = (len(text) - _SAMPLE) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


@cache
def _coarse() -> LanguageDetector:
    """All languages but Latin, which claims every row of proper names and which no newsroom writes."""
    return LanguageDetectorBuilder.from_all_languages_without(Language.LATIN).with_low_accuracy_mode().build()


def _code(language: Language) -> str:
    return language.iso_code_639_1.name.lower()
