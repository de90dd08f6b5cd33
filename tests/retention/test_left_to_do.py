"""What is not gone yet is not called gone: files are tried again, and space is let go once."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from tests.retention import planted
from tests.retention.traces import traces

from masthead.errors import Refused
from masthead.newsroom.items import blobs, leftovers
from masthead.newsroom.items import commands as items
from masthead.newsroom.retention import commands, finishing
from masthead.newsroom.retention.models import Remains, Todo
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground


def refused_a_second_time(desk, version):
    """The same source handed in once more: it is refused, and its file is as new as this moment."""
    again = planted.text(planted.Words().source, "again.md")
    with pytest.raises(Refused):
        items.add_source(desk.author, version, again)
    later = (datetime.now(UTC) + timedelta(minutes=5)).timestamp()
    os.utime(blobs.path_of(version.sources.get().sha256), (later, later))


def test_a_file_that_was_handed_in_again_and_is_nobodys_counts_as_left(small):
    item = planted.draft(small, planted.Words())
    refused_a_second_time(small, items.newest(item))
    report = commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    assert bool(report.left) == bool(traces(small.home, "Nightjarwitness"))
    assert report.left
    leftovers.take_away_due(datetime.now(UTC) + timedelta(days=9))
    assert finishing.finish() == 0
    assert traces(small.home, *planted.Words().all) == []


def test_space_is_let_go_once_while_a_file_waits(small):
    item = planted.draft(small, planted.Words())
    refused_a_second_time(small, items.newest(item))
    commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    waiting = set(Remains.objects.filter(what=Todo.SPACE).values_list("name", flat=True))
    assert waiting == {Remains._meta.db_table}


def test_a_file_that_became_another_items_is_done(small):
    item = planted.draft(small, planted.Words())
    source = planted.text(planted.Words().source, "theirs.md")
    refused_a_second_time(small, items.newest(item))
    commands.erase(small.steward, item_of(item.public_id), Ground.OBJECTED)
    items.add_item(small.author, planted.text("Another story."), sources=[source], title="Other")
    assert finishing.finish() == 0
