"""National identity numbers in a stretch of text."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from masthead.checks.personal_data.numbers import Number, Rule, named, patterns
from masthead.checks.personal_data.place import Kind, Place, near
from masthead.checks.personal_data.scan import Stretch
from masthead.vocabulary import Level


def national_ids(folded: str, stretch: Stretch) -> Iterator[Place]:
    """Numbers whose form and check digits are right, as sure as the rule of their kind makes them."""
    for number, pattern in patterns():
        if number.digits > stretch.digits:
            continue
        for match in pattern.finditer(folded, stretch.start, stretch.end):
            # The word first: for most kinds of digits there is none, and looking costs less than checking.
            worded = number.rule is not Rule.STRONG and near(folded, *match.span(), named(number))
            if number.rule is Rule.WEAK and not worded:
                continue
            if len(set(match[0]) - set(" .-/")) < 3 or not _valid(number, match[0]):
                continue
            level = Level.ERROR if worded or number.rule is Rule.STRONG else Level.WARNING
            why = "" if level is Level.ERROR else "unsure"
            yield Place(Kind.NATIONAL_ID, match.start(), match.end(), level, number.name, why)


def _valid(number: Number, written: str) -> bool:
    return number.validator is None or bool(_module(f"stdnum.{number.validator}").is_valid(written.upper()))


@cache
def _module(name: str) -> Any:
    return import_module(name)
