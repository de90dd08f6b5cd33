"""A check that ends only when all who run it are inside it."""

import threading

from masthead.checks.finding import Outcome
from masthead.checks.subject import Subject

together = threading.Barrier(1)


class Slow:
    id = "slow"
    version = "1"

    def __call__(self, subject: Subject) -> Outcome:
        together.wait(60)
        return Outcome()
