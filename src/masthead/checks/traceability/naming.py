"""Names looked for on the shelf."""

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from masthead.checks.traceability.name_words import (
    AFTER_PARTICLES,
    CASED_NOUNS,
    ENDINGS,
    OPENERS,
    PARTICLES,
    TITLES,
)
from masthead.checks.traceability.names import Name
from masthead.checks.traceability.shelf import Place, Shelf
from masthead.checks.traceability.tokens import MARK, WORD, Tokens

_APART = 2
"""Words that may stand between two words of a name in a source: a middle name, an initial, a particle."""
_TRIES = 200
_SHORTEST_STEM = 4
_INITIAL = 2
"""Letters of an initial or of an abbreviation such as "St."."""

_BINDING = frozenset("-‐‑'’&/*_\"“”„«»")
"""Marks that may stand inside one name."""


def _capital(tokens: Tokens, index: int) -> bool:
    return tokens.kind(index) == WORD and tokens.text[tokens.starts[index]].isupper()


def _shortens(tokens: Tokens, index: int) -> bool:
    """Whether a full stop is an initial's or a title's."""
    short = tokens.ends[index - 1] - tokens.starts[index - 1] <= _INITIAL or tokens.form(index - 1) in TITLES
    return tokens.forms[index] == "." and short


def _borne(name: Name) -> list[str]:
    """The words of a name without its particles."""
    return [word for word in name.words if word not in PARTICLES and word not in AFTER_PARTICLES]


