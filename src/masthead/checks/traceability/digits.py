"""What a string of digits may be worth.

"1.234" is a thousand and more in one country and one and a bit in another, so a string has a set of
plausible values. One that is no number at all (a telephone number, a version, an address) has none and is
compared as it stands.
"""

import re
from fractions import Fraction

_GROUPERS = re.compile("[ \u00a0\u2009\u202f'’٬]")
_SIGN = re.compile("[.,٫]")
_MOST_DIGITS = 30
"""Longer strings are identifiers: nobody writes such a quantity out, and the work stays bounded."""


def values(digits: str, decimals: frozenset[str]) -> frozenset[Fraction]:
    """The values `digits` (ASCII digits with separators) may have; empty where it is an identifier.

    `decimals` holds the marks which the language may put before decimals; it settles "1.234" alone.
    """
    if len(digits) > _MOST_DIGITS:
        return frozenset()
    grouped = _GROUPERS.split(digits)
    if len(grouped) > 1:
        if not _grouping(grouped[0], [*grouped[1:-1], _SIGN.split(grouped[-1])[0]]):
            return frozenset()
        digits = "".join(grouped)
    marks = _SIGN.findall(digits)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, _, part = digits.rpartition(marks[-1])
        groups = _SIGN.split(whole)
        return _decimal("".join(groups), part) if _grouping(groups[0], groups[1:]) else frozenset()
    if len(marks) == 1:
        return _one_mark(digits, marks[0], decimals, grouped=len(grouped) > 1)
    groups = _SIGN.split(digits)
    if len(set(marks)) > 1 or (marks and not _grouping(groups[0], groups[1:])):
        return frozenset()
    whole = "".join(groups)
    return frozenset() if len(whole) > 1 and whole[0] == "0" else frozenset({Fraction(int(whole))})


def _one_mark(digits: str, mark: str, decimals: frozenset[str], *, grouped: bool) -> frozenset[Fraction]:
    whole, _, part = digits.partition(mark)
    if len(whole) > 1 and whole[0] == "0":
        return frozenset()
    found: frozenset[Fraction] = frozenset()
    may_group = not grouped and len(part) == 3 and len(whole) <= 3 and whole != "0" and mark != "٫"
    if may_group and decimals != {mark}:
        found |= {Fraction(int(whole + part))}
    if not may_group or mark in decimals:
        found |= _decimal(whole, part)
    return found


def _decimal(whole: str, part: str) -> frozenset[Fraction]:
    return frozenset({Fraction(int(whole + part), 10 ** len(part))})


def _grouping(first: str, rest: list[str]) -> bool:
    """Whether groups are those of thousands, or of lakh and crore (two digits, the last three)."""
    if not rest:
        return True
    if not 1 <= len(first) <= 3 or first == "0" or len(rest[-1]) != 3:
        return False
    inner = {len(group) for group in rest[:-1]}
    return inner <= {3} or (inner <= {2} and len(first) <= 2)


def significant(value: Fraction) -> int:
    """How many digits of a value carry weight: 3,000,000 has one, 2,987,345 seven. At most 31."""
    number = abs(value)
    if number.denominator != 1:
        for _ in range(_MOST_DIGITS):
            if number.denominator == 1:
                break
            number *= 10
        else:
            return _MOST_DIGITS + 1
    return max(1, len(str(number.numerator).rstrip("0")))
