"""What was made from the record and is kept in memory, as long as nothing on record can have changed it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from masthead.newsroom.evidence.kinds import ERASING, Kind
from masthead.newsroom.evidence.log import Receipt, recorded
from masthead.newsroom.public.serving.freshness import Rests, beside, found, head, touched

ROOM = 32_000_000
"""Bytes that all answers kept in one store may take."""
LARGEST = 1_000_000
"""Bytes of the largest answer that is kept; a large picture comes from the disk each time."""


class Keepable(Protocol):
    """An answer that says what it rests on, None for one that is made anew each time, and its bytes."""

    @property
    def rests(self) -> Rests | None: ...  # noqa: D102

    @property
    def weight(self) -> int: ...  # noqa: D102


@dataclass(slots=True)
class _Kept[V]:
    body: V
    as_of: int
    """How many entries the log had when it was made, or last looked at."""
    damage: tuple[str, ...]
    """What was known to be damaged when it was made."""


@dataclass(slots=True)
class _Turn[V]:
    """Those who ask for one answer at once. Whoever had come before it was begun may have what was made."""

    lock: Lock = field(default_factory=Lock)
    came: int = 0
    left: int = 0
    made: V | None = None
    made_for: int = 0
    """How many had come when `made` was begun."""


class Store[K: Hashable, V: Keepable]:
    """Answers by what was asked; the one used longest ago leaves first. Safe to use from any thread."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._cleared = 0
        self._kept: OrderedDict[K, _Kept[V]] = OrderedDict()
        self._turns: dict[K, _Turn[V]] = {}
        self._lock = Lock()

    def fresh(self, asking: K) -> V | None:
        """The kept answer, where it still stands."""
        with self._lock:
            kept = self._kept.get(asking)
            if kept is None:
                return None
            self._kept.move_to_end(asking)
        if kept.damage != found():
            return None
        on = kept.body.rests
        if on is not None and on.beside is not None and on.beside != beside():
            return None
        size = head()
        if size != kept.as_of:
            # A log that is shorter is another log, or an older copy of it.
            if size < kept.as_of or kept.body.rests is None or touched(kept.body.rests, kept.as_of):
                return None
            kept.as_of = size
        return kept.body

    def get(self, asking: K, make: Callable[[], V]) -> V:
        """The kept answer, or a new one: of many who ask at once, one makes it and the others wait.

        One that is not kept is made for all who came before it was begun: nobody waits for more than two.
        """
        with self._turn(asking) as (turn, number):
            if turn.made is not None and number <= turn.made_for:
                return turn.made
            kept = self.fresh(asking)
            if kept is not None:
                return kept
            with self._lock:
                came, cleared = turn.came, self._cleared
            # Counted before it is made: whatever is recorded meanwhile makes it stale.
            size, damage = head(), found()
            body = make()
            self._keep(asking, _Kept(body, size, damage), cleared)
            if cleared == self._cleared:
                turn.made, turn.made_for = body, came
            return body

    def clear(self) -> None:
        """Keep nothing of what was kept so far."""
        with self._lock:
            self._kept.clear()
            self._taken = 0
            for turn in self._turns.values():
                turn.made = None
            self._cleared += 1

    def _keep(self, asking: K, kept: _Kept[V], cleared: int) -> None:
        body = kept.body
        with self._lock:
            self._drop(asking)
            # What was to be forgotten while it was made is not kept.
            if cleared != self._cleared or body.rests is None or body.weight > LARGEST:
                return
            self._kept[asking] = kept
            self._taken += body.weight
            while self._taken > self._room:
                self._drop(next(iter(self._kept)))

    def _drop(self, asking: K) -> None:
        gone = self._kept.pop(asking, None)
        if gone is not None:
            self._taken -= gone.body.weight

    @contextmanager
    def _turn(self, asking: K) -> Iterator[tuple[_Turn[V], int]]:
        """One's turn, and as the how many-th one came."""
        with self._lock:
            turn = self._turns.setdefault(asking, _Turn())
            turn.came += 1
            number = turn.came
        try:
            with turn.lock:
                yield turn, number
        finally:
            with self._lock:
                turn.left += 1
                if turn.left == turn.came:
                    del self._turns[asking]


def when_protected(forget: Callable[[], object]) -> None:
    """Have `forget` called once an item became protected, or something was erased: nothing of it is to stay.

    In the process that does so; the others find what they keep stale (`freshness`) before it is shown.
    """

    def told(receipt: Receipt, **_: object) -> None:
        if receipt.kind in {Kind.ITEM_PROTECTED, *ERASING}:
            forget()

    recorded.connect(told, weak=False)
