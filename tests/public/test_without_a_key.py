"""What is done to an item while the key of the log is lost: refused unrecorded, or told as it is."""

import pytest
from django.conf import settings
from tests.newsroom.desk import Desk, ready, text

from masthead.errors import MastheadError
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.review.models import Publication
from masthead.newsroom.review.standing import publications, withdrawal


def hidden(desk: Desk) -> None:
    (desk.home / keys.PRIVATE).rename(desk.home / "found-again")


def found_again(desk: Desk) -> None:
    (desk.home / "found-again").rename(desk.home / keys.PRIVATE)


@pytest.fixture
def out(small) -> Item:
    """An item that is out as files."""
    version = ready(small)
    commands.publish(small.editor, version, site_folder(version.item))
    return version.item


def test_nothing_goes_out_and_nothing_is_recorded_of_it(small):
    version = ready(small)
    hidden(small)
    size = LogHead.objects.get().size
    with pytest.raises(MastheadError, match="is not in the home folder"):
        commands.publish(small.editor, version, site_folder(version.item))
    assert LogHead.objects.get().size == size
    assert not Publication.objects.exists()
    found_again(small)
    commands.publish(small.editor, version, site_folder(version.item))
    assert Publication.objects.count() == 1


def test_what_is_withdrawn_leaves_the_folder_all_the_same(small, out):
    folder = site_folder(out)
    assert list(folder.glob("content.*"))
    # As a kill leaves it: written whole, and not under its name yet.
    half = folder / f".{'0a' * 8}.part"
    half.write_bytes((folder / "content.md").read_bytes())
    hidden(small)
    with pytest.raises(
        MastheadError, match="It is on record, but the log's head over it is not signed"
    ) as it:
        commands.withdraw(small.editor, out, "It was wrong.", folder)
    assert it.value.on_record
    assert "What was withdrawn has left every folder it was in." in str(it.value)
    assert withdrawal(out)
    assert not list(folder.glob("content.*"))
    assert not half.exists()
    found_again(small)
    commands.withdraw(small.editor, out, "It was wrong.", folder)
    assert "withdrawn" in (folder / "page.en.html").read_text().lower()


def test_a_correction_is_on_record_and_goes_into_the_files_once_the_key_is_back(small, out):
    folder = site_folder(out)
    given = {"note": "The day was wrong.", "uses": (), "sources": (), "folder": folder}
    hidden(small)
    with pytest.raises(MastheadError, match="It is on record, but the log's head over it is not signed"):
        commands.correct(small.editor, out, text("The river's banks held."), **given)
    assert len(publications(out)) == 2
    found_again(small)
    commands.correct(small.editor, out, text("The river's banks held."), **given)
    assert len(publications(out)) == 2
    assert "held" in (folder / "content.md").read_text()
    assert settings.MASTHEAD_HOME in folder.parents
