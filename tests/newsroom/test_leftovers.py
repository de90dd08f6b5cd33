"""Files that no record names go after two days; what is named, or was just handed in, stays."""

import errno
import fcntl
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.databases import NOBODY
from tests.newsroom.desk import Desk, ready

from masthead.newsroom.accounts.commands import log_keys
from masthead.newsroom.evidence import keys, keys_left
from masthead.newsroom.evidence.keys_shown import shown
from masthead.newsroom.items import blobs
from masthead.newsroom.items import gone_through as gone_through_file
from masthead.newsroom.items.leftovers import OLD, PARTS, take_away_due
from masthead.newsroom.items.models import Source, Version
from masthead.newsroom.public.commands import publish, site_folder
from masthead.newsroom.review.models import Publication


def files() -> set[str]:
    """The names of all files of the store."""
    return {path.name for path in blobs.folder().rglob("*") if path.is_file()}


def age(days: float = 3) -> None:
    """Let every file of the store be so old."""
    then = (datetime.now(UTC) - timedelta(days)).timestamp()
    for path in blobs.folder().rglob("*"):
        os.utime(path, (then, then))


def gone_through(now: datetime | None = None) -> int:
    """Go through the whole store, as if a day had passed since the last time; how many files went."""
    home = blobs.folder().parent
    if (last := gone_through_file.read(home)) is not None:
        gone_through_file.write(home, replace(last, hour=0))
    return take_away_due(now or datetime.now(UTC))


def test_what_no_record_names_goes_and_what_one_names_stays(small: Desk):
    version = ready(small)
    publish(small.editor, version, site_folder(version.item))
    named = (
        set(Version.objects.values_list("sha256", flat=True))
        | set(Source.objects.values_list("sha256", flat=True))
        | set(Publication.objects.values_list("content_sha256", flat=True))
    )
    assert named <= files()
    left = {blobs.keep(f"Never sent {number}.".encode()) for number in range(20)}
    age()
    assert gone_through() == 20
    assert not files() & left
    assert named <= files()
    assert blobs.fetch(version.sha256)
    assert gone_through() == 0


def test_what_was_handed_in_within_two_days_stays(small: Desk):
    left = blobs.keep(b"Handed in.")
    assert gone_through() == 0
    assert gone_through(datetime.now(UTC) + OLD - timedelta(minutes=1)) == 0
    assert gone_through(datetime.now(UTC) + OLD + timedelta(minutes=1)) == 1
    assert left not in files()


def test_what_a_kill_left_of_a_key_on_its_way_to_its_name_goes(small: Desk):
    left = [folder / f".{'0f' * 8}.part" for folder in (small.home, small.home / "keys")]
    strange = small.home / "keys" / ".mine.part"
    for each in (*left, strange):
        each.write_bytes(b"half")
    assert gone_through() == 0
    assert gone_through(datetime.now(UTC) + OLD + timedelta(minutes=1)) == 2
    assert not any(each.exists() for each in left)
    assert strange.exists()


def left_of_a_key(home: Path, name: str, private: Ed25519PrivateKey) -> Path:
    """A private key as a kill leaves it before it has its name."""
    path = home / "keys" / name
    path.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


def in_three_days() -> int:
    return gone_through(datetime.now(UTC) + OLD + timedelta(minutes=1))


def test_a_key_of_the_log_whose_making_was_cut_off_is_told_and_goes_once_old(small: Desk):
    left = left_of_a_key(small.home, "log-deadbeef.key.new", Ed25519PrivateKey.generate())
    half = small.home / "keys" / "log.key.new"
    half.write_bytes(left.read_bytes()[:40])
    told = [str(each) for each in shown(small.home).notes]
    assert [each.split()[0] for each in told] == ["keys/log-deadbeef.key.new", "keys/log.key.new"]
    assert gone_through() == 0
    assert in_three_days() == 2
    assert not left.exists()
    assert not half.exists()
    assert not shown(small.home).notes
    assert shown(small.home).well


def test_a_key_that_the_record_names_never_goes_whatever_its_file_is_called(small: Desk):
    log_keys.rotate(small.steward, days=0)
    for number, private in enumerate(keys.all_files(small.home)):
        private.rename(private.with_name(f"log-{number:08x}.key.new"))
    left = {each.name for each in keys_left.left_in(small.home)}
    assert len(left) == 2
    assert in_three_days() == 0
    assert {each.name for each in keys_left.left_in(small.home)} == left
    assert {each.split()[0] for each in map(str, shown(small.home).notes)} == {
        f"keys/{name}" for name in left
    }


def test_no_key_goes_while_the_record_is_an_older_one(small: Desk):
    """It would not name a key that was put on record after it."""
    left = left_of_a_key(small.home, "log-deadbeef.key.new", Ed25519PrivateKey.generate())
    gone_through()
    seen = gone_through_file.read(small.home)
    assert seen is not None
    ahead = replace(seen.log, size=seen.log.size + 5)
    gone_through_file.write(small.home, replace(seen, log=ahead))
    assert in_three_days() == 0
    assert left.exists()


def test_what_is_no_key_of_ours_stays_as_it_is(small: Desk):
    strange = [small.home / "keys" / name for name in ("log-mine.key.new", "notes.new")]
    for each in strange:
        each.write_bytes(b"mine")
    locked = small.home / "keys" / "log-0badcafe.key.new"
    locked.write_bytes(
        Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"word"),
        )
    )
    assert in_three_days() == 0
    assert all(each.exists() for each in (*strange, locked))


