"""What no command says, recorded all the same: a clock that stood wrong, a day that is long past."""

from typing import Any

from django.db.models import QuerySet

from masthead.newsroom.evidence import erasing
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.evidence.vouched import Mutable, Vouched


def recorded_as(rows: "QuerySet[Any]", **columns: Any) -> None:
    """Set columns of rows, append-only ones too, by an entry that vouches for them as they are then."""
    model: type[Vouched] = rows.model

    def decide(r: Recording) -> dict[str, Any]:
        if issubclass(model, Mutable):
            r.change_all(rows, **columns)
            return dict.fromkeys(FIELDS[Kind.POLICY_ADOPTED].opens)
        erasing.blank(r, model, {each.pk: columns for each in rows})
        return dict.fromkeys(FIELDS[Kind.DATA_ERASED].opens) | {"removed": {}}

    changes = issubclass(model, Mutable)
    record(Kind.POLICY_ADOPTED if changes else Kind.DATA_ERASED, actor=None, decide=decide)
