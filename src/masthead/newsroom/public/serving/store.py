"""What was made from the record and is kept in memory, as long as nothing on record can have changed it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Receipt, recorded
from masthead.newsroom.public.serving.freshness import Rests, beside, head, touched

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


@dataclass(slots=True)
class _Turn:
    lock: Lock = field(default_factory=Lock)
    waiting: int = 0


class Store[K: Hashable, V: Keepable]:
    """Answers by what was asked; the one used longest ago leaves first. Safe to use from any thread."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._cleared = 0
        self._kept: OrderedDict[K, _Kept[V]] = OrderedDict()
        self._turns: dict[K, _Turn] = {}
        self._lock = Lock()

    def fresh(self, asking: K) -> V | None:
        """The kept answer, where it still stands."""
        with self._lock:
            kept = self._kept.get(asking)
            if kept is None:
                return None
            self._kept.move_to_end(asking)
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
        """The kept answer, or a new one: of many who ask at once, one makes it and the others wait."""
        with self._turn(asking):
            kept = self.fresh(asking)
            if kept is not None:
                return kept
            # Counted before it is made: whatever is recorded meanwhile makes it stale.
            size, cleared = head(), self._cleared
            body = make()
            self._keep(asking, body, size, cleared)
            return body

    def clear(self) -> None:
        """Keep nothing of what was kept so far."""
        with self._lock:
            self._kept.clear()
            self._taken = 0
            self._cleared += 1

    def _keep(self, asking: K, body: V, size: int, cleared: int) -> None:
        with self._lock:
            self._drop(asking)
            # What was to be forgotten while it was made is not kept.
            if cleared != self._cleared or body.rests is None or body.weight > LARGEST:
                return
            self._kept[asking] = _Kept(body, size)
            self._taken += body.weight
            while self._taken > self._room:
                self._drop(next(iter(self._kept)))

    def _drop(self, asking: K) -> None:
        gone = self._kept.pop(asking, None)
        if gone is not None:
            self._taken -= gone.body.weight

    @contextmanager
    def _turn(self, asking: K) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(asking, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[asking]


def when_protected(forget: Callable[[], object]) -> None:
    """Have `forget` called once an item became protected, or something was erased: nothing of it is to stay.

    In the process that does so; the others find what they keep stale (`freshness`) before it is shown.
    """

    def told(receipt: Receipt, **_: object) -> None:
        if receipt.kind in (Kind.ITEM_PROTECTED, Kind.DATA_ERASED):
            forget()

    recorded.connect(told, weak=False)
