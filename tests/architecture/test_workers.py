"""The tests use the cores there are for them, and no more."""

import math

import pytest
from tests import workers


@pytest.mark.parametrize(
    ("said", "cores"), [("max 100000\n", math.inf), ("150000 100000\n", 1.5), ("400000 100000\n", 4)]
)
def test_the_limit_of_a_container_is_understood(said, cores):
    assert workers.allowed(said) == cores


@pytest.mark.parametrize(
    ("cores", "for_each", "processes"),
    [(0.5, 1, 1), (2, 1, 2), (2, 1.5, 3), (3.5, 1, 3), (64, 1, workers.MOST)],
)
def test_there_is_a_process_for_each_core(cores, for_each, processes):
    assert workers.count(cores, for_each) == processes
