"""Which of the AI uses that a file declares are on record."""

import re
from collections.abc import Iterable, Iterator

from masthead.checks.subject import AIUse
from masthead.credentials.said import Declared
from masthead.labels.source_type import MADE, MIXED, left_by
from masthead.vocabulary import Medium

_WORD = re.compile(r"\w+")


def unrecorded(declared: Iterable[Declared], uses: Iterable[AIUse]) -> Iterator[Declared]:
    """The AI uses declared that no recorded use accounts for, one for each system.

    A named system is accounted for by a use whose system goes by that name, or by a fuller or shorter form of
    it ("Firefly", "Adobe Firefly 3"). A nameless one by any use that leaves something of a model in the work.
    """
    recorded = tuple(uses)
    names = [_words(use.system) for use in recorded]
    some = any(_leaves_something(use) for use in recorded)
    seen: set[tuple[str, ...]] = set()
    for one in sorted(declared, key=lambda one: one.system is None):
        if one.system is None:
            known = some or bool(seen)  # a named system of the same file was reported already
            words: tuple[str, ...] = ()
        else:
            words = _words(one.system)
            known = any(_same(words, name) for name in names)
        if not known and words not in seen:
            seen.add(words)
            yield one


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.casefold()))


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name's words stand together in the other's."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _leaves_something(use: AIUse) -> bool:
    if use.task is None:
        return True
    return any(left_by(medium, use.task, use.tier) in (MADE, MIXED) for medium in Medium)
