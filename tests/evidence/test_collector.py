"""Python's collector of garbage is held off for a batch, and is as it was after it."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import pytest
from tests.evidence.test_bulk import add, decide, names

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.evidence.bulk import Made, record_all
from masthead.newsroom.evidence.collector import held_off
from masthead.newsroom.evidence.kinds import Kind


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    yield
    gc.enable()


def test_it_does_not_collect_while_a_batch_is_written_and_does_between_two_of_them(log):
    seen = []

    def look(some: Sequence[str], now: datetime) -> Iterable[Made]:
        seen.append(gc.isenabled())
        return decide(some, now)

    between = [
        gc.isenabled() for _ in record_all(Kind.PERSON_ADDED, names(6), actor=None, decide=look, at_once=2)
    ]
    assert (seen, between) == ([False] * 3, [True] * 3)


def test_it_collects_again_after_a_batch_that_was_refused(log):
    def refuse(some: Sequence[str], now: datetime) -> Iterable[Made]:
        raise Refused(Message("Refused."), Message("Nothing to do."))

    with pytest.raises(Refused):
        next(record_all(Kind.PERSON_ADDED, names(2), actor=None, decide=refuse))
    assert gc.isenabled()


def test_where_it_was_held_off_before_it_stays_so(log):
    gc.disable()
    add(names(2))
    with held_off():
        pass
    assert not gc.isenabled()
