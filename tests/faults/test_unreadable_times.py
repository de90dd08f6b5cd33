"""A moment on record that is none: every page and command answers in words until it is put right."""

import pytest
from django.db import connection
from tests.faults.hurting import run
from tests.newsroom.desk import ready, text
from tests.newsroom.logins import client_of
from tests.public.outlet import page_of, published

from masthead.errors import Damaged, ReadOnly
from masthead.newsroom.evidence import kept, watch
from masthead.newsroom.evidence.models import Checkpoint, Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.served import newest
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.worklist import catch_up, rebuild
from masthead.newsroom.worklist.models import Line

SAID = "A time on record cannot be read"
MOMENTS = {
    "postgresql": ["'infinity'", "'-infinity'", "'2026-11-23 BC'"],
    "sqlite": ["'infinity'", "'2026-99-99 10:00:00'", "x'ff00'"],
}


@pytest.fixture(params=range(3))
def moment(request):
    return MOMENTS[connection.vendor][request.param]


def pages(desk, *addresses):
    """What a person of the desk gets there, as status and text."""
    client = client_of(desk.steward)
    for address in addresses:
        answer = client.get(address)
        yield address, answer.status_code, b"".join(answer).decode()


def spoil_head(moment):
    run(f"UPDATE evidence_checkpoint SET signed_at = {moment} WHERE size = %s", newest().size)


def spoil_entry(moment, place):
    run(f"UPDATE evidence_entry SET recorded_at = {moment} WHERE place = %s", place)


@pytest.fixture
def out(small):
    item = published(small)
    ready(small)
    publish_checkpoint()
    return item


def test_of_a_head_signed_at_no_time_pages_tell_what_they_can(small, out, moment):
    size = newest().size
    spoil_head(moment)
    for address, status, said in pages(
        small, "/desk/log/", f"/desk/log/{size - 1}/", "/log/", "/log/index.json", page_of(out)
    ):
        assert status == 200, address
        if address.startswith("/desk") or address == "/log/":
            assert "signed cannot be read" in said, address
    for address in ("/log/checkpoint", "/log/keys", "/health", f"/desk/log/{size - 1}/proof"):
        ((_, status, _),) = pages(small, address)
        assert status == 200, address


def test_publishing_stops_with_what_is_wrong_or_goes_on(small, out, moment):
    spoil_head(moment)
    ready(small)
    before = Checkpoint.objects.count()
    with pytest.raises(Damaged, match=SAID):
        publish_checkpoint()
    assert Checkpoint.objects.count() == before
    assert not watch.verify().intact
    assert kept.is_there(small.home)
    with pytest.raises(ReadOnly):
        publish_checkpoint()
    with pytest.raises(ReadOnly):
        ready(small)
    for address, _, said in pages(small, "/desk/log/", "/log/"):
        assert "our fault" not in said, address


def test_an_entry_recorded_at_no_time_is_told_wherever_it_is_read(small, out, moment):
    place = newest().size - 2
    catch_up()
    spoil_entry(moment, place)
    for address, status, said in pages(small, "/desk/log/", f"/desk/log/{place}/", f"/desk/log/{place - 1}/"):
        assert status == 200, address
        assert ("cannot be read" in said) is (address == f"/desk/log/{place}/"), address
    for address, status, said in pages(small, "/desk/", page_of(out), "/log/"):
        assert status == 200 or SAID in said or "cannot be shown just now" in said, address
    found = watch.verify().first_failure
    assert found.place == place
    assert kept.is_there(small.home)


def test_of_an_item_with_such_an_entry_the_lists_tell_what_they_can(small, out, moment):
    added = add_item(small.author, text("Once more, with nothing else said of it."), title="Alone").item
    rebuild()
    before = dict(Line.objects.values_list("item", "updated_at"))
    newest_of_out = out.publications.get().entry.place
    was = dict(Entry.objects.values_list("place", "recorded_at"))
    alone = Entry.objects.order_by("-place")[0].place
    spoil_entry(moment, newest_of_out)
    spoil_entry(moment, alone)

    rebuild()

    lines = {line.item_id: line for line in Line.objects.all()}
    assert lines.keys() == before.keys()
    assert lines[added.pk].updated_at == was[alone - 1]
    assert was[newest_of_out - 1] <= lines[out.pk].updated_at <= before[out.pk]
    others = before.keys() - {added.pk, out.pk}
    assert others
    assert {each: lines[each].updated_at for each in others} == {each: before[each] for each in others}
    for address, status, said in pages(small, "/desk/", "/desk/waiting/", "/desk/search/?q=Alone"):
        assert status == 200, address
        assert SAID not in said, address
