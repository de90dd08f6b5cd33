"""Which folders an item was written to, so that a correction or a withdrawal reaches them all.

Not evidence, and nothing the public sees: a small file in the home folder.
"""

import json
from pathlib import Path

from django.conf import settings

from masthead.newsroom import lasting
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.files import BUNDLE


def _file(item: Item) -> Path:
    return Path(settings.MASTHEAD_HOME) / "folders" / f"{item.public_id}.json"


def known(item: Item) -> list[Path]:
    """The folders the item was written to and that are still there, oldest first."""
    try:
        kept = json.loads(_file(item).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [folder for folder in map(Path, kept) if folder.is_dir() and not _another(folder, item)]


def away(item: Item) -> list[Path]:
    """The folders it was written to that may come back: what they stand in is not there just now."""
    try:
        kept = json.loads(_file(item).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [folder for folder in map(Path, kept) if not folder.parent.is_dir()]


def _another(folder: Path, item: Item) -> bool:
    """Whether the folder has come to hold another item, which is not ours to write over."""
    try:
        return item.public_id not in (folder / BUNDLE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def last(item: Item) -> Path | None:
    """The folder it was written to last, if it is still there."""
    return next(reversed(known(item)), None)


def remember(item: Item, folder: Path) -> None:
    """Note that the item was written to `folder`."""
    here = str(folder.absolute())
    kept = [str(each) for each in (*away(item), *known(item))]
    if here in kept:
        return
    path = _file(item)
    lasting.made(path.parent)
    lasting.replace(path, f"{json.dumps([*kept, here])}\n".encode(), fresh=path.with_suffix(".new"))
