"""What looks like a setting and is none: a letter too many, and what was meant says nothing."""

import os
from collections.abc import Iterator
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from masthead import modes
from masthead.language import Message
from masthead.newsroom.site.chosen import OIDC, read
from masthead.newsroom.site.home import Settings
from masthead.newsroom.site.serving.ending import SERVED_BY

PREFIX = "MASTHEAD_"
_TABLES = frozenset({"checks", "oidc"})
"""Settings that are a table: the file alone says them, or the environment by their parts."""
_KEYS = tuple(each.name for each in fields(Settings))
_VARIABLES = (
    *(f"{PREFIX}{each}" for each in ("HOME", "LANGUAGE", "SECRET_KEY")),
    *(f"{PREFIX}{each.upper()}" for each in _KEYS if each not in _TABLES),
    *(f"{PREFIX}OIDC_{each.upper()}" for each in OIDC),
)
TOLD = f"{PREFIX}TOLD"
"""Says to a process of ours that who started it has told of what is mistyped."""
_OURS = frozenset({modes.OUTER, SERVED_BY, TOLD})
"""What one process of ours tells another: nobody is to set it, and nobody has mistyped it."""


def mistyped(home: Path) -> Iterator[Message]:
    """A warning for each variable and each line of `config.toml` that no setting has; never its value."""
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in _VARIABLES and name not in _OURS:
            yield _warning(name, _VARIABLES)
    for name in read(home / "config.toml"):
        if name not in _KEYS:
            yield _warning(name, _KEYS)


def _warning(name: str, known: tuple[str, ...]) -> Message:
    if near := get_close_matches(name, known, 1):
        return Message(
            "There is no setting %(name)s, so it says nothing. Did you mean %(near)s?",
            {"name": name, "near": near[0]},
        )
    return Message(
        "There is no setting %(name)s, so it says nothing. The page Settings of the docs lists them all.",
        {"name": name},
    )
