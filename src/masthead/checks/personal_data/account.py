"""Bank accounts (IBAN, ISO 13616) and payment cards (ISO/IEC 7812)."""

import re
from collections.abc import Iterator
from functools import cache

from masthead.checks.personal_data.place import ALONE, ENDED, Kind, Place, near, words
from masthead.checks.personal_data.scan import Stretch
from masthead.vocabulary import Level

_IBAN = re.compile(ALONE + r"[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
_BOUNDARY = re.compile(ENDED)
_CARD = re.compile(ALONE + r"\d(?:[ .-]?\d){11,18}")
_FRACTION = re.compile(r"\d+\.\d+\Z")
_GROUP_BEFORE = re.compile(r"\d{4}[ .-]\Z")
_GROUP_AFTER = re.compile(r"[ .-]\d{4}(?!\d)")
_CARD_WORDS = words(
    "cards?", "visa", "mastercard", "amex", "maestro", "cartes?", "cb", "kreditkarten?", "kartennummer",
    "tarjetas?", "carta", "cart[aã]o", "kaart", "بطاقة", "البطاقة",
)  # fmt: skip

_BRANDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"4"), 16),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), 16),
    (re.compile(r"3[47]"), 15),
    (re.compile(r"6011|64[4-9]|65|62|81"), 16),
    (re.compile(r"35(?:2[89]|[3-8])"), 16),
)
"""First digits and length of the brands whose numbers are recognised without a word beside them."""
_RARE = re.compile(r"4|5[0-8]|6|3[05689]|2[2-7]|9792|220")
"""First digits of the rest, 12 to 19 digits: only with a word for a card near."""


def ibans(folded: str, stretch: Stretch) -> Iterator[Place]:
    """International bank account numbers whose country, length and two check digits agree."""
    at = stretch.start
    while match := _IBAN.search(folded, at, stretch.end):
        at = match.start() + 2
        for stop, compact in _cuts(folded, match):
            if len(compact) == _iban_length(compact[:2].upper()) and _valid("iban", compact):
                at = stop
                yield Place(Kind.IBAN, match.start(), stop, Level.ERROR)
                break


def cards(folded: str, stretch: Stretch) -> Iterator[Place]:
    """Payment card numbers: a brand's first digits and length, the Luhn digit, or a word for a card near.

    A row of more groups of four is a table and no card, unless such a word is near.
    """
    if stretch.digits < 12:
        return
    for match in _CARD.finditer(folded, stretch.start, stretch.end):
        if _FRACTION.match(match[0]):
            continue
        worded: bool | None = None
        for stop, number in _cuts(folded, match):
            known = any(len(number) == length and prefix.match(number) for prefix, length in _BRANDS)
            if len(number) < 12 or not (known or _RARE.match(number)) or len(set(number)) < 3:
                continue
            if not _valid("luhn", number):
                continue
            if worded is None:
                worded = near(folded, *match.span(), _CARD_WORDS)
            if worded or (known and not _in_a_row(folded, match.start(), stop)):
                yield Place(Kind.CARD, match.start(), stop, Level.ERROR)
                break


def _cuts(folded: str, match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Where a candidate may end, the longest first, each with its letters and digits alone."""
    start, end = match.span()
    compact = re.sub(r"[ .-]", "", match[0])
    for stop in range(end, start, -1):
        if folded[stop - 1].isalnum():
            if _BOUNDARY.match(folded, stop):
                yield stop, compact
            compact = compact[:-1]


def _in_a_row(folded: str, start: int, end: int) -> bool:
    return bool(_GROUP_BEFORE.search(folded[max(0, start - 5) : start]) or _GROUP_AFTER.match(folded, end))


def _valid(module: str, number: str) -> bool:
    from stdnum import iban, luhn

    return bool({"iban": iban, "luhn": luhn}[module].is_valid(number))


@cache
def _iban_length(country: str) -> int:
    """How long an IBAN of that country is, by the registry that stdnum carries; 0 where it knows none."""
    from stdnum import numdb

    found = numdb.get("iban").info(country)
    structure = str(found[0][1].get("bban", "")) if found else ""
    return 4 + sum(map(int, re.findall(r"\d+", structure))) if structure else 0
