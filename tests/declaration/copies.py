"""Copies of our catalogue on disk that a test can break."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

from masthead.declaration.loader import DATA

FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.toml"))

type Path_ = tuple[str | int, ...]


def copy_to(folder: Path) -> Path:
    return Path(copytree(DATA, folder / "catalogue"))


def content(file: str) -> dict[str, Any]:
    return tomllib.loads((DATA / file).read_text(encoding="utf-8"))


def write(folder: Path, file: str, data: dict[str, Any]) -> None:
    lines = [f"{json.dumps(key)} = {_inline(value)}" for key, value in data.items()]
    (folder / file).write_text("\n".join(lines), encoding="utf-8")


def keys(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of every key of every table, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from keys(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from keys(inner, (*path, place))


def without(data: dict[str, Any], path: Path_) -> dict[str, Any]:
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return data


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
