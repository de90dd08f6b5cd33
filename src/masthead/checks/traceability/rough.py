"""Quantities without a figure: "dozens", "une centaine", "half", "doubled".

Each stands for a range of values: a source has it that says it in such a word, or a value of the range.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from masthead.checks.traceability.tokens import NUMBER, WORD, Tokens, fold, word_set

_RANGES = {
    (10, 14): "dozen douzaine dutzend docena dozzina duzia dozijn",
    (8, 12): "dizaine decena decina",
    (17, 23): "vingtaine veintena ventina",
    (26, 34): "trentaine treintena trentina",
    (36, 44): "quarantaine cuarentena quarantina",
    (45, 55): "cinquantaine cincuentena cinquantina",
    (85, 115): "centaine centenar centinaio centena",
    (20, 199): "dozens dizaines douzaines dutzende dutzenden docenas decenas decine dezenas tientallen",
    (150, 1_999): "hundreds centaines hunderte hunderten cientos centenares centinaia centenas honderden",
    (1_500, 19_999): "thousands milliers tausende tausenden millares migliaia milhares duizenden",
}
_SHARES = {
    "half": "half moitie halfte mitad meta metade helft",
    "double": "doubled doubling doubles double doubler doublement verdoppelt verdoppelte duplico "
    "duplicado raddoppiato dobrou verdubbeld",
    "triple": "tripled tripling triples triple tripler verdreifacht triplico triplicato triplicou",
}
_OF = word_set("of de von di van d")
_NO_HALF = word_set("first second other better an past time hour back way")
_PLURAL = 20
_TIMES = 1000


@dataclass(frozen=True, slots=True)
class Rough:
    """A quantity in a rough word, and its place; `low` and `high` are 0 for a share or a multiple."""

    start: int
    end: int
    word: str
    low: int = 0
    high: int = 0


@cache
def _words() -> dict[str, Rough]:
    table = {
        fold(form): Rough(0, 0, f"{low}", low, high)
        for (low, high), forms in _RANGES.items()
        for form in forms.split()
    }
    return table | {form: Rough(0, 0, word) for word, forms in _SHARES.items() for form in forms.split()}


def rough(tokens: Tokens) -> Iterator[Rough]:
    """The rough quantities of a text in reading order; "hundreds of thousands" is one."""
    words, free = _words(), 0
    for index, form in enumerate(tokens.forms):
        known = words.get(form) if index >= free and tokens.kinds[index] == WORD else None
        if known is None or tokens.kind(index - 1) == NUMBER or _otherwise(tokens, index, known):
            continue
        times, after = 1, index + 1
        follows = words.get(tokens.form(index + 2))
        if known.low >= _PLURAL and tokens.form(after) in _OF and follows and follows.high >= _TIMES * 10:
            times, after = _TIMES, index + 3
        free = after
        start, end = tokens.starts[index], tokens.ends[after - 1]
        yield Rough(start, end, f"{known.word}×{times}", known.low * times, known.high * times)


def _otherwise(tokens: Tokens, index: int, known: Rough) -> bool:
    """Whether a word of a share means something else, as in "half an hour" and "the first half"."""
    if known.low:
        return False
    joined = tokens.form(index + 1) == "-" or tokens.form(index - 1) == "-"
    beside = tokens.form(index - 1) in _NO_HALF or tokens.form(index + 1) in _NO_HALF
    article = tokens.form(index - 1) == "a" and tokens.surface(index).isascii()  # not French "a doublé"
    return joined or article or (known.word == "half" and beside)
