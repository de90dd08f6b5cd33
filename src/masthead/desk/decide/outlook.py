"""What stands before publication: clear and what will happen, or what is in the way and the ways out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from masthead.desk.decide.told import Told, told
from masthead.desk.item.ways import Way, way
from masthead.gate.clearance import Clearance, Obstacle
from masthead.gate.decide import NEVER_OVERRIDDEN
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.models import BreakGlass, Publication, Withdrawal
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.review.standing import live_break_glass, live_sign_off, publications, withdrawal
from masthead.newsroom.review.telling import record_of


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Something in the way, with its ways out; `quote` is the words that a finding is about."""

    obstacle: Obstacle
    ways: tuple[Way, ...]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the newest version of an item stands before publication."""

    version: Version
    clearance: Clearance
    obstacles: tuple[InTheWay, ...]
    told: tuple[Told, ...]
    glass: BreakGlass | None
    """The decision to publish past the gate, where the version goes out on it."""
    out: Publication | None
    """What of the item is out now, whichever version."""
    gone: Withdrawal | None

    @property
    def is_out(self) -> bool:
        """Whether this very version is out."""
        return self.out is not None and self.out.version_id == self.version.id

    @property
    def breakable(self) -> bool:
        """Whether everything in the way could be passed over in an emergency."""
        return not self.clearance.clear and not unbreakable(self.clearance)


def outlook(item: Item, who: Someone, *, now: datetime) -> Outlook:
    """Where the newest version of `item` stands, with the ways out that `who` may take."""
    version = newest(item)
    version.item = item
    decided = clearance(version, now=now)
    glass = live_break_glass(version) if decided.overridden else None
    out = publications(item)
    return Outlook(
        version=version,
        clearance=decided,
        obstacles=in_the_way(version, decided.obstacles, who),
        told=told(record_of(version, glass or live_sign_off(version))),
        glass=glass,
        out=out[-1] if out else None,
        gone=withdrawal(item),
    )


def in_the_way(version: Version, obstacles: Sequence[Obstacle], who: Someone) -> tuple[InTheWay, ...]:
    """Each obstacle with the words it is about, and where it is cleared."""
    seen = OnRecord(version)
    found = seen.findings if any(each.finding for each in obstacles) else ()
    quotes = {each.fingerprint: each.quote for each in found}
    return tuple(
        InTheWay(
            each,
            tuple(way(words, seen, each, who) for words in each.ways_out),
            quotes.get(each.finding or "") or "",
        )
        for each in obstacles
    )


def unbreakable(decided: Clearance) -> tuple[Obstacle, ...]:
    """What even an emergency does not pass over."""
    return tuple(each for each in decided.obstacles if each.code in NEVER_OVERRIDDEN)
