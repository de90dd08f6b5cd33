"""What the API gives where it does not do what was asked."""

from ninja import Schema

from masthead.api.giving.clearance import ObstacleOut


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(Schema):
    """RFC 9457 problem details: what happened, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    on_record: bool | None = None
    """True where what was asked for is on record, and only what follows from it is not done yet."""
    errors: list[FieldProblem] | None = None
    obstacles: list[ObstacleOut] | None = None
