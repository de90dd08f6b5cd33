"""The page of an item as it was made last, kept as long as nothing on record can have changed it.

What it shows comes from the record, by who asks, their roles and language, the filter and the day. Whatever
is recorded about the item makes it stale, and so does every entry that is about no item: of the register, the
checklist, the people, the organisation. Nothing of a protected item is kept.
"""

from dataclasses import dataclass
from datetime import date
from secrets import token_hex
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString, mark_safe

from masthead.newsroom.evidence.kinds import FIELDS
from masthead.newsroom.public.serving.freshness import ERASED, Rests
from masthead.newsroom.public.serving.store import Store, when_protected
from masthead.vocabulary import Role

ABOUT_NO_ITEM = frozenset(kind for kind, fields in FIELDS.items() if "item" not in fields.opens)

TOKEN = token_hex(16)
"""Stands in what is kept for the token of the forms, which is another in each answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the page of an item depends on besides the record."""

    item: str
    person: UUID
    roles: frozenset[Role]
    language: str
    show: str
    part: int
    day: date


@dataclass(frozen=True, slots=True)
class Work:
    """What stands on the page of an item below the plate, and its name."""

    title: str
    html: str
    rests: Rests | None

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, at most."""
        return 4 * (len(self.title) + len(self.html)) + 500

    def shown(self, request: HttpRequest) -> SafeString:
        """The HTML with the token of this request in its forms."""
        return mark_safe(self.html.replace(TOKEN, get_token(request)))  # noqa: S308 - rendered, escaped


pages: Store[Asked, Work] = Store()
when_protected(pages.clear)


def rests_on(item: str) -> Rests:
    """What the page of the item of that id rests on."""
    return Rests(ABOUT_NO_ITEM | ERASED, item)
