"""Rows of which one moment may be none, for pages that tell the rest: what is wrong `verify` names."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Model, QuerySet

from masthead.newsroom.evidence.moments import NoMoment
from masthead.newsroom.evidence.trouble import told_plainly


def legible[M: Model](rows: QuerySet[M], moment: str) -> list[M]:
    """The `rows`; where that column of one cannot be read, all without it, to be read by `or_none`."""
    try:
        with told_plainly():
            return list(rows)
    except NoMoment:
        return list(rows.defer(moment))


def or_none(read: Callable[[], datetime]) -> datetime | None:
    """The moment that `read` gives; None where what stands there is none."""
    try:
        with told_plainly():
            return read()
    except NoMoment:
        return None
