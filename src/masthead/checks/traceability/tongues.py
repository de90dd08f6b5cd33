"""Which languages a text is read in, where that changes what its figures mean.

A guess from function words, cheap enough for every source of every check; it says nothing where the
words do not settle it. CLDR (through Babel) says which mark a language puts before decimals.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from masthead.checks.traceability.tokens import Tokens

_FUNCTION_WORDS = {
    "en": "the of and to in that was for with is on by from has have it which were",
    "fr": "le la les des et du une dans que qui pour est sur par plus avec au aux cette",
    "de": "der die das und den von zu mit ist im auf fur nicht eine einen dem sich auch",
    "es": "el la los las del y que en una por con para es se al ha como su",
    "pt": "o os as do da dos das e que em uma por com para nao no na ao",
    "it": "il lo gli della del di e che in una per con non sono nel alla dei delle",
    "nl": "de het een van en in dat op te voor met zijn niet aan er om door",
    "da": "og i at det en den til er som pa de af med for ikke der et blev",
}
_ENOUGH_WORDS = 4
_ENOUGH_LEAD = 1.3
_SAMPLE = 2000
NUMBER_WORDS = frozenset(_FUNCTION_WORDS)
"""Languages whose number words can be read."""

EITHER = frozenset(".,")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The languages a text may be in, and the marks it may put before decimals.

    `own` is the language that settles how large a billion is, None where each of `languages` does.
    """

    languages: frozenset[str]
    decimals: frozenset[str]
    own: str | None = None


def guess(tokens: Tokens) -> str | None:
    """The language of a text by its function words, None where they do not settle it."""
    counts = dict.fromkeys(_FUNCTION_WORDS, 0)
    table = _function_words()
    for index in tokens.words[:_SAMPLE]:
        for language in table.get(tokens.forms[index], ()):
            counts[language] += 1
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    settled = counts[best] >= _ENOUGH_WORDS and counts[best] >= _ENOUGH_LEAD * counts[second]
    return best if settled else None


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language, words in _FUNCTION_WORDS.items():
        for word in words.split():
            table[word] = (*table.get(word, ()), language)
    return table


def primary(tag: str) -> str:
    """The primary subtag of a BCP 47 tag, in lower case."""
    return tag.replace("_", "-").split("-")[0].lower()


@cache
def locale(tag: str) -> Locale | None:
    """CLDR's data for a primary language, None where it has none."""
    try:
        return Locale.parse(primary(tag))
    except (UnknownLocaleError, ValueError, TypeError):
        return None


@cache
def decimal_marks(tag: str) -> frozenset[str]:
    """The marks a language may put before decimals: both where countries differ or nobody knows."""
    found = locale(tag)
    if found is None or primary(tag) in ("es", "und"):
        return EITHER
    mark = str(found.number_symbols.get("latn", {}).get("decimal", ""))
    return frozenset(mark) if mark in EITHER else EITHER


def tongue_of_text(declared: str, guessed: str | None) -> Tongue:
    """How to read the text: in the language it is said to be in and the one its words are in."""
    names = {primary(declared)} - {"und", ""} | ({guessed} if guessed else set())
    return Tongue(frozenset(names), _marks(names))


def tongue_of_source(guessed: str | None, of_text: Collection[str]) -> Tongue:
    """How to read a source: number words in its own and the text's language, decimals as its own has them.

    Where its language is not settled both decimal marks are possible, so that a source always offers at
    least one of the readings which the text takes.
    """
    own = {guessed} if guessed else set()
    return Tongue(frozenset(own | set(of_text) | {"en"}), _marks(own), guessed)


def _marks(languages: Collection[str]) -> frozenset[str]:
    return frozenset().union(*map(decimal_marks, languages)) if languages else EITHER
