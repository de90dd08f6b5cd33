"""What is said of each thing that is looked for: nothing where a source has it."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from masthead.checks.finding import Nearest
from masthead.checks.traceability import scales
from masthead.checks.traceability.amounts import Amount
from masthead.checks.traceability.calendar_names import Named
from masthead.checks.traceability.cutting import cut_out, stands
from masthead.checks.traceability.dates import Date
from masthead.checks.traceability.links import TextLink, host
from masthead.checks.traceability.matching import nearest_wording
from masthead.checks.traceability.name_words import CASED_NOUNS
from masthead.checks.traceability.names import Name
from masthead.checks.traceability.naming import NameShelf
from masthead.checks.traceability.quotations import Quotation
from masthead.checks.traceability.rough import Rough
from masthead.checks.traceability.shelf import Place, Shelf
from masthead.checks.traceability.tokens import MARK, Tokens
from masthead.checks.traceability.tracing import Index
from masthead.language import Message
from masthead.vocabulary import Level

_SCARE = 2
"""Quoted words up to this many are more often a title or irony than a quotation: a note, no more."""
_CONTEXT = 12
"""Words to either side of a thing that help to find the nearest passage."""

_OTHER_KIND = Message(
    "This figure is in a source, but counts something else there: a percentage, a sum of money, "
    "a rank, a time or a plain number."
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a finding says of a thing that no source has."""

    code: str
    level: Level
    message: Message
    nearest: Nearest | None = None


