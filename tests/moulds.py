"""Organisations founded once, of which each test gets a copy: founding takes longer than most tests do.

A copy is what founding left, byte for byte: its home folder and its database. Only the keys are the same in
each of them, and no two of them ever meet.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from tests import databases
from tests.newsroom.desk import Desk, founded

from masthead.vocabulary import Profile


@dataclass(frozen=True)
class Mould:
    """An organisation as it was founded, and the name under which its database is kept."""

    name: str
    desk: Desk

    def fill(self, home: Path) -> None:
        """Lay in `home` what founding left there, the database aside."""
        shutil.copytree(self.desk.home, home, dirs_exist_ok=True)

    def at(self, home: Path) -> Desk:
        """Its people, in the copy at `home`."""
        return replace(self.desk, home=home)


def cast(database: databases.SQLite | databases.PostgreSQL, folder: Path, profile: Profile) -> Mould:
    """Found an organisation in `folder` and keep it."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch, database.fresh(home) as url:
        move_in(patch, home, url)
        desk = founded(home, profile)
        database.keep(profile.value)
    for file in home.glob("db.sqlite3*"):
        file.unlink()
    return Mould(profile.value, desk)


def move_in(patch: pytest.MonkeyPatch, home: Path, url: str) -> None:
    """Let settings, this process and its children know where they are."""
    caches["memory"].clear()
    patch.setattr(settings, "MASTHEAD_HOME", home)
    patch.setenv("MASTHEAD_HOME", str(home))
    patch.setenv("MASTHEAD_DATABASE_URL", url)
