"""Names looked for on the shelf."""

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from masthead.checks.traceability.name_words import AFTER_PARTICLES, CASED_NOUNS, ENDINGS, PARTICLES
from masthead.checks.traceability.names import Name
from masthead.checks.traceability.shelf import Place, Shelf

_APART = 2
"""Words that may stand between two words of a name in a source: a middle name, an initial, a particle."""
_TRIES = 200
_SHORTEST_STEM = 4


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
        if self.shelf.find(name.words) is not None:
            return True
        kept = [self._spellings(word) for word in _borne(name) if len(word) > 1]
        return len(kept) > 0 and (
            len(kept) == 1 or self._near(kept) or (len(kept) == 2 and self._near(kept[::-1]))
        )

    def _near(self, spellings: Sequence[Sequence[str]]) -> bool:
        """Whether the words stand in this order with little between them."""
        forms = self.shelf.forms
        for position in sorted(p for word in spellings[0] for p in self.shelf.places(word)[:_TRIES]):
            at = position
            for options in spellings[1:]:
                window = forms[at + 1 : at + 2 + _APART]
                step = next((n for n, form in enumerate(window, 1) if form in options), None)
                if step is None or "\x00" in window[: step - 1]:
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
        """The word of the sources spelt most like this one, among those that begin alike."""
        if len(word) < _SHORTEST_STEM:
            return None
        alike = [
            form for form in self.shelf.where if form[:2] == word[:2] and abs(len(form) - len(word)) <= 2
        ]
        scored = [(SequenceMatcher(None, form, word).ratio(), form) for form in alike[:_TRIES]]
        return max(scored)[1] if scored and max(scored)[0] >= 0.75 else None
