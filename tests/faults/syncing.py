"""What a process asks of the disk, in its order, and whether that outlasts the loss of power.

The real calls go through and are noted: files and folders synced, renamed, linked and made, and writes to the
database between them. What SQLite asks for by itself is not seen: it syncs what it commits.
"""

import os
import stat
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class Disk:
    """What was asked for: `told` holds words for people, `faults` what a loss of power would undo."""

    def __init__(self, *unneeded):
        self.told, self.faults = [], []
        self._unneeded = unneeded
        self._synced = set()
        """Files that were synced, by inode, since they were opened for writing here."""
        self._owed = {}
        """Folders of which a name is not synced yet, by inode, with that name."""

    def sync(self, opened):
        found = os.fstat(opened)
        self.told.append(f"sync {Path(f'/proc/self/fd/{opened}').readlink().name}")
        if stat.S_ISDIR(found.st_mode):
            self._owed.pop(found.st_ino, None)
        else:
            self._synced.add(found.st_ino)

    def named(self, how, path, *, content=None):
        """A file or folder at `path` has its name: the folder is to be synced for it to last."""
        path = Path(path)
        if any(path.match(pattern) for pattern in self._unneeded):
            return
        self.told.append(f"{how} {path.name}")
        if content is not None and content not in self._synced:
            self.faults.append(f"{path.name} has its name before it is synced")
        self._owed[path.parent.stat().st_ino] = path.name

    def relied_on(self, what):
        """What comes now rests on all names before it."""
        self.told.append(what)
        self.faults += [f"{name} may have lost its name by {what}" for name in self._owed.values()]
        self._owed.clear()


@contextmanager
def watched(*unneeded):
    """Note all of it inside the block; raises AssertionError with what a loss of power would undo."""
    disk = Disk(*unneeded)
    real = {name: getattr(os, name) for name in ("fsync", "rename", "replace", "link", "mkdir")}

    def moved(name):
        def call(source, target, **how):
            found = Path(source).stat()
            real[name](source, target, **how)
            content = None if stat.S_ISDIR(found.st_mode) else found.st_ino
            if content is None or Path(source).name != Path(target).name:
                disk.named(name, target, content=content)
            else:  # moved as it is: it was whole where it was
                disk.named(name, target)

        return call

    def sync(opened):
        real["fsync"](opened)
        disk.sync(opened if isinstance(opened, int) else opened.fileno())

    def make(path, *how, **more):
        real["mkdir"](path, *how, **more)
        disk.named("mkdir", path)

    def statement(execute, sql, params, many, context):
        if str(sql).lstrip().upper().startswith(WRITES) and "evidence_" in str(sql):
            disk.relied_on(" ".join(str(sql).split()[:3]))
        return execute(sql, params, many, context)

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(statement):
        patch.setattr(os, "fsync", sync)
        patch.setattr(os, "mkdir", make)
        for name in ("rename", "replace", "link"):
            patch.setattr(os, name, moved(name))
        yield disk
    disk.relied_on("the end")
    assert not disk.faults, (disk.faults, disk.told)