class Answers:
    """Answers for the things of one text; None where a source has the thing.

    Levels: a number, date, quotation, link, or name of several words that is in no source is an error. What
    may be the writer's rounding, an ordinal, the day of a known year, or a single word with a capital is a
    warning. Quoted words of one or two are a note.
    """

    def __init__(self, tokens: Tokens, shelf: Shelf, index: Index, language: str) -> None:
        self._tokens, self._shelf, self._index = tokens, shelf, index
        self._names = NameShelf(shelf, language)
        self._nouns = language in CASED_NOUNS

    def number(self, amount: Amount | Rough) -> Said | None:
        """What is said of a number. A rough one in no source is a warning."""
        index = self._index
        if isinstance(amount, Rough):
            return None if index.has_rough(amount) else self._rough(amount)
        if index.has(amount):
            return self._unit(amount)
        other = index.other_kind(amount)
        if other is not None:
            place, ours, theirs = other
            nearest = self._sentence(place)
            if scales.is_currency(ours) and scales.is_currency(theirs):
                said = Message("This sum is in a source in another currency, and in none in this one.")
                return Said("number_currency", Level.ERROR, said, nearest)
            return Said("number_kind", self._kind_level(amount, ours, theirs), _OTHER_KIND, nearest)
        exact = index.rounded_from(amount)
        if exact is not None:
            said = Message(
                "This number is in no source. It may be rounded from the one in the nearest passage."
            )
            return Said("number_rounded", Level.WARNING, said, self._sentence(exact))
        near = self._context(amount.start, amount.end) or index.closest(amount)
        said = Message("This number is in no source.")
        return Said("number", Level.ERROR, said, self._sentence(near))

    def _rough(self, rough: Rough) -> Said:
        near = self._sentence(self._context(rough.start, rough.end))
        return Said("number", Level.WARNING, Message("This number is in no source."), near)

    def _unit(self, amount: Amount) -> Said | None:
        """What is said of a number that a source has, by the unit that stands after it."""
        other = self._index.other_unit(amount)
        if other is None:
            return None
        place, measured = other
        said = Message("This figure is in a source, but in another unit there.") if measured else _OTHER_KIND
        return Said("number_kind", Level.ERROR, said, self._sentence(place))

    def _kind_level(self, amount: Amount, ours: str, theirs: str) -> Level:
        """A warning for a rank told as a number, and for a table's bare figure: its heading may say more."""
        tabled = any(value in self._index.tabled for value, _ in amount.readings)
        ranks = {ours, theirs} <= {scales.ORDINAL, scales.CLOCK, scales.PLAIN}
        return Level.WARNING if tabled or ranks else Level.ERROR

    def date(self, date: Date | Named) -> Said | None:
        """What is said of a date. Another year than theirs is an error, one they do not say a warning."""
        if isinstance(date, Named):
            return self._named(date)
        if self._index.has_date(date):
            return None
        part = self._index.part_of_date(date)
        if part is not None:
            said = Message(
                "Only a part of this date is in a source: the day without the year, or in another year."
            )
            place, yearless = part
            return Said("date_part", Level.WARNING if yearless else Level.ERROR, said, self._sentence(place))
        near = self._index.near_date(date) or self._context(date.start, date.end)
        return Said("date", Level.ERROR, Message("This date is in no source."), self._sentence(near))

    def _named(self, named: Named) -> Said | None:
        """What is said of a weekday or a bare month: an error where the sources give others."""
        index = self._index
        falls = index.falls(named)
        beside = Date(named.start, named.end, named.days)
        if falls or (named.days and not index.has_date(beside)):
            # a date that is in no source has a finding of its own
            return None
        if falls is False:
            said = Message("This day of the week is not that of the date beside it.")
            return Said(
                "date_weekday", Level.ERROR, said, self._sentence(self._context(named.start, named.end))
            )
        others = index.weekdays if named.month is None else index.months
        if (named.weekday if named.month is None else named.month) in others:
            return None
        near = self._context(named.start, named.end) or min(
            others.values(), key=lambda place: (place.book, place.start), default=None
        )
        level = Level.ERROR if others else Level.WARNING
        return Said("date", level, Message("This date is in no source."), self._sentence(near))

    def quotation(self, quotation: Quotation) -> Said | None:
        """What is said of a quotation."""
        if stands(self._shelf, quotation):
            return self._cut(quotation)
        words = [word for fragment in quotation.fragments for word in fragment]
        if len(words) <= _SCARE:
            near = self._sentence(self._shelf.near_passage(words))
            return Said("quoted_words", Level.NOTE, Message("These quoted words are in no source."), near)
        altered = nearest_wording(self._shelf, self._tokens, quotation)
        if altered is not None:
            said = Message(
                "This quotation is in no source in these words. The difference is from a source's wording."
            )
            return Said("quotation_altered", Level.ERROR, said, altered)
        near = self._sentence(
            self._shelf.near_passage(words) or self._context(quotation.start, quotation.end)
        )
        return Said("quotation", Level.ERROR, Message("This quotation is in no source."), near)

    def _cut(self, quotation: Quotation) -> Said | None:
        """What is said of a quotation in a source's words. One or two may be a title: a warning."""
        cut = cut_out(self._shelf, self._tokens, quotation)
        if cut is None:
            return None
        near = self._shelf.nearest(cut.place)
        if cut.conditional:
            said = Message("These words stand in a source under a condition that the text leaves out.")
            return Said("quotation_cut", Level.WARNING, said, near)
        said = Message("These words stand in a source inside a sentence that says otherwise.")
        level = Level.WARNING if len(quotation.words) <= _SCARE else Level.ERROR
        return Said("quotation_cut", level, said, near)

    def name(self, name: Name) -> Said | None:
        """What is said of a name."""
        if self._names.has(name):
            return None
        apart = self._names.has_words(name)
        if apart and self._nouns:
            # where every noun has a capital, two of them side by side are seldom a name
            return None
        near = self._sentence(self._names.nearest(name) or self._context(name.start, name.end))
        if apart:
            said = Message("The words of this name are in the sources, but nowhere together.")
            level = Level.ERROR if self._names.made_up(name) else Level.WARNING
            return Said("name_apart", level, said, near)
        level = Level.ERROR if len(name.words) > 1 and not (self._nouns or name.acronym) else Level.WARNING
        return Said("name", level, Message("This name is in no source."), near)

    def link(self, link: TextLink) -> Said | None:
        """What is said of a link."""
        if link.normal in self._index.links:
            return None
        same_host = self._index.hosts.get(host(link.normal))
        near = self._shelf.nearest(same_host) if same_host and same_host.start < same_host.end else None
        said = Message("This link is in no source: %(target)s", {"target": link.target[:200]})
        return Said("link", Level.ERROR, said, near)

    def _sentence(self, place: Place | None) -> Nearest | None:
        """The sentence of a source that a place is in."""
        return None if place is None else self._shelf.nearest(self._shelf.around(place.book, place.start))

    def _context(self, start: int, end: int) -> Place | None:
        """The sentence of a source that says most of what stands in the sentence around a thing.

        None where none says enough of it: what is shown as near would lead astray.
        """
        tokens = self._tokens
        first = bisect_right(tokens.ends, start)
        after = bisect_left(tokens.starts, end)
        low, high = first, after
        while low > max(0, first - _CONTEXT) and not tokens.begins_sentence(low):
            low -= 1
        while high < min(len(tokens), after + _CONTEXT) and not tokens.begins_sentence(high):
            high += 1
        around = (*range(low, first), *range(after, high))
        words = [tokens.forms[n] for n in around if tokens.kinds[n] != MARK]
        return self._shelf.near_passage(words)
