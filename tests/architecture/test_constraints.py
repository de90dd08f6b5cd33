"""What a CHECK of the database makes of an empty column: UNKNOWN, which the database lets pass.

So each constraint is true or false whichever of its columns are empty; one that is neither holds nothing.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Field
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull
from django.db.models.sql.query import Query
from django.db.models.sql.where import AND, OR, WhereNode

CHECKS = [
    pytest.param(model, constraint, id=constraint.name)
    for model in apps.get_models()
    if model.__module__.startswith("masthead.")
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint)
]
type Truth = bool | None
"""SQL's three: true, false, and None for UNKNOWN."""


def columns(lookup) -> set[Field]:
    return {side.target for side in (lookup.lhs, lookup.rhs) if isinstance(side, Col)}


def lookups(node) -> Iterator:
    for each in node.children:
        yield from lookups(each) if isinstance(each, WhereNode) else (each,)


def truths(node, empty: set[Field]) -> set[Truth]:
    """What a condition can come to where these columns are empty and no others."""
    if isinstance(node, IsNull):
        return {(node.lhs.target in empty) is bool(node.rhs)}
    if not isinstance(node, WhereNode):
        return {None} if columns(node) & empty else {True, False}
    assert node.connector in (AND, OR)
    parts = [truths(each, empty) for each in node.children]
    found = {joined(each, stops=node.connector == OR) for each in product(*parts)}
    return {None if each is None else not each for each in found} if node.negated else found


def joined(parts: tuple[Truth, ...], *, stops: bool) -> Truth:
    """A true part decides an OR, a false one an AND; else one that is unknown does."""
    return stops if stops in parts else None if None in parts else not stops


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_no_constraint_is_slipped_through_by_an_empty_column(model, constraint):
    where = Query(model, alias_cols=False).build_where(constraint.condition)
    nullable = sorted({each for one in lookups(where) for each in columns(one) if each.null})
    for chosen in product([False, True], repeat=len(nullable)):
        empty = {each for each, there in zip(nullable, chosen, strict=True) if not there}
        assert None not in truths(where, empty), f"UNKNOWN without {[each.name for each in empty]}"
