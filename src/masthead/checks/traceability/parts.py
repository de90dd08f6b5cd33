"""What may stand beside a number and belongs to it: scales, units, halves, fractions, clock words."""

from dataclasses import dataclass
from fractions import Fraction
from unicodedata import numeric

from masthead.checks.traceability import scales
from masthead.checks.traceability.spelled import ARTICLES, Spelled
from masthead.checks.traceability.tokens import MARK, NUMBER, Tokens, word_set

_HALVES = (
    ("and", "a", "half"), ("et", "demi"), ("et", "demie"), ("y", "medio"), ("y", "media"),
    ("e", "meio"), ("e", "meia"), ("e", "mezzo"), ("e", "mezza"), ("und", "ein", "halb"),
)  # fmt: skip
_HALF = word_set("half demi halbe halber halben halb medio media mezzo meio meia halve halv अर्ध نصف")
_MIXED = {
    "anderthalb": 3,
    "eineinhalb": 3,
    "zweieinhalb": 5,
    "dreieinhalb": 7,
    "viereinhalb": 9,
    "funfeinhalb": 11,
}
_FRACTIONS = {
    word: parts
    for parts, words in {
        3: "third thirds tiers drittel tercio tercios terco tercos terzo terzi derde",
        4: "quarter quarters quart quarts viertel cuarto cuartos quarto quartos quarti kwart",
        5: "fifth fifths cinquieme cinquiemes funftel quinto quintos quinti",
        8: "eighth eighths huitieme huitiemes achtel",
        10: "tenth tenths dixieme dixiemes zehntel decimo decimos decimi",
    }.items()
    for word in words.split()
}
SPECIAL = frozenset(_MIXED) | _FRACTIONS.keys() | _HALF
"""Forms at which `special` may find a number, besides signs such as ½."""
_ORDINAL_ENDS = word_set(
    "st nd rd th e er ere re eme emes nde o a os as ter te ten de ste й я е го م वां वीं वें"
)
_HOURS = frozenset(("uhr", "h", "heures", "heure"))
_JOINING = ("", "-", "‐", "‑")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a number: its first token, and the currency."""

    first: int
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands after a number: up to which token, its scale and kind, and what is added to it.

    `more` counts in the scale ("2 millions et demi"), `added` does not (3亿5000万). `doubtful` where the
    scale may be a unit: "3m" is three million or three metres.
    """

    after: int
    scale: int = 1
    kinds: frozenset[str] = frozenset()
    more: Fraction = Fraction(0)
    added: int = 0
    doubtful: bool = False


def before_number(tokens: Tokens, index: int) -> Head:
    """The currency or per cent sign before a number, as in "£5", "US$5", "EUR 5", "Rs. 5", "%5"."""
    first = index
    signed = tokens.form(first - 1) in ("-", "−") and tokens.gap(first) == 0
    if signed and (first == 1 or tokens.gap(first - 1) > 0 or tokens.form(first - 2) in scales.units()):
        first -= 1
    before = first - 1 - (tokens.form(first - 1) == "." and tokens.form(first - 2) == "rs")
    if before < 0 or tokens.gap(first) > 1:
        return Head(first)
    form = tokens.forms[before]
    kind = next((kind for forms, kind in scales.units().get(form, ()) if len(forms) == 1), None)
    if kind is None or kind in (scales.POINTS, scales.BASIS) or not _before(tokens, before, kind):
        return Head(first)
    if (
        form == "$"
        and tokens.gap(before) == 0
        and tokens.form(before - 1) in ("us", "a", "c", "hk", "nz", "s", "r")
    ):
        return Head(before - 1, frozenset({scales.prefixed_dollar(tokens.form(before - 1))}))
    return Head(before, frozenset({kind}))


def _before(tokens: Tokens, place: int, kind: str) -> bool:
    """Whether a unit stands before its number: a sign or a code does, a word such as "dollars" does not.

    A per cent sign after another number ("5% 10") is that number's.
    """
    form, surface = tokens.forms[place], tokens.surface(place)
    if kind == scales.PERCENT:
        return tokens.kind(place) == MARK and tokens.kind(place - 1) != NUMBER
    return tokens.kind(place) == MARK or surface.isupper() or form in ("rs", "ksh")


def after_number(tokens: Tokens, index: int, language: str, *, money: bool) -> Tail:
    """Everything after a number that belongs to it."""
    hour = _hour(tokens, index)
    if hour is not None:
        return hour
    more, after = _more(tokens, index)
    after, scale, doubtful = _scale(tokens, after, language, money=money)
    if not more and scale > 1:
        more, after = _more(tokens, after)
    added = 0
    if (
        scale >= 10_000
        and tokens.kind(after) == NUMBER
        and tokens.gap(after) <= 1
        and tokens.forms[after].isdigit()
    ):
        step, smaller, _ = _scale(tokens, after + 1, language, money=False)
        if 1 < smaller < scale and len(tokens.forms[after]) < 9:
            added, after = int(tokens.forms[after]) * smaller, step
    end, kinds = _kind(tokens, after, scale)
    return Tail(end, scale, kinds, more, added, doubtful)


