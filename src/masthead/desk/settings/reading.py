"""The settings in force, where each comes from, and what may be shown of its value."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import number_format

from masthead.desk.settings.words import GROUPS, Explained
from masthead.errors import MastheadError
from masthead.language import Message
from masthead.newsroom.site import home

ENVIRONMENT = Message("from the environment")
FILE = Message("from config.toml")
DEFAULT = Message("as delivered")
SECRETS = ("secret",)
"""Members of tables that are never shown, not even in part."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting. `value` is empty where nothing is set."""

    name: str
    variable: str
    value: str
    source: Message
    explained: Explained


@dataclass(frozen=True, slots=True)
class Group:
    """Settings about one thing."""

    name: Message
    settings: list[Shown]


def groups() -> list[Group]:
    """Every setting as the running desk has it."""
    kept = _kept()
    return [
        Group(name, [_shown(each, explained, kept) for each, explained in members.items()])
        for name, members in GROUPS
    ]


def restart_needed() -> bool:
    """Whether file or environment say something else than what was read when the desk started."""
    try:
        return home.settings(settings.MASTHEAD_HOME) != settings.MASTHEAD
    except MastheadError:
        return True


def _kept() -> Mapping[str, Any]:
    path: Path = settings.MASTHEAD_HOME / "config.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _shown(name: str, explained: Explained, kept: Mapping[str, Any]) -> Shown:
    variable = f"MASTHEAD_{name.upper()}"
    value = getattr(settings.MASTHEAD, name)
    named = os.environ.get(variable) or any(
        said for each, said in os.environ.items() if isinstance(value, Mapping) and _member(each, variable)
    )
    source = ENVIRONMENT if named else FILE if name in kept else DEFAULT
    return Shown(name, variable, said(value), source, explained)


def _member(each: str, variable: str) -> bool:
    return each.startswith(f"{variable}_")


def said(value: object) -> str:
    """A value as it may be shown: no password, no secret of a table, of an address only where it is."""
    if isinstance(value, bool):
        return str(Message("yes")) if value else str(Message("no"))
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {part}" for name, part in value.items() if part and name not in SECRETS)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return _without_secrets(str(value))


def _without_secrets(text: str) -> str:
    """An address without who logs in there and with what; anything else as it is."""
    if "://" not in text:
        return text
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
