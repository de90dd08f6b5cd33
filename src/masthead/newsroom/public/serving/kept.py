"""Public answers kept in memory, each as long as nothing on record can have changed it."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock

from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.freshness import Rests, head, touched

ROOM = 32_000_000
"""Bytes that all kept answers together may take."""
LARGEST = 1_000_000
"""Bytes of the largest answer that is kept; a large picture comes from the disk each time."""
WORTH_PACKING = 500


@dataclass(frozen=True, slots=True)
class Body:
    """One answer: its bytes and how to send them. `rests` is None for one that is made anew each time.

    `negotiated` is whether it reads differently in another language.
    """

    content: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    rests: Rests | None = None
    negotiated: bool = True
    packed: bytes = b""
    """The content as gzip; empty where that is not worth it."""
    etag: str = ""


@dataclass(slots=True)
class _Kept:
    body: Body
    as_of: int
    """How many entries the log had when it was made, or last looked at."""


@dataclass(slots=True)
class _Turn:
    lock: Lock = field(default_factory=Lock)
    waiting: int = 0


class Store:
    """Answers by what was asked; the one used longest ago leaves first. Safe to use from any thread."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[Asking, _Kept] = OrderedDict()
        self._turns: dict[Asking, _Turn] = {}
        self._lock = Lock()

    def fresh(self, asking: Asking) -> Body | None:
        """The kept answer, where it still stands."""
        with self._lock:
            kept = self._kept.get(asking)
            if kept is None:
                return None
            self._kept.move_to_end(asking)
        size = head()
        if size != kept.as_of:
            # A log that is shorter is another log, or an older copy of it.
            if size < kept.as_of or kept.body.rests is None or touched(kept.body.rests, kept.as_of):
                return None
            kept.as_of = size
        return kept.body

    def get(self, asking: Asking, make: Callable[[], Body]) -> Body:
        """The kept answer, or a new one: of many who ask at once, one makes it and the others wait."""
        with self._turn(asking):
            kept = self.fresh(asking)
            if kept is not None:
                return kept
            # Counted before it is made: whatever is recorded meanwhile makes it stale.
            size = head()
            body = ready(make())
            self._keep(asking, body, size)
            return body

    def _keep(self, asking: Asking, body: Body, size: int) -> None:
        with self._lock:
            self._drop(asking)
            if body.rests is None or _weight(body) > LARGEST:
                return
            self._kept[asking] = _Kept(body, size)
            self._taken += _weight(body)
            while self._taken > self._room:
                self._drop(next(iter(self._kept)))

    def _drop(self, asking: Asking) -> None:
        gone = self._kept.pop(asking, None)
        if gone is not None:
            self._taken -= _weight(gone.body)

    @contextmanager
    def _turn(self, asking: Asking) -> Iterator[None]:
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


def _weight(body: Body) -> int:
    return len(body.content) + len(body.packed) + 500


def ready(body: Body) -> Body:
    """`body` with its tag, and packed where that makes it shorter."""
    packed = b""
    if len(body.content) > WORTH_PACKING and _is_text(body.media_type):
        packed = gzip.compress(body.content, 6, mtime=0)
    return replace(body, packed=packed, etag=sha256(body.content).hexdigest()[:32])


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or "json" in media_type or "xml" in media_type


store = Store()