def test_keeping_it_once_more_makes_it_new(small: Desk):
    blobs.keep(b"The same once more.")
    age()
    kept = blobs.keep(b"The same once more.")
    assert gone_through() == 0
    assert blobs.fetch(kept)


def test_what_a_crash_left_half_written_goes_and_a_stranger_s_file_stays(small: Desk):
    folder = blobs.folder() / "00"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (f".{'0' * 16}.part", "notes.txt", "0" * 63):
        (folder / name).write_bytes(b"?")
    age()
    assert gone_through() == 1
    assert {path.name for path in folder.iterdir()} == {"notes.txt", "0" * 63}


def test_one_who_keeps_what_is_about_to_go_has_it(small: Desk, monkeypatch: pytest.MonkeyPatch):
    """Between the look at what is named and the taking away, the same bytes come in again."""
    digest = blobs.keep(b"About to go.")
    age()
    before = blobs.take_away

    def late(path: Path, *, before: float, _take: object = before) -> bool:
        blobs.keep(b"About to go.")
        return bool(_take(path, before=before))  # type: ignore[operator]

    monkeypatch.setattr(blobs, "take_away", late)
    assert gone_through() == 0
    assert blobs.fetch(digest) == b"About to go."


def test_one_who_keeps_while_its_age_is_looked_at_has_it(small: Desk):
    """The narrowest moment: old when looked at, kept anew by somebody, then taken away."""
    content = b"Kept at the last moment."
    digest = blobs.keep(content)
    age()
    keeping = threading.Thread(target=blobs.keep, args=(content,))

    class Looked(type(blobs.folder())):  # type: ignore[misc]  # the kind of path of this system
        def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
            found = super().stat(follow_symlinks=follow_symlinks)
            keeping.start()
            keeping.join(0.2)  # it waits for us, or it is through
            return found

    assert blobs.take_away(
        Looked(blobs.folder() / digest[:2] / digest), before=datetime.now(UTC).timestamp() - 60
    )
    keeping.join()
    assert blobs.fetch(digest) == content


def left_in_each_part() -> set[str]:
    """A leftover in every part of the store, old."""
    left: dict[int, str] = {}
    for number in count():
        if len(left) == PARTS:
            break
        content = f"Left {number}.".encode()
        part = next(p for p in range(PARTS) if sha256(content).digest()[0] < 256 * (p + 1) // PARTS)
        left[part] = left.get(part) or blobs.keep(content)
    age()
    return set(left.values())


def test_each_part_comes_once_a_day(small: Desk):
    left = left_in_each_part()
    now = datetime.now(UTC)
    gone_through(now)
    assert not left & files()
    assert left_in_each_part() == left
    assert [take_away_due(now + timedelta(hours=hour)) for hour in range(PARTS + 1)] == [0] + [1] * PARTS


def test_what_was_due_while_no_worker_ran_is_made_up_for(small: Desk):
    """A machine that is on for an hour a day, always the same one."""
    gone_through(morning := datetime.now(UTC))
    left = left_in_each_part()
    assert take_away_due(morning + timedelta(days=1)) == len(left)
    left_in_each_part()
    assert take_away_due(morning + timedelta(days=9)) == len(left)


def test_a_clock_that_was_wrong_puts_nothing_off(small: Desk):
    gone_through(datetime.now(UTC) + timedelta(days=4000))
    left = left_in_each_part()
    assert take_away_due(datetime.now(UTC)) == len(left)


def test_nothing_goes_while_the_store_is_copied_and_that_is_made_up_for(small: Desk):
    left = left_in_each_part()
    now = datetime.now(UTC)
    with (small.home / "blobs.lock").open() as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        assert take_away_due(now) == 0
        blobs.keep(b"Handed in meanwhile.")
    assert left <= files()
    assert take_away_due(now + timedelta(hours=1)) == len(left)


@pytest.mark.parametrize("number", [errno.EPERM, errno.EACCES, errno.EROFS])
def test_who_owns_a_file_that_is_there_is_no_hindrance(
    small: Desk, monkeypatch: pytest.MonkeyPatch, number: int
):
    """After a copy was put back as root. What is kept becomes ours, so that it does not go as a leftover."""
    digest = blobs.keep(b"There.")
    age()

    def refused(path: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "utime", refused)
    assert blobs.keep(b"There.") == digest
    assert gone_through() == 0
    assert blobs.fetch(digest) == b"There."


@pytest.mark.skipif(os.geteuid() != 0, reason="files of others are made by root alone")
def test_the_files_of_another_user_are_no_hindrance(small: Desk):
    """The store of root, readable to all; and one whose folders are ours."""
    digest = blobs.keep(b"There.")
    path = blobs.folder() / digest[:2] / digest
    for each in (path.parent, blobs.folder(), small.home, *small.home.parents):
        if each.owner() == "root" and each.stat().st_mode & 0o055 != 0o055:
            each.chmod(0o755)
    (small.home / "blobs.lock").chmod(0o644)
    age()
    assert as_nobody(lambda: blobs.keep(b"There.")) == digest
    assert path.owner() == "root"
    os.chown(path.parent, NOBODY, -1)
    assert as_nobody(lambda: blobs.keep(b"There.")) == digest
    assert path.stat().st_uid == NOBODY
    assert gone_through() == 0


def as_nobody(do: Callable[[], str]) -> str:
    os.seteuid(NOBODY)
    try:
        return do()
    finally:
        os.seteuid(0)
