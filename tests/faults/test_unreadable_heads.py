"""The newest signed head holds what no head can: the public page of the log says what cannot be read."""

import pytest
from django.db import connection
from tests.faults.hurting import run

from masthead.newsroom.evidence.publish import publish_checkpoint

ROOTS = ["CAST(hex(root) AS TEXT)", "32", "1.5"]
SIZES = ["size || 'x'", "size + 0.5", "CAST(size AS BLOB)"]


def spoil(small, column, value):
    """Put `value` into a column of the newest checkpoint; gives how many entries that has."""
    size = publish_checkpoint().size
    run("PRAGMA ignore_check_constraints = ON") if connection.vendor == "sqlite" else None
    run(f"UPDATE evidence_checkpoint SET {column} = {value} WHERE size = %s", size)
    return size


@pytest.fixture
def loose():
    if connection.vendor != "sqlite":
        pytest.skip("a column of PostgreSQL holds one sort of value")


def told(reader):
    """What the page says, and the head that its data has."""
    page, data = reader.get("/log/"), reader.get("/log/index.json")
    assert (page.status_code, data.status_code) == (200, 200)
    return page.content.decode(), data.json()["head"]


@pytest.mark.parametrize("root", ROOTS)
def test_of_a_head_whose_hash_is_none_the_page_tells_the_rest(small, reader, loose, root):
    size = spoil(small, "root", root)
    page, head = told(reader)
    assert f"{size} entries, signed on" in page
    assert "Its hash cannot be read." in page
    assert (head["size"], head["root"]) == (size, None)


def test_a_hash_that_was_cut_short_is_none(small, reader):
    spoil(small, "root", "substr(root, 1, 16)")
    page, head = told(reader)
    assert "Its hash cannot be read." in page
    assert head["root"] is None


@pytest.mark.parametrize("size", SIZES)
def test_of_a_head_whose_size_is_no_number_the_page_says_that_it_cannot_be_read(small, reader, loose, size):
    spoil(small, "size", size)
    page, head = told(reader)
    assert "The newest head cannot be read." in page
    assert "Nothing is signed yet" not in page
    assert head["size"] is None


def test_of_a_sound_head_nothing_is_unreadable(small, reader):
    size = publish_checkpoint().size
    page, head = told(reader)
    assert "cannot be read" not in page
    assert (head["size"], len(head["root"])) == (size, 64)
