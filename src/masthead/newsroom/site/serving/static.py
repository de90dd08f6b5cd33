"""Lay out style, scripts and pictures in the home folder: compressed, under names with their hash."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

NOT_THESE = ["CVS", ".*", "*~", "htmx-2*", "htmx-4.js", "htmax-*", "ext", "django-htmx.js"]
"""What is no file of anybody's, and editions of htmx that no page asks for: they took longest to compress."""
STAMP = "stamp"


def lay_out(home: Path) -> bool:
    """Make `home/static` what the installed packages bring now; False where it is that already.

    Made beside it and put in its place whole, so that a run that is cut off leaves what was there.
    """
    found = dict(_found())
    stamp = _stamp(found)
    there = home / "static"
    if (there / STAMP).is_file() and (there / STAMP).read_text(encoding="ascii") == stamp:
        return False
    fresh, old = home / f"static.{os.getpid()}", home / f"static.old.{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    _fill(fresh, found)
    (fresh / STAMP).write_text(stamp, encoding="ascii")
    if there.exists():
        there.rename(old)
    fresh.rename(there)
    shutil.rmtree(old, ignore_errors=True)
    return True


def _found() -> Iterator[tuple[str, Storage]]:
    """Every file by its path, and where it is read; of two with one path the first, as Django has it."""
    seen = set()
    for finder in get_finders():
        for path, storage in finder.list(NOT_THESE):
            if path not in seen:
                seen.add(path)
                yield path, storage


def _stamp(found: dict[str, Storage]) -> str:
    """What tells one state of these files from another: sizes and times, so that nothing is read."""
    digest = hashlib.sha256()
    for path, storage in sorted(found.items(), key=lambda each: each[0]):
        size, modified = storage.size(path), storage.get_modified_time(path)
        digest.update(f"{path}\0{size}\0{modified.timestamp()}\0".encode())
    return digest.hexdigest()


def _fill(folder: Path, found: dict[str, Storage]) -> None:
    storage = CompressedManifestStaticFilesStorage(location=folder, base_url=settings.STATIC_URL)
    for path, source in found.items():
        with source.open(path) as file:
            storage.save(path, file)
    for _, _, processed in storage.post_process({path: (storage, path) for path in found}):
        if isinstance(processed, Exception):
            raise processed
