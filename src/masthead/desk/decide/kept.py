"""What is handed in on one page and sent from the next: kept by its hash, for who handed it in alone."""

from dataclasses import dataclass
from typing import Self

from django.core import signing

from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.items import blobs
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Item

SALT = "masthead.desk.decide.kept"
HOURS = 24


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits for a second page. `file` is whether it was handed in as one, or typed."""

    given: Given
    token: str
    file: bool

    @classmethod
    def keep(cls, who: Someone, item: Item, given: Given, *, file: bool) -> Self:
        """Keep `given`; its token opens nothing to anyone else, nor for another item."""
        said = {"sha256": blobs.keep(given.content), "name": given.name, "file": file, **_for(who, item)}
        return cls(given, signing.dumps(said, salt=SALT), file)

    @classmethod
    def opened(cls, who: Someone, item: Item, token: str) -> Self | None:
        """What was kept under `token`; None where it is another's, altered or too old."""
        try:
            said = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
        except signing.BadSignature:
            return None
        if any(said.get(name) != value for name, value in _for(who, item).items()):
            return None
        return cls(Given(said["name"], blobs.fetch(said["sha256"])), token, said["file"])


def _for(who: Someone, item: Item) -> dict[str, str]:
    return {"who": str(who.id), "item": item.public_id}