class NameShelf:
    """Answers whether names are on the shelf; what is costly is worked out when first asked for."""

    def __init__(self, shelf: Shelf, language: str) -> None:
        self.shelf = shelf
        self._endings, self._nouns = ENDINGS.get(language, 0), language in CASED_NOUNS
        self._stems: defaultdict[str, set[str]] | None = None
        self._initials: set[str] | None = None

    def has(self, name: Name) -> bool:
        """Whether a source has the name: as written, declined, with a middle name, or spelt out."""
        if all(self._known(word) for word in _borne(name)) and self._together(name):
            return True
        if self._nouns and self._some_together(name):
            return True
        joined = "".join(name.words)
        return name.acronym and (bool(self.shelf.places(joined)) or joined in self._acronyms())

    def has_words(self, name: Name) -> bool:
        """Whether every word of a name of several is in some source."""
        return len(name.words) > 1 and all(self._known(word) for word in _borne(name))

    def made_up(self, name: Name) -> bool:
        """Whether no two words of a name stand together in a source, and all are names there, not words.

        So one person's first name with another's surname is told from "Labour MP Anna Lindh".
        """
        return not self._some_together(name) and all(self._capital(word) for word in _borne(name))

    def _some_together(self, name: Name) -> bool:
        pairs = pairwise(_borne(name))
        return any(self._near([self._spellings(one), self._spellings(two)]) for one, two in pairs)

    def _capital(self, word: str) -> bool:
        shelf = self.shelf
        places = [shelf.span(position, position + 1) for position in shelf.places(word)[:_TRIES]]
        return all(shelf.books[place.book].tokens.text[place.start].isupper() for place in places)

    def nearest(self, name: Name) -> Place | None:
        """The sentence with a name spelt much alike, or with most words of this one."""
        best = self.shelf.best_passage(_borne(name))
        if best is not None:
            return best
        alike = [near for word in name.words if (near := self._alike(word))]
        return self.shelf.best_passage(alike) if alike else None

    def _known(self, word: str) -> bool:
        return bool(self._spellings(word))

    def _spellings(self, word: str) -> list[str]:
        """The forms in the sources that are this word, or, where names are declined, may be."""
        found = [word] if self.shelf.places(word) else []
        if self._endings and len(word) > _SHORTEST_STEM:
            shortest = max(_SHORTEST_STEM, len(word) - self._endings)
            for cut in range(shortest, len(word) + 1):
                found.extend(
                    near
                    for near in self._stemmed().get(word[:cut], ())
                    if near != word and max(len(near), len(word)) - cut <= self._endings
                )
        return found

    def _stemmed(self) -> defaultdict[str, set[str]]:
        if self._stems is None:
            self._stems = defaultdict(set)
            for form in self.shelf.where:
                if len(form) > _SHORTEST_STEM and form.isalpha():
                    for cut in range(max(_SHORTEST_STEM, len(form) - self._endings), len(form) + 1):
                        self._stems[form[:cut]].add(form)
        return self._stems

    def _together(self, name: Name) -> bool:
        if self._stands(name.words):
            return True
        kept = [self._spellings(word) for word in _borne(name) if len(word) > 1]
        return len(kept) > 0 and (
            len(kept) == 1 or self._near(kept) or (len(kept) == 2 and self._near(kept[::-1], turned=True))
        )

    def _stands(self, words: Sequence[str]) -> bool:
        """Whether the words stand one after another as the words of one name do."""
        start = self.shelf.find(words)
        for _ in range(_TRIES):
            if start is None or self._one_name(range(start, start + len(words))):
                return start is not None
            start = self.shelf.find(words, start + 1)
        return True

    def _one_name(self, run: range) -> bool:
        """Whether the words at these positions may be of one name: no comma or full stop parts them."""
        return all(not self._parted(one) for one in run[:-1])

    def _parted(self, position: int) -> bool:
        tokens, index = self.shelf.token(position)
        _, following = self.shelf.token(position + 1)
        between = range(index + 1, following)
        return any(
            tokens.kinds[n] == MARK and tokens.forms[n] not in _BINDING and not _shortens(tokens, n)
            for n in between
        )

    def _one_bearer(self, position: int, after: int) -> bool:
        """Whether what stands from one word of a name to the next leaves both to one bearer.

        A middle name, an initial or a particle may stand between; a comma, "and" or a verb may not.
        """
        if not self._one_name(range(position, after + 1)):
            return False
        for between in range(position + 1, after):
            tokens, index = self.shelf.token(between)
            small = tokens.forms[index] in PARTICLES or tokens.forms[index] in AFTER_PARTICLES
            if not (small or tokens.surface(index)[:1].isupper()):
                return False
        return True

    def _listed(self, position: int) -> bool:
        """Whether a surname stands before its first name, as in "Lindner, Christian", no other near."""
        tokens, index = self.shelf.token(position)
        before, after = index - 1, index + 3
        led = tokens.gap(index) <= 1 and _capital(tokens, before) and tokens.forms[before] not in OPENERS
        followed = tokens.gap(after) == 1 and _capital(tokens, after) and len(tokens.forms[after]) > 1
        return tokens.form(index + 1) == "," and not (led or followed)

    def _near(self, spellings: Sequence[Sequence[str]], *, turned: bool = False) -> bool:
        """Whether the words stand in this order with little between them; `turned` is surname first."""
        forms = self.shelf.forms
        for position in sorted(p for word in spellings[0] for p in self.shelf.places(word)[:_TRIES]):
            at = position
            for options in spellings[1:]:
                window = forms[at + 1 : at + 2 + _APART]
                step = next((n for n, form in enumerate(window, 1) if form in options), None)
                if step is None or "\x00" in window[: step - 1]:
                    break
                if not (self._one_bearer(at, at + step) or (turned and step == 1 and self._listed(at))):
                    break
                at += step
            else:
                return True
        return False

    def _acronyms(self) -> set[str]:
        """The initials of capitalised words that stand together in a source, with and without small words."""
        if self._initials is None:
            self._initials = set()
            for book in self.shelf.books:
                run: list[str] = []
                tokens = book.tokens
                for index in tokens.words:
                    form = tokens.forms[index]
                    if tokens.text[tokens.starts[index]].isupper():
                        run.append(form[0])
                        self._initials.update("".join(run[-n:]) for n in range(2, min(len(run), 7) + 1))
                    elif form not in PARTICLES:
                        run = []
        return self._initials

    def _alike(self, word: str) -> str | None:
        """The word of the sources spelt most like this one, among those with the same first letter."""
        if len(word) < _SHORTEST_STEM:
            return None
        begin_alike = [form for form in self.shelf.where if form[:1] == word[:1]]
        alike = [form for form in begin_alike if abs(len(form) - len(word)) <= 2]
        alike.sort(key=lambda form: form[:2] != word[:2])
        scored = [(SequenceMatcher(None, form, word).ratio(), form) for form in alike[:_TRIES]]
        return max(scored)[1] if scored and max(scored)[0] >= 0.75 else None