def _scale(tokens: Tokens, index: int, language: str, *, money: bool) -> tuple[int, int, bool]:
    table, total, doubtful = scales.scales(language), 1, False
    for _ in range(3):
        place = index + (tokens.form(index) in ("-", "‑") and tokens.gap(index) == 0)
        form = tokens.form(place)
        factor = table.get(form)
        if factor is None or tokens.gap(place) > 1:
            break
        if form in scales.ONE_LETTER or (len(form) == 1 and form.isascii()):
            if tokens.gap(place) == 1 and not (money or _kind(tokens, place + 1, total)[1]):
                break
            doubtful = not money
        total *= factor
        index = place + 1
        if (
            tokens.form(index) == "."
            and tokens.gap(index) == 0
            and form in ("mio", "mrd", "mill", "tsd", "тыс")
        ):
            index += _abbreviates(tokens, index)
    return index, total, doubtful


def _abbreviates(tokens: Tokens, dot: int) -> bool:
    """Whether a full stop is an abbreviation's: what follows on the line has no capital or is a unit."""
    follows = tokens.gap(dot + 1) <= 1
    return follows and (not tokens.surface(dot + 1)[:1].isupper() or tokens.form(dot + 1) in scales.units())


def _kind(tokens: Tokens, index: int, scale: int) -> tuple[int, frozenset[str]]:
    """The unit at a token: the token after it, the scale with it, its kind."""
    place = index
    if scale > 1:
        while tokens.form(place) in scales.PARTITIVE or tokens.form(place) in ("'", "’", "-"):
            place += 1
    place += tokens.form(place) in ("-", "‑") and tokens.gap(place) == 0
    for forms, kind in scales.units().get(tokens.form(place), ()):
        if tokens.gap(place) <= 1 and all(tokens.form(place + n) == form for n, form in enumerate(forms)):
            doubt = {scales.PLAIN} if forms[0] in scales.AMBIGUOUS else set()
            return place + len(forms), frozenset({kind} | doubt)
    digits = tokens.kind(index - 1) == NUMBER and scale == 1
    if digits and tokens.gap(index) == 0 and tokens.form(index) in _ORDINAL_ENDS:
        return index + 1, frozenset({scales.ORDINAL})
    return index, frozenset()


def _hour(tokens: Tokens, index: int) -> Tail | None:
    """The clock word after an hour in digits, as in "10 pm", "22 Uhr" and "22 h"."""
    if tokens.kind(index - 1) != NUMBER or len(tokens.forms[index - 1]) > 2:
        return None
    clock, hour = frozenset({scales.CLOCK}), 3600
    after, later = half_after(tokens, index)
    if later is not None:
        noon = tokens.forms[index - 1] == "12"
        return Tail(after, hour, clock, added=12 * hour * (later - noon))
    if tokens.form(index) in _HOURS and tokens.gap(index) <= 1:
        minutes = tokens.form(index + 1)
        if len(minutes) == 2 and minutes.isdigit() and int(minutes) < 60 and tokens.gap(index + 1) <= 1:
            return Tail(index + 2, hour, clock, added=60 * int(minutes))
        if tokens.form(index) in ("heures", "heure"):
            return None
        return Tail(index + 1, hour, clock, doubtful=tokens.form(index) == "h")
    return None


def half_after(tokens: Tokens, index: int) -> tuple[int, bool | None]:
    """Whether "am" (False) or "pm" (True) follows, however dotted; None where neither does."""
    form = tokens.form(index)
    if tokens.gap(index) > 1:
        return index, None
    if form in ("am", "pm"):
        return index + 1, form == "pm"
    if form in ("a", "p") and tokens.form(index + 1) == "." and tokens.form(index + 2) == "m":
        return index + 3, form == "p"
    return index, None


def _more(tokens: Tokens, index: int) -> tuple[Fraction, int]:
    """The part of one that is added in words ("and a half") or by a sign ("2½"), and the token after it."""
    for forms in _HALVES:
        if tokens.form(index) == forms[0] and all(tokens.form(index + n) == f for n, f in enumerate(forms)):
            return Fraction(1, 2), index + len(forms)
    if tokens.gap(index) <= 1 and tokens.kind(index - 1) == NUMBER:
        sign = _vulgar(tokens.surface(index))
        if sign is not None:
            return sign, index + 1
    return Fraction(0), index


def fraction_of(tokens: Tokens, index: int, number: Fraction) -> tuple[int, Fraction] | None:
    """The fraction that a number up to nine begins, as in "two thirds": the token after it, and its value."""
    place = index + (tokens.form(index) in ("-", "‑"))
    parts = _FRACTIONS.get(tokens.form(place))
    if parts is None or number.denominator != 1 or not 1 <= number < parts or tokens.gap(place) > 1:
        return None
    return place + 1, number / parts


def special(tokens: Tokens, index: int, language: str) -> Spelled | None:
    """A number at a token that is neither digits nor a plain number word."""
    form = tokens.forms[index]
    if form in _MIXED:
        return Spelled(index, index + 1, Fraction(_MIXED[form], 2))
    if form in _FRACTIONS and tokens.form(index - 1) in ARTICLES:
        return Spelled(index, index + 1, Fraction(1, _FRACTIONS[form]))
    if form in _HALF:
        place = index + 1
        while place < index + 3 and (tokens.form(place) in ARTICLES or tokens.form(place) == "-"):
            place += 1
        if scales.scales(language).get(tokens.form(place), 0) >= 1000:
            return Spelled(index, place, Fraction(1, 2))
        return None
    value = _vulgar(tokens.surface(index))
    return None if value is None else Spelled(index, index + 1, value)


def _vulgar(sign: str) -> Fraction | None:
    """The value of a sign such as ½."""
    if len(sign) != 1 or sign.isascii() or not 0 < (value := numeric(sign, 0)) < 1:
        return None
    return Fraction(value).limit_denominator(1000)
