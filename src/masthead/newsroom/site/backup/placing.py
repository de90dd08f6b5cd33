"""Lay what was restored in its place, file by file, and what was there aside: nothing is written over."""

import shutil
from pathlib import Path

from masthead.newsroom import lasting
from masthead.newsroom.evidence import high_water
from masthead.newsroom.site.backup import layout
from masthead.newsroom.site.backup.begun import STAGED
from masthead.newsroom.witness.keys import BOUND

_OURS_STAYS = ("keys", "config.toml", "damage", "erasures.jsonl", "last-round", "witnessed")
"""What stays as it is in the home folder, and is only laid in where it is missing: of what was erased, and of
what was seen of others' logs, the folder knows more than any copy. Who forgets a head cosigns a fork."""
_NEVER = (BOUND,)
"""What no copy can say of the folder it is put back in: that it knows all that a witness's key has signed."""
_SIDES = ("db.sqlite3-wal", "db.sqlite3-shm")


def put_in_place(home: Path, aside: Path) -> Path | None:
    """Move each staged file to its place, and what was there to `aside`; again where it was cut off.

    Gives `aside`, None where there was nothing to be moved.
    """
    staged = home / STAGED
    # The copy's mark is not laid here: the folder's own has risen to it already, and may be further.
    (staged / high_water.FILE).unlink(missing_ok=True)
    for path in [path for path in sorted(staged.rglob("*")) if path.is_file()]:
        name = path.relative_to(staged)
        target = home / name
        if name in _NEVER or (target.exists() and (name.parts[0] in _OURS_STAYS or _alike(path, target))):
            path.unlink()
            continue
        if name == Path(layout.DATABASE):
            for side in _SIDES:
                _move_aside(home / side, aside / side)
        if target.exists():
            _move_aside(target, aside / name)
        lasting.made(target.parent)
        path.rename(target)
        lasting.sync(target.parent)
    shutil.rmtree(staged, ignore_errors=True)
    return aside if aside.exists() else None


def _alike(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and layout.digest_of(one) == layout.digest_of(other)


def _move_aside(path: Path, target: Path) -> None:
    if not path.exists():
        return
    lasting.made(target.parent)
    names = (target, *(target.with_name(f"{target.name}.{number}") for number in range(2, 100)))
    path.rename(next(each for each in names if not each.exists()))
    lasting.sync(target.parent)
