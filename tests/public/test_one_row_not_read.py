"""A row that was changed past us is in the way of its own item, and of no other."""

import logging
from pathlib import Path

import pytest
from django.db import connection
from tests.newsroom.desk import ready

from masthead.errors import Damaged
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.public.projection import told
from masthead.newsroom.retention import finishing, left
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.review.standing import withdrawal

WHY = "It was wrong."
ALTERED = {"a list": "facts = '[1]'", "nothing in it": "facts = '{}'"}


def out_in(small, folder: Path) -> Item:
    version = ready(small)
    commands.publish(small.editor, version, folder)
    return version.item


def altered(item: Item, how: str) -> None:
    row = Item._meta.pk.get_db_prep_value(item.pk, connection)
    with lifted(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE review_publication SET {how} WHERE item_id = %s", [row])


def is_withdrawn(folder: Path) -> bool:
    page = (folder / "page.en.html").read_text().lower()
    return "withdrawn" in page and not list(folder.glob("content.*"))


@pytest.mark.parametrize("how", ALTERED.values(), ids=ALTERED.keys())
def test_a_withdrawal_of_what_cannot_be_read_is_told_as_damage(small, tmp_path, how):
    item = out_in(small, tmp_path / "out")
    altered(item, how)
    with pytest.raises(Damaged, match="It is on record, but the files that readers get") as caught:
        commands.withdraw(small.editor, item, WHY, tmp_path / "out")
    assert caught.value.on_record
    assert "masthead log verify" in str(caught.value)
    assert withdrawal(item)
    assert not list((tmp_path / "out").glob("content.*"))
    assert left.unwritten() == [item.public_id]


def test_what_cannot_be_told_is_told_as_damage(small, tmp_path):
    item = out_in(small, tmp_path / "out")
    altered(item, ALTERED["a list"])
    with pytest.raises(Damaged):
        told(item)


@pytest.mark.parametrize("do", [finishing.finish, finishing.finish_pages, go_round])
def test_what_is_left_of_other_items_is_done_all_the_same(small, tmp_path, do):
    first, second = (out_in(small, tmp_path / name) for name in ("first", "second"))
    for item in (first, second):
        left.pages(item)
    altered(first, ALTERED["a list"])
    (tmp_path / "second" / "page.en.html").unlink()
    do()
    assert (tmp_path / "second" / "page.en.html").exists()
    assert left.unwritten() == [first.public_id]


def test_what_is_in_the_way_of_one_note_is_named_by_its_kind_alone(small, tmp_path, caplog, monkeypatch):
    item = out_in(small, tmp_path / "out")
    left.pages(item)
    altered(item, "facts = '{\"Nightjarwitness\": 1}'")
    with caplog.at_level(logging.INFO):
        assert finishing.finish_pages() == 1
    assert "not done yet: pages, for Damaged" in caplog.text
    assert "Nightjarwitness" not in caplog.text
