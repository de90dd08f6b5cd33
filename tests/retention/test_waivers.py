"""A waiver belongs to the finding it was given for: it stays with that, and goes with the drafts it is of."""

from datetime import UTC, datetime

import pytest
from tests.newsroom.desk import Desk, text
from tests.retention import planted
from tests.retention.test_erase_part import erase

from masthead.newsroom.items import commands as items
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.models import Item
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground, Part
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.models import Finding

LOST = "as the newest version was not checked"


def edited(desk: Desk) -> Item:
    """One whose newest version still has the words that a waiver of its first draft is about."""
    item = planted.draft(desk, planted.Words())
    story = f"Nobody knew.\n\n{planted.Words().story}"
    items.add_version(desk.author, items.newest(item), text(story))
    return item


def look(desk: Desk, item: Item) -> list[str]:
    subject = item_of(item.public_id, Part.DRAFTS)
    return [str(each.what) for each in commands.look(desk.other_editor, subject, Ground.OBJECTED).removed]


def told(desk: Desk, item: Item) -> bool:
    return any(LOST in each for each in look(desk, item))


@pytest.mark.parametrize("checked", [True, False])
def test_it_stays_where_the_newest_version_was_found_to_need_it(small, checked):
    """Of one that nobody checked it is not known, and the look says so before anything goes."""
    item = edited(small)
    waiver = item.waivers.get()
    if checked:
        review.run_checks(small.author, items.newest(item))
        assert Finding.objects.filter(
            run__version=items.newest(item), fingerprint=waiver.fingerprint
        ).exists()
    assert told(small, item) is not checked
    erase(small, item, Part.DRAFTS)
    waiver.refresh_from_db()
    assert is_erased(waiver.fingerprint) is not checked
    assert bool(waiver.note) is checked


def test_what_went_with_its_waiver_is_in_the_way_again(small):
    """On the safe side: a person decides once more, and nothing goes out on a waiver nobody can read."""
    item = edited(small)
    marks = {item.waivers.get().fingerprint}
    erase(small, item, Part.DRAFTS)
    version = items.newest(item)
    review.run_checks(small.author, version)
    decided = clearance(version, now=datetime.now(UTC))
    assert marks <= {each.finding for each in (*decided.obstacles, *decided.warnings)}


def test_nothing_is_said_of_it_where_no_waiver_goes(small):
    item = items.add_item(small.author, text("The quay was loud."), title="Quay").item
    items.add_version(small.author, items.newest(item), text("The quay was quiet."))
    assert not told(small, item)
