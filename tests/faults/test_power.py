"""The loss of power: what is renamed was synced before, and its folder before the next step rests on it."""

import shutil

import pytest
from django.db import connection
from tests.faults.syncing import watched
from tests.newsroom.desk import ready, text
from tests.public.outlet import published

from masthead.language import Message
from masthead.newsroom.accounts.commands import log_keys
from masthead.newsroom.evidence import damage, high_water, kept
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies import reach
from masthead.newsroom.retention import clock_ahead, outside
from masthead.newsroom.site.backup.restoring import newest_in, restore
from masthead.newsroom.site.backup.taking import take
from masthead.newsroom.webhooks import sealing
from masthead.newsroom.witness import keys as witness_keys
from masthead.newsroom.witness import memory

MADE_ANEW = ("verified.json",)
"""What nothing rests on, and is made again by itself."""


def test_publishing_signs_nothing_before_the_mark_lasts(small):
    ready(small)
    with watched() as disk:
        publish_checkpoint()
    told = [each for each in disk.told if "log.pub" not in each and "sync keys" not in each]
    home = small.home.name
    row = next(each for each in told if each.startswith("INSERT"))
    mark = [f"sync {high_water.FILE}.new", f"replace {high_water.FILE}", f"sync {home}"]
    assert told[: told.index(row)][-3:] == mark
    assert Checkpoint.objects.order_by("-size").first().size == high_water.read(small.home).size


def test_a_watch_that_finds_nothing_to_sync_says_so(small):
    """The watch itself: a rename without either sync is told."""
    (small.home / "a").write_text("")
    with pytest.raises(AssertionError, match="has its name before it is synced"), watched():
        (small.home / "a").rename(small.home / "b")


def found(desk):
    return kept.keep(desk.home, damage.Found(Message("a row is not as it was"), 3, "schedule"))


def witnessed(desk):
    kept_of = memory.Memory("gazette.example/log", 0, high_water.read(desk.home).root.hex())
    memory.write(desk.home, kept_of)


def withdrawn(desk):
    item = published(desk)
    public.withdraw(desk.editor, item, "The document was forged.", site_folder(item))


def test_a_restore_is_whole_on_the_disk_before_it_begins(busy, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a copy goes into an empty database of a server")
    take(tmp_path / "copies")
    with watched(*MADE_ANEW) as disk:
        restore(newest_in(tmp_path / "copies"))
    begun = disk.told.index("replace restoring.json")
    for folder in ("restoring", "blobs", "keys", "issuer"):
        assert f"sync {folder}" in disk.told[:begun], disk.told


def acknowledged(desk):
    found(desk)
    acknowledge(desk.steward)


STEPS = {
    "a file": lambda desk: add_item(desk.author, text("The bridge stands."), language="en"),
    "a blob, the first": lambda desk: (shutil.rmtree(desk.home / "blobs", True), blobs.keep(b"x")),
    "a publication": published,
    "a withdrawal": withdrawn,
    "what is found damaged": found,
    "what is acknowledged": acknowledged,
    "another key": lambda desk: log_keys.rotate(desk.steward, in_file=True),
    "the key to witness with": lambda desk: witness_keys.made(desk.home, "herald.example/log"),
    "the memory of a witness": witnessed,
    "the key of webhooks": lambda desk: sealing._key(make=True),
    "the key of addresses": lambda desk: reach._key(),
    "the list of erasures": lambda desk: outside._append([{"entry": "1"}]),
    "the last round": lambda desk: clock_ahead.gone(clock_ahead.datetime.now(clock_ahead.UTC)),
    "an export": lambda desk: export(desk.home.parent / "exported"),
    "a copy": lambda desk: take(desk.home.parent / "copies"),
}


@pytest.mark.parametrize("what", STEPS)
def test_it_lasts(small, what):
    with watched(*MADE_ANEW, ".*.part", "*/.*.part/*", ".verif*"):
        STEPS[what](small)
