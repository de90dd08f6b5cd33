"""A full disk, a file that is gone, a file that is not what it was: told in words, nothing half done."""

import gc
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import connection
from tests import databases
from tests.newsroom.desk import TEXT, approved, kinds, ready, size, text, use
from tests.newsroom.test_kills import every_blob_is_there, every_file_is_whole, the_folder_is_whole

from masthead.errors import Damaged, NotFound, Unavailable
from masthead.gate.refusal import NotCleared
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands as public
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import Publication
from masthead.newsroom.site.founding import found
from masthead.vocabulary import Profile

LIMITS = [0, 100, 2_000, 8_000, 40_000, 150_000, 600_000]
"""Bytes a file may have: each stops another step, from the first blob to the last page."""


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """No file of this process grows beyond `size`: the system refuses, as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def nothing_is_left_over(folder) -> None:
    assert not list(folder.rglob(".*.part")) if folder.exists() else True


def path_of(home, digest):
    return home / "blobs" / digest[:2] / digest


@pytest.mark.parametrize("limit", LIMITS)
def test_an_item_is_brought_in_whole_or_not_at_all_on_a_full_disk(small, limit):
    before = size()
    with full_at(limit), suppress(Unavailable):
        add_item(small.author, text(f"{TEXT}\n" * 200), title="River", language="en")
    nothing_is_left_over(small.home / "blobs")
    assert size() == before + Item.objects.count()
    every_blob_is_there(small.home)
    add_item(small.author, text(f"{TEXT}\n" * 200), title="River", language="en")
    assert verify_log().intact


@pytest.mark.parametrize("limit", LIMITS)
def test_what_a_full_disk_cut_off_is_finished_once_there_is_room(small, tmp_path, limit):
    version, folder = ready(small), tmp_path / "out"
    told = None
    with full_at(limit):
        try:
            public.publish(small.editor, version, folder)
        except Unavailable as error:
            told = str(error)
    if told is not None:
        out = Publication.objects.exists()
        assert out is ("It is on record" in told) or "gave up" in told, told
        every_file_is_whole(folder)
        nothing_is_left_over(folder)
        nothing_is_left_over(small.home / "blobs")
    assert verify_log().intact
    public.publish(small.editor, version, folder)
    assert Publication.objects.filter(version=version).count() == 1
    the_folder_is_whole(small.home, version, folder)
    every_blob_is_there(small.home)


# Django leaves a connection open that it could not begin.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("limit", LIMITS)
def test_a_record_begun_on_a_full_disk_is_finished_once_there_is_room(home, limit):
    """The smaller ones stop what comes after the tables, the larger ones the tables themselves."""
    if connection.vendor == "sqlite" and limit > 100_000:
        databases.close()
        (home / "db.sqlite3").unlink()
    with full_at(limit), suppress(Unavailable):
        list(found("The Herald", "", "Ada", Profile.SOLO))
    list(found("The Herald", "", "Ada", Profile.SOLO))
    gc.collect()
    assert list(kinds()) == [Kind.ORGANISATION_SET_UP, Kind.POLICY_ADOPTED]
    assert LogHead.objects.get().size == 2
    assert verify_log().intact


def test_a_folder_that_cannot_be_made_is_told_and_the_record_stands(small, tmp_path):
    version = ready(small)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match="on record"):
        public.publish(small.editor, version, tmp_path / "file" / "out")
    assert Publication.objects.count() == 1
    public.publish(small.editor, version, tmp_path / "out")
    the_folder_is_whole(small.home, version, tmp_path / "out")


def test_a_source_that_is_gone_is_said_to_be_and_stops_nothing_silently(small):
    approved(small)
    version = add_item(
        small.author,
        text(f"{TEXT} It rose 77 metres."),
        sources=[text("It rose 77 metres.", "notes.md")],
        uses=[use()],
        language="en",
    )
    path_of(small.home, version.sources.get().sha256).unlink()
    run = commands.run_checks(small.author, version)
    said = [each.message for each in run.findings.all()] + list(run.not_run.values())
    assert "blob store" in str(said), said
    commands.sign_off(small.editor, version)
    with pytest.raises(NotCleared):
        commands.publish(small.editor, version)


def test_a_damaged_source_is_said_to_be(small):
    version = add_item(
        small.author, text(TEXT), sources=[text(f"{TEXT} So.", "notes.md")], uses=[use()], language="en"
    )
    path_of(small.home, version.sources.get().sha256).write_bytes(b"other")
    run = commands.run_checks(small.author, version)
    said = [each.message for each in run.findings.all()] + list(run.not_run.values())
    assert "not what the record says" in str(said), said


@pytest.mark.parametrize("what", ["sha256", "sidecar"])
def test_what_is_damaged_does_not_go_out(small, tmp_path, what):
    version = ready(small)
    out = commands.publish(small.editor, version) if what == "sidecar" else None
    digest = out.sidecar_sha256 if out else version.sha256
    path_of(small.home, digest).write_bytes(b"other")
    with pytest.raises(Damaged, match="not what the record says"):
        public.publish(small.editor, version, tmp_path / "out")
    assert not (tmp_path / "out" / "bundle.json").exists()
    path_of(small.home, digest).unlink()
    with pytest.raises(NotFound, match="backup"):
        public.publish(small.editor, version, tmp_path / "out")


def test_a_version_that_is_gone_cannot_be_checked(small):
    version = ready(small)
    path_of(small.home, version.sha256).unlink()
    with pytest.raises(NotFound, match="backup"):
        commands.run_checks(small.author, version)


def test_a_blob_that_cannot_be_read_is_told(small):
    version = ready(small)
    path = path_of(small.home, version.sha256)
    path.unlink()
    path.mkdir()
    with pytest.raises(Unavailable):
        commands.run_checks(small.author, version)
