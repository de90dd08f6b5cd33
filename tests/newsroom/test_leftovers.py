"""Files that no record names go after two days; what is named, or was just handed in, stays."""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.newsroom.desk import Desk, ready

from masthead.newsroom.items import blobs
from masthead.newsroom.items.leftovers import OLD, PARTS, part_due, take_away_leftovers
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
    """Go through the whole store; how many files went."""
    return sum(take_away_leftovers(part, now=now or datetime.now(UTC)) for part in range(PARTS))


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


def test_each_part_comes_once_a_day():
    morning = datetime(2026, 11, 22, tzinfo=UTC)
    assert {part_due(morning + timedelta(hours=hour)) for hour in range(24)} == set(range(PARTS))
