"""An answer that is kept for a while, for what anyone may ask and costs somebody else to answer."""

import threading
from collections.abc import Callable
from time import monotonic


class Asked:
    """Whether something is well, asked at most once in `seconds` by this process; an error is a no.

    One asks at a time. Whoever comes meanwhile is told what was said before, so that a service which hangs
    holds one request and not all of them; before there is an answer, they wait for it.
    """

    def __init__(
        self, question: Callable[[], bool], seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self._question = question
        self._seconds = seconds
        self._clock = clock
        self._asking = threading.Lock()
        self._said: tuple[float, bool] | None = None

    def __call__(self) -> bool:
        """The answer, no older than `seconds` unless it is being asked for just now."""
        said = self._said
        if said is not None and self._fresh(said):
            return said[1]
        if not self._asking.acquire(blocking=said is None):
            return said is not None and said[1]
        try:
            # Whoever waited for the first answer has it now.
            if self._said is None or not self._fresh(self._said):
                self._said = (self._clock(), self._answer())
            return self._said[1]
        finally:
            self._asking.release()

    def _fresh(self, said: tuple[float, bool]) -> bool:
        return self._clock() - said[0] < self._seconds

    def _answer(self) -> bool:
        try:
            return self._question()
        except Exception:  # noqa: BLE001 - whatever it is, this is not well
            return False
