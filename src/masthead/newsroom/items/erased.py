"""Hashes that stand for nothing: what a row says of content that was erased.

A column of hashes takes nothing but SHA-256. No content has one that begins with so many zeros; the rest is
random, so that a hash still is one of its kind where a table asks for that.
"""

import secrets

from masthead.errors import NotFound
from masthead.language import Message

ERASED_HASH = "0" * 48
"""How the hash of what was erased begins."""
GONE = "[erased]"
"""What stands in a row for words that were erased, where the table takes no empty text."""


class Erased(NotFound):
    """It was here, and was erased."""

    def __init__(self) -> None:
        super().__init__(
            Message("This was erased, and cannot be brought back."),
            Message(
                "The log says when it was, and on what ground. Where old drafts alone went, the item goes on"
                " with a new version."
            ),
        )


def erased_hash() -> str:
    """A fresh hash of nothing."""
    return ERASED_HASH + secrets.token_hex(8)


def is_erased(digest: str) -> bool:
    """Whether a hash stands for content that was erased."""
    return digest.startswith(ERASED_HASH)


class Instead:
    """What stands for hashes that go, the same for the same: what was equal stays so, and says no more."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, ...], str] = {}

    def of(self, *what: str) -> str:
        """The hash of nothing that stands for this; one that stands for something already stays."""
        if is_erased(what[0]):
            return what[0]
        return self._of.setdefault(what, erased_hash())
