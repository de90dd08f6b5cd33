"""A process killed while something goes out: the same command again finishes it, once and whole."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from tests.newsroom import killed
from tests.newsroom.desk import TEXT, letters, ready

from masthead.newsroom.evidence import bundle_check, keys
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import blobs
from masthead.newsroom.items.models import Source, Version
from masthead.newsroom.public.files import OURS
from masthead.newsroom.public.projection import contents
from masthead.newsroom.review.models import Correction, Publication, Withdrawal
from masthead.newsroom.review.standing import current_run
from masthead.tlog.note import VerifierKey


def every_file_is_whole(folder: Path) -> None:
    """What stands under its own name is whole, and the bundle speaks of nothing that is not there."""
    for path in folder.iterdir() if folder.exists() else ():
        content = path.read_bytes()
        if path.suffix == ".part":
            continue
        assert content, path
        if path.suffix == ".html":
            assert content.rstrip().endswith(b"</html>"), path
        if path.suffix in (".json", ".jsonld"):
            json.loads(content)


def every_blob_is_there(home: Path) -> None:
    for digest in [
        *Version.objects.values_list("sha256", flat=True),
        *Source.objects.values_list("sha256", flat=True),
        *Publication.objects.values_list("content_sha256", flat=True),
        *Publication.objects.exclude(sidecar_sha256="").values_list("sidecar_sha256", flat=True),
    ]:
        blobs.fetch(digest)
    for path in (home / "blobs").rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            assert sha256(path.read_bytes()).hexdigest() == path.name


def the_folder_is_whole(home: Path, version: Version, folder: Path) -> None:
    version.item.refresh_from_db()
    expected = contents(version.item)
    assert {path.name for path in folder.iterdir()} == expected.keys()
    assert all(OURS.fullmatch(name) for name in expected)
    proof = (folder / "bundle.json").read_bytes()
    verdict = bundle_check.check(proof, Given(VerifierKey.parse(keys.public_line(home))))
    assert verdict.intact, verdict.why
    for name, content in expected.items():
        if name.startswith("content."):
            assert (folder / name).read_bytes() == content
    content = next(
        (each for name, each in expected.items() if name.startswith("content.") and "c2pa" not in name), None
    )
    assert verdict.content_sha256 == (sha256(content).hexdigest() if content else None)


def from_the_commit_on(taken: list[str]) -> list[int]:
    """The steps around and after the commit of the record: before it, publishing is tried at each."""
    return list(range(taken.index("before COMMIT") + 1, len(taken) + 1))


@pytest.mark.long
def test_publishing_killed_at_any_step_is_finished_by_the_same_command(small, tmp_path, tally):
    taken = killed.run(killed.publish, small.editor, ready(small), tmp_path / "whole")
    assert taken.count("after COMMIT") >= 2
    for kill_at in range(1, len(taken) + 1):
        version, folder = ready(small), tmp_path / f"out-{kill_at}"
        killed.run(killed.publish, small.editor, version, folder, kill_at=kill_at)
        every_file_is_whole(folder)
        killed.publish(small.editor, version, folder, "")
        assert Publication.objects.filter(version=version).count() == 1
        the_folder_is_whole(small.home, version, folder)
    every_blob_is_there(small.home)
    verdict = verify_log()
    assert verdict.intact, verdict.why
    tally(f"{len(taken):5} kills in publishing an item: finished by the same command")


@pytest.mark.long
def test_correcting_killed_at_any_step_is_finished_by_the_same_command(small, tmp_path, tally):
    steps: list[int] = [0]
    while steps:
        kill_at = steps.pop(0)
        version, folder = ready(small), tmp_path / f"out-{kill_at}"
        killed.publish(small.editor, version, folder, "")
        words = f"{TEXT} It was {letters(kill_at)}."
        taken = killed.run(killed.correct, small.editor, version, folder, words=words, kill_at=kill_at)
        # Every other: all of them take more than a minute, for each checks a text first.
        steps = from_the_commit_on(taken)[::2] if kill_at == 0 else steps
        every_file_is_whole(folder)
        if kill_at:
            killed.correct(small.editor, version, folder, words)
        assert Correction.objects.filter(item=version.item).count() == 1
        assert current_run(Correction.objects.get(item=version.item).version) is not None
        the_folder_is_whole(small.home, version, folder)
        assert words in (folder / "content.md").read_text()
    every_blob_is_there(small.home)
    assert verify_log().intact
    tally(f"{Correction.objects.count() - 1:5} kills in correcting an item: finished by the same command")


@pytest.mark.long
def test_withdrawing_killed_at_any_step_is_finished_by_the_same_command(small, tmp_path, tally):
    steps: list[int] = [0]
    while steps:
        kill_at = steps.pop(0)
        version, folder = ready(small), tmp_path / f"out-{kill_at}"
        killed.publish(small.editor, version, folder, "")
        taken = killed.run(killed.withdraw, small.editor, version, folder, kill_at=kill_at)
        steps = from_the_commit_on(taken) if kill_at == 0 else steps
        every_file_is_whole(folder)
        if kill_at:
            killed.withdraw(small.editor, version, folder, "")
        assert Withdrawal.objects.filter(item=version.item).count() == 1
        the_folder_is_whole(small.home, version, folder)
        assert not list(folder.glob("content.*"))
    assert verify_log().intact
    tally(f"{Withdrawal.objects.count() - 1:5} kills in withdrawing an item: finished by the same command")
