"""What the gate advises can be done at the desk."""

from hypothesis import given
from tests.gate.strategies import checklists, facts

from masthead.desk.item.ways import PLACES
from masthead.gate import decide, findings, floor, rules


@given(facts, checklists)
def test_every_way_out_of_whatever_is_in_the_way_has_an_address(version, controls):
    decided = decide(version, controls)
    for obstacle in (*decided.obstacles, *decided.warnings):
        assert {way.template for way in obstacle.ways_out} <= PLACES.keys()


def test_every_way_out_that_is_written_down_has_an_address():
    told = {way.template for ways in findings.WAYS_OUT.values() for way in ways}
    told |= {way.template for _, _, ways in rules.STATUSES.values() for way in ways}
    told |= {way.template for _, *ways in floor.MARKS.values() for way in ways}
    assert told <= PLACES.keys()
