"""Columns of our own."""

from typing import Any

from django.db import models

from masthead.newsroom.said import key


class NameKey(models.CharField):  # type: ignore[type-arg]  # generic for the checker alone
    """What makes two names one, filled in from the row's `name` as it is first written."""

    def __init__(self, **options: Any) -> None:
        # Folding case makes a letter into three at most (U+0390).
        super().__init__(**{"max_length": 600, "unique": True, "editable": False, **options})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Give the key of the name."""
        value = key(str(model_instance.name))  # type: ignore[attr-defined]  # every row with a key has a name
        setattr(model_instance, self.attname, value)
        return value
