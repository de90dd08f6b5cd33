"""The numbers of a text, each with everything it may mean."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from fractions import Fraction

from masthead.checks.traceability import digits, scales
from masthead.checks.traceability.measures import below_zero, minus_before, unit_at
from masthead.checks.traceability.parts import (
    SPECIAL,
    after_number,
    before_number,
    fraction_of,
    half_after,
    special,
)
from masthead.checks.traceability.spelled import ARTICLES, Spelled, spelled
from masthead.checks.traceability.tokens import DATE, NUMBER, TIME, WORD, Tokens, word_set
from masthead.checks.traceability.tongues import Tongue

type Reading = tuple[Fraction | str, str]
"""A value (an identifier's characters where it is no number) and its kind (see `scales`)."""

_ONE = Fraction(1)
_HEDGES = word_set(
    "about around some nearly almost over roughly approximately circa ca than environ pres presque "
    "quelque quelques plus etwa rund fast knapp uber gut unos casi cerca mas quasi oltre meno circa "
    "ongeveer bijna ruim около почти более حوالي نحو تقریبا लगभग करीब 约 約"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its place, in code points; `first` and `after` are its tokens.

    A text's amount is traced where one of its `readings` meets the `readings` or `offers` of a source's.
    """

    start: int
    end: int
    first: int
    after: int
    values: frozenset[Fraction]
    kinds: frozenset[str]
    scale: int = 1
    extra: frozenset[Reading] = frozenset()
    offers: frozenset[Reading] = field(default=frozenset())
    hedged: bool = False
    unit: str | None = None
    """What stands right after a bare number, where `measures` knows it."""

    @property
    def readings(self) -> frozenset[Reading]:
        """What the amount says."""
        said = {(value * self.scale, kind) for value in self.values for kind in self.kinds}
        if scales.BASIS in self.kinds:
            said = {(v / 100, scales.POINTS) if kind == scales.BASIS else (v, kind) for v, kind in said}
        return self.extra | said

    @property
    def offered(self) -> frozenset[Reading]:
        """What the amount traces, where it stands in a source: what it says, and less than it says."""
        less = frozenset((value, other) for value, kind in self.readings for other in scales.also(kind))
        return self.readings | self.offers | less


def amounts(tokens: Tokens, tongue: Tongue, taken: Collection[int] = ()) -> list[Amount]:
    """The amounts of a text in reading order, the same place once for each language it may be in.

    `taken` are the indexes of tokens that belong to something else, such as a date.
    """
    found: dict[tuple[int, int], Amount] = {}
    for language in sorted(tongue.languages or {"en"}):
        for amount in _scan(tokens, language, tongue, taken):
            place = (amount.start, amount.end)
            known = found.get(place)
            extra = known.readings | known.extra if known else frozenset[Reading]()
            found[place] = replace(amount, extra=amount.extra | extra)
    return sorted(found.values(), key=lambda amount: (amount.start, -amount.end))


def _scan(tokens: Tokens, language: str, tongue: Tongue, taken: Collection[int]) -> list[Amount]:
    words, decimals, language = spelled(tokens, language), tongue.decimals, tongue.own or language
    found: list[Amount] = []
    free = 0
    for index, kind in enumerate(tokens.kinds):
        if index < free or index in taken:
            continue
        amount = None
        if kind == DATE:
            amount = _named(tokens, index, index + 1, tokens.forms[index])
        elif kind == NUMBER:
            amount = _written(tokens, index, language, decimals)
        elif kind == TIME:
            amount = _clock(tokens, index)
        elif index in words:
            amount = _worded(tokens, words[index], language)
        elif kind == WORD and (tokens.forms[index] in SPECIAL or not tokens.forms[index].isascii()):
            amount = _special(tokens, index, language)
        if amount is not None:
            found.append(amount)
            free = amount.after
    return _ranges(tokens, found)


def _written(tokens: Tokens, index: int, language: str, decimals: frozenset[str]) -> Amount | None:
    if _part_of_code(tokens, index):
        return None
    digits_ = tokens.forms[index]
    identifier, after = _identifier(tokens, index)
    values = digits.values(digits_, decimals)
    if identifier or not values:
        return _named(tokens, index, after, identifier or digits_)
    if _negative(tokens, index):
        values = frozenset(-value for value in values)
    amount = _complete(tokens, Spelled(index, index + 1, min(values)), values, language)
    if " " in digits_:
        loose = frozenset(
            (Fraction(int(group)), scales.PLAIN) for group in digits_.split() if group.isdigit()
        )
        return replace(amount, offers=amount.offers | loose)
    return amount


def _named(tokens: Tokens, first: int, after: int, name: str) -> Amount:
    """Figures that are no quantity: compared as they stand."""
    start, end = tokens.starts[first], tokens.ends[after - 1]
    none: frozenset[str] = frozenset()
    return Amount(start, end, first, after, frozenset(), none, extra=frozenset({(name, scales.IDENTIFIER)}))


def _part_of_code(tokens: Tokens, index: int) -> bool:
    """Whether a number belongs to a name, as in "COVID-19" or "Boeing-737"."""
    joined = tokens.form(index - 1) == "-" and tokens.gap(index) == 0 and tokens.gap(index - 1) == 0
    return joined and tokens.kind(index - 2) == WORD and tokens.surface(index - 2)[:1].isupper()


def _negative(tokens: Tokens, index: int) -> bool:
    signed = tokens.form(index - 1) in ("-", "−", "–", "-") and tokens.gap(index) == 0
    return signed and (index == 1 or tokens.gap(index - 1) > 0)


def _identifier(tokens: Tokens, index: int) -> tuple[str, int]:
    """A telephone number or the like: its digits, and the token after it; ("", …) where there is none."""
    plus = tokens.form(index - 1) == "+" and tokens.gap(index) == 0
    first = tokens.forms[index]
    if not (plus or (len(first) > 1 and first[0] == "0" and first.isdigit())):
        return "", index + 1
    after = index + 1
    while after - index < 16:
        step = 1 if tokens.kind(after) == NUMBER and tokens.gap(after) <= 1 else 2
        joined = tokens.form(after) in ("-", "/", ")", "(") and tokens.gap(after) <= (
            tokens.form(after) == "("
        )
        if step == 2 and not (joined and tokens.kind(after + 1) == NUMBER and tokens.gap(after + 1) <= 1):
            break
        after += step
    run = "".join(tokens.forms[index:after])
    return "".join(c for c in run if c.isdigit()), after


def _clock(tokens: Tokens, index: int) -> Amount:
    """A time of day in seconds; "10:42 pm" offers 10:42 too."""
    parts = [int(part) for part in tokens.forms[index].replace("h", ":").replace("H", ":").split(":")]
    seconds = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    after, later = half_after(tokens, index + 1)
    offers: frozenset[Reading] = (
        frozenset({(Fraction(seconds), scales.CLOCK)}) if later is not None else frozenset()
    )
    if later and parts[0] < 12:
        seconds += 12 * 3600
    start, end = tokens.starts[index], tokens.ends[after - 1]
    values, kinds = frozenset({Fraction(seconds)}), frozenset({scales.CLOCK})
    return Amount(start, end, index, after, values, kinds, offers=offers)


def _worded(tokens: Tokens, number: Spelled, language: str) -> Amount | None:
    if not number.ordinal:
        return _counted(tokens, number, language)
    start, end = tokens.starts[number.first], tokens.ends[number.after - 1]
    extra: frozenset[Reading] = frozenset()
    if tokens.form(number.first - 1) in ARTICLES:
        extra = frozenset({(1 / number.value, scales.PLAIN)})
    values, kinds = frozenset({number.value}), frozenset({scales.ORDINAL})
    return Amount(start, end, number.first, number.after, values, kinds, extra=extra)


def _counted(tokens: Tokens, number: Spelled, language: str) -> Amount | None:
    """A cardinal in words, its last scale told apart so that "un million et demi" adds half a million."""
    factor = scales.scales(language).get(tokens.forms[number.after - 1])
    if factor is not None and factor <= number.value:
        number = replace(number, after=number.after - 1, value=number.value / factor)
    amount = _complete(tokens, number, frozenset({number.value}), language)
    bare = amount.scale == 1 and amount.values == {_ONE} and amount.kinds == {scales.PLAIN}
    return None if bare else amount


def _special(tokens: Tokens, index: int, language: str) -> Amount | None:
    """What is neither digits nor a number word that text2num knows: "½", "half a million", "anderthalb"."""
    known = special(tokens, index, language)
    if known is None:
        return None
    return _complete(tokens, known, frozenset({known.value}), language)


def _complete(tokens: Tokens, number: Spelled, values: frozenset[Fraction], language: str) -> Amount:
    """A number with what stands around it: scale, half, fraction, unit, ordinal mark, currency, hedge."""
    head = before_number(tokens, number.first)
    parted = fraction_of(tokens, number.after, number.value)
    tail = after_number(tokens, number.after, language, money=bool(head.kinds))
    if parted is not None:
        after, value = parted
        values, tail = frozenset({value}), after_number(tokens, after, language, money=False)
    if tail.more or tail.added:
        more = tail.more + Fraction(tail.added, tail.scale)
        values = frozenset(value + more for value in values)
    kinds = tail.kinds or head.kinds or frozenset({scales.PLAIN})
    extra: frozenset[Reading] = frozenset()
    if tail.doubtful and not head.kinds:
        extra = frozenset((value, scales.PLAIN) for value in values)
    first, after, values = _below(tokens, head.first, tail.after, values)
    start, end = tokens.starts[first], tokens.ends[after - 1]
    hedged = tokens.form(first - 1) in _HEDGES or tokens.form(first - 2) in _HEDGES
    unit = unit_at(tokens, tail.after) if kinds == {scales.PLAIN} else None
    if tail.doubtful and scales.CLOCK in kinds:
        unit = "hour"
    return Amount(start, end, first, after, values, kinds, tail.scale, extra, hedged=hedged, unit=unit)


def _below(
    tokens: Tokens, first: int, after: int, values: frozenset[Fraction]
) -> tuple[int, int, frozenset[Fraction]]:
    """A number with the words that put it below nought: "minus 5", "5 degrees below zero"."""
    minus, zero = minus_before(tokens, first), below_zero(tokens, after)
    if minus or zero is not None:
        values = frozenset(-abs(value) for value in values)
    return first - minus, zero or after, values


_DOTTED = frozenset(("de", "da"))


def _dotted(tokens: Tokens, index: int) -> bool:
    """Whether a full stop may make an ordinal of the digits before it, as in "der 3. Mann"."""
    return tokens.form(index) == "." and tokens.gap(index) == 0 and tokens.gap(index + 1) == 1


_THROUGH = frozenset(("–", "—", "-", "~", "to", "a", "bis", "al", "до", "إلى", "से", "至"))
_AND = frozenset(("and", "et", "und", "y", "e", "or", "ou", "oder", "o", "en", "och", "og", "и", "و", "और"))


def _ranges(tokens: Tokens, found: list[Amount]) -> list[Amount]:
    """Give the first number of "10–12 million" and "$10 to 12" what it shares with the second."""
    for place in range(len(found) - 1):
        one, two = found[place], found[place + 1]
        if two.first - one.after != 1 or not (one.values and two.values):
            continue
        link = tokens.forms[one.after]
        if link not in _THROUGH and link not in _AND:
            continue
        found[place], found[place + 1] = _shared(one, two, sure=link in _THROUGH)
    return found


def _shared(one: Amount, two: Amount, *, sure: bool) -> tuple[Amount, Amount]:
    plain = frozenset({scales.PLAIN})
    bare = one.readings
    if (
        one.kinds == plain
        and two.kinds != plain
        and scales.ORDINAL not in two.kinds
        and scales.CLOCK not in two.kinds
    ):
        one = replace(one, kinds=two.kinds)
    elif two.kinds == plain and any(map(scales.is_currency, one.kinds)):
        two = replace(two, kinds=one.kinds | plain)
    if one.scale == 1 and two.scale > 1 and max(one.values) < max(two.values) * 1000:
        one = replace(one, scale=two.scale)
    if one.unit is None and one.kinds == plain:
        one = replace(one, unit=two.unit)
    if sure:
        return replace(one, offers=one.offers | bare), two
    return replace(one, extra=one.extra | bare), two
