"""Which language a text is in, by letter statistics (lingua); nothing is downloaded.

A text as short as a headline gets a coarse look over all languages and a fine one among the likeliest few,
whose larger models alone are loaded. A longer one is asked piece by piece, and the pieces vote: one name
with a letter of another language's would otherwise outweigh all the rest.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

UNKNOWN = "und"
"""BCP 47: nobody knows."""

_SHORT = 120
"""Code points below which the coarse models alone are too sure of themselves."""
_LIKELIEST = 6
_PIECE = 100
"""Code points of a piece: 1.5 ms of work each."""
_ORDER = (1, 4, 7, 0, 8, 3, 5, 2, 6)
"""Nine places spread over a text, in the order they are asked."""
_AGREE = 3
"""If the first so many agree, the rest need not be asked."""


def detect(text: str) -> str:
    """The language most of `text` is in, as an ISO 639-1 code; `und` where it is too short or unclear."""
    text = text.strip()
    shares = _short(text) if len(text) < _SHORT else _long(text)
    best, second = sorted(shares, key=lambda language: -shares[language])[:2]
    sure = shares[best] > 0.5 or shares[best] > max(0.4, 2 * shares[second])
    return best.iso_code_639_1.name.lower() if sure else UNKNOWN


def _short(text: str) -> Mapping[Language, float]:
    fine = LanguageDetectorBuilder.from_languages(*_shares(text)).build()
    return {each.language: each.value for each in fine.compute_language_confidence_values(text)}


def _long(text: str) -> Mapping[Language, float]:
    """How much of pieces spread over the text is in each language."""
    total: dict[Language, float] = defaultdict(float)
    for asked, place in enumerate(_ORDER, 1):
        start = place * (len(text) - _PIECE) // (len(_ORDER) - 1)
        for language, share in _shares(text[start : start + _PIECE]).items():
            total[language] += share
        if asked == _AGREE and max(total.values()) > 0.9 * asked:
            break
    return {language: share / asked for language, share in total.items()}


def _shares(text: str) -> Mapping[Language, float]:
    """The likeliest languages by the coarse models."""
    likeliest = _coarse().compute_language_confidence_values(text)[:_LIKELIEST]
    return {each.language: each.value for each in likeliest}


@cache
def _coarse() -> LanguageDetector:
    """All languages but Latin, which claims every row of proper names and which no newsroom writes."""
    return LanguageDetectorBuilder.from_all_languages_without(Language.LATIN).with_low_accuracy_mode().build()
