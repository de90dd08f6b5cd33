"""The log in an editor's words: who acted where nobody did, what was counted, what an item is called."""

from datetime import UTC, datetime, timedelta

from tests.newsroom.desk import ready, text
from tests.newsroom.logins import client_of
from tests.retention import planted

from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.given import Answers
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.retention import commands, schedule
from masthead.newsroom.retention.setting import set_schedule
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground, Kept, Part

LOG = "/desk/log/"


def page(desk, path: str = "") -> str:
    return " ".join(client_of(desk.editor).get(LOG + path).content.decode().split())


def test_what_was_corrected_has_its_new_title(small):
    item = ready(small).item
    public.publish(small.editor, items.newest(item), site_folder(item))
    page(small)
    public.correct(
        small.editor, item, text("It rose at noon."), "A word.", uses=(), sources=(),
        folder=site_folder(item), answers=Answers("Corrected title"),
    )  # fmt: skip
    seen = page(small)
    assert "Corrected title" in seen
    assert ">River<" not in seen


def test_what_the_clock_erased_is_said_of_the_clock(small):
    item = planted.draft(small, planted.Words())
    set_schedule(small.steward, Kept.DRAFTS, 1, "Our rule.")
    assert schedule.go_round(datetime.now(UTC) + timedelta(days=2)) == 1
    entry = Entry.objects.get(kind=Kind.DATA_ERASED)
    assert entry.actor is None
    told = page(small, f"{entry.place}/")
    assert "The clock erased" in told
    assert "<b><bdi>The clock</bdi>" in page(small)
    assert "Someone" not in told
    assert item.public_id in told


def test_an_entry_says_its_kind_in_words_and_folds_its_rows(small):
    planted.draft(small, planted.Words())
    entry = Entry.objects.get(kind=Kind.ITEM_ADDED)
    told = page(small, f"{entry.place}/")
    assert f"item added <code>{entry.kind}</code>" in told
    assert "<details><summary>4 rows</summary>" in told


def test_a_source_that_carried_over_is_one_source(small):
    item = planted.draft(small, planted.Words())
    for words in ("It rose.", "It rose at noon."):
        items.add_version(small.author, items.newest(item), text(words))
    assert items.newest(item).sources.count() == 1
    report = commands.look(small.steward, item_of(item.public_id, Part.SOURCES), Ground.OBJECTED)
    assert "names, hashes and addresses of sources: 1" in [str(each.what) for each in report.removed]
    assert [each.count for each in report.kept if "there were sources" in str(each.what)] == [1]
    whole = commands.look(small.steward, item_of(item.public_id), Ground.OBJECTED)
    assert "names, hashes and addresses of sources: 1" in [str(each.what) for each in whole.removed]


def test_the_place_is_told_as_people_count(small):
    entry = Entry.objects.order_by("place")[2]
    assert "Entry 2, the entries being numbered from 0" in page(small, f"{entry.place}/")
