"""What the public asks for: an address in a language, and nothing about who asks."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import parse_qs

from django.conf import settings
from django.http import HttpRequest

from masthead import clock

LONGEST_QUERY = 200
PAGED = frozenset({"/corrections", "/corrections.json"})
"""The addresses of lists that have pages; of the query of any other nothing is looked at."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One address as asked for. Its `key` names what may be answered alike to everybody.

    `path` has no language in front; `prefix` is `/fr` where the address named one. `origin` is scheme and
    host as the world knows them, `query` what of the query our pages look at, `home` whose record it is.
    `today` is the record's day and `day` the outlet's: a page may rest on either.
    """

    path: str
    language: str
    prefix: str
    origin: str
    query: tuple[tuple[str, str], ...] = ()
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    day: date = field(default_factory=clock.today)
    home: str = ""

    @property
    def page(self) -> int:
        """Which page of a list, from 1."""
        return int(dict(self.query).get("page", "1"))

    def whole(self, path: str) -> str:
        """A path of ours as an absolute address, in the language that was named, if one was."""
        return f"{self.origin}{self.prefix}{path}"


def asking_of(request: HttpRequest, path: str, language: str, *, named: bool) -> Asking:
    """What `request` asks for. Raises `DisallowedHost` for a name that is not ours."""
    host = request.get_host()
    return Asking(
        path,
        language,
        f"/{language}" if named else "",
        settings.MASTHEAD.address.rstrip("/") or f"{request.scheme}://{host}",
        _looked_at(request.META.get("QUERY_STRING", "")) if path in PAGED else (),
        home=str(settings.MASTHEAD_HOME),
    )


def _looked_at(query: str) -> tuple[tuple[str, str], ...]:
    """What of a query changes an answer: a page of a list, spelt in one way. The rest would fill memory."""
    if not query or len(query) > LONGEST_QUERY:
        return ()
    said = parse_qs(query).get("page", ["1"])[-1]
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 1
    return (("page", str(number)),) if number > 1 else ()
