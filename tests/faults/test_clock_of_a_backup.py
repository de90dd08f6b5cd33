"""When the last round by the schedule was gone is known to a machine, and not to a backup."""

import json
from datetime import UTC, datetime

from tests.newsroom.conftest import small

from masthead.newsroom.retention import clock_ahead
from masthead.newsroom.site.backup import layout
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take

FAR = datetime(2099, 1, 1, tzinfo=UTC)

__all__ = ["small"]


def test_a_backup_says_nothing_of_the_clock_where_it_was_made(small, tmp_path):
    clock_ahead.gone(FAR)
    copy = take(tmp_path / "copies").folder
    assert not list(copy.rglob(clock_ahead.FILE))


def test_one_that_does_leaves_what_the_folder_itself_knows(small, tmp_path, elsewhere):
    copy = take(tmp_path / "copies").folder
    (copy / layout.HOME / clock_ahead.FILE).write_text(f"{FAR.isoformat()}\n")
    said = json.loads((copy / layout.MANIFEST).read_text())
    said["files"][clock_ahead.FILE] = layout.digest_of(copy / layout.HOME / clock_ahead.FILE)
    (copy / layout.MANIFEST).write_text(json.dumps(said))
    there = elsewhere()
    there.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    clock_ahead.gone(now)
    restore(newest_in(tmp_path / "copies"))
    assert clock_ahead.ahead_of(FAR) == now.replace(microsecond=0)
