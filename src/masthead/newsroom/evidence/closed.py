"""Closed lists in the database: a column that can hold the members of a vocabulary and nothing else."""

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q


def one_of(members: type[StrEnum], **options: Any) -> "models.CharField[str, str]":
    """A text column for a member of `members`; pair it with `known`."""
    return models.CharField(
        max_length=32, choices=[(member.value, member.value) for member in members], **options
    )


def known(column: str, members: type[StrEnum], *, optional: bool = False) -> CheckConstraint:
    """Hold `column` to the members of `members` (or to the empty text, where `optional`)."""
    allowed = [member.value for member in members] + ([""] if optional else [])
    return CheckConstraint(
        condition=Q(**{f"{column}__in": allowed}), name=f"%(app_label)s_%(class)s_{column}_known"
    )
