"""What is kept is shown as long as nothing can have changed it, and not a moment longer."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.newsroom.desk import ready, text
from tests.public.outlet import corrected, page_of, published, withdrawn

from masthead.newsroom.accounts.actor import named
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.public import commands
from masthead.newsroom.public.serving import declaring
from masthead.newsroom.public.serving.asking import Asking, asking_of
from masthead.newsroom.public.serving.freshness import HOUSE, WENT_OUT, rests
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.serving.store import Store
from masthead.newsroom.register.commands import register_system
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.review import commands as review


def asking(path="/", **how):
    return Asking(path, "en", "", "https://herald.example", today=date(2026, 11, 22), **how)


@pytest.fixture
def made(monkeypatch):
    """How many answers were made."""
    count = []
    ready_as_it_is = declaring.ready
    monkeypatch.setattr(declaring, "ready", lambda body: count.append(1) or ready_as_it_is(body))
    return count


@pytest.mark.parametrize("query", ["", "page=1", "page=01", "page=0", "page=x", "a=b", "page=1&a=c"])
def test_nobody_fills_the_memory_with_spellings_of_one_page(small, made, reader, query):
    reader.get("/corrections")
    before = len(made)
    reader.get(f"/corrections?{query}")
    assert len(made) == before
    second = RequestFactory().get("/corrections?page=002&b=1")
    assert asking_of(second, "/corrections", "en", named=False).query == (("page", "2"),)


def test_a_page_that_is_kept_costs_one_look_at_the_log(small, reader):
    item = published(small)
    reader.get(page_of(item))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert reader.get(page_of(item)).status_code == 200
    assert len(queries) == 1


def test_what_has_nothing_to_do_with_a_page_leaves_it_kept(small, reader, made):
    item = published(small)
    reader.get(page_of(item))
    before = len(made)
    add_item(small.author, text("Something else."))
    published(small)
    reader.get(page_of(item))
    assert len(made) == before


def test_a_correction_shows_on_the_next_request(small, reader):
    item = published(small)
    for address in (page_of(item), "/", "/corrections", "/feeds/items.atom", f"/fr{page_of(item)}"):
        assert b"Twelve streets." not in reader.get(address).content
    corrected(small, item, note="Twelve streets.")
    for address in (page_of(item), "/corrections", "/feeds/items.atom", f"/fr{page_of(item)}"):
        assert b"Twelve streets." in reader.get(address).content, address


def test_a_withdrawal_shows_on_the_next_request(small, reader):
    item = published(small)
    content = f"{page_of(item)}content.md"
    assert reader.get(content).status_code == 200
    withdrawn(small, item)
    assert reader.get(content).status_code == 410
    assert b"Withdrawn" in reader.get(page_of(item)).content


def test_an_answer_shows_on_the_next_request_and_an_unanswered_question_never(small, reader):
    item = published(small)
    before = reader.get(page_of(item)).content
    question, _ = ask(item, "Which tool was it?", language="en")
    assert reader.get(page_of(item)).content == before
    commands.answer_question(small.other_editor, question, "It was Ink.", show_question=True)
    after = reader.get(page_of(item)).content
    assert b"Which tool was it?" in after
    assert b"It was Ink." in after


def test_a_new_system_shows_in_the_register_at_once(small, reader):
    assert b"Quill" not in reader.get("/register").content
    register_system(small.steward, "Quill", named("Ada Steward"))
    assert b"Quill" in reader.get("/register").content


def test_a_publication_without_a_signed_head_is_not_kept(small, reader):
    version = ready(small)
    review.publish(small.editor, version)
    assert b"There is no proof for this page" in reader.get(page_of(version.item)).content
    publish_checkpoint()
    assert b"stood in our log by" in reader.get(page_of(version.item)).content


def test_a_page_made_while_something_was_recorded_is_made_again(small):
    store = Store()
    about = asking("/race")
    item = published(small)

    def make():
        # What is read first, then overtaken.
        body = Body(b"old", rests=rests(WENT_OUT))
        corrected(small, item)
        return body

    assert store.get(about, make).content == b"old"
    assert store.get(about, lambda: Body(b"new", rests=rests(WENT_OUT))).content == b"new"


def test_of_many_who_ask_at_once_one_makes_it(small):
    store, made, begun = Store(), [], threading.Event()
    waiting = threading.Barrier(5)

    def make():
        made.append(1)
        begun.wait()
        return Body(b"once", rests=rests())

    got = []

    def come():
        waiting.wait()
        try:
            got.append(store.get(asking("/crowd"), make).content)
        finally:
            connection.close()

    crowd = [threading.Thread(target=come) for _ in range(4)]
    for each in crowd:
        each.start()
    waiting.wait()
    begun.set()
    for each in crowd:
        each.join()
    assert got == [b"once"] * 4
    assert len(made) == 1


def test_many_who_ask_for_what_is_never_kept_wait_for_two_at_most(small):
    store, made = Store(), []
    begun, go_on = threading.Event(), threading.Event()
    about, got = asking("/never"), []

    def make():
        made.append(1)
        begun.set()
        go_on.wait()
        return Body(b"%d" % len(made))

    def come():
        try:
            got.append(store.get(about, make).content)
        finally:
            connection.close()

    crowd = [threading.Thread(target=come) for _ in range(20)]
    crowd[0].start()
    begun.wait()
    for each in crowd[1:]:
        each.start()
    while store._turns[about].came < len(crowd):
        begun.wait(0.01)
    go_on.set()
    for each in crowd:
        each.join()
    assert sorted(got) == [b"1", *[b"2"] * 19], "made after they came, and for all of them once"
    assert store.get(about, make).content == b"3"
    assert not store._turns


def test_the_memory_it_takes_is_bounded_and_the_oldest_leaves(small):
    store = Store(room=10_000)
    for number in range(50):
        store.get(asking(f"/{number}"), lambda: Body(b"x" * 400, "image/png", rests=rests()))
    assert store.fresh(asking("/49")) is not None
    assert store.fresh(asking("/0")) is None
    assert store._taken <= 10_000


def test_what_is_forgotten_while_it_is_made_is_not_kept(small):
    store = Store()

    def make():
        store.clear()
        return Body(b"of an item that is protected by now", rests=rests())

    store.get(asking("/told"), make)
    assert store.fresh(asking("/told")) is None


def test_a_large_answer_is_not_kept(small):
    store = Store()
    store.get(asking("/large"), lambda: Body(b"x" * 2_000_000, "image/png", rests=rests()))
    assert store.fresh(asking("/large")) is None


def test_every_answer_rests_on_whose_house_it_is():
    assert rests().kinds == HOUSE
    assert rests(WENT_OUT).kinds == HOUSE | WENT_OUT


def test_a_query_nobody_looks_at_keeps_no_page_of_its_own(small, reader, made):
    for query in ("utm_source=x", "page=7", "z=1"):
        assert reader.get(f"/?{query}").status_code == 200
    assert len(made) == 1
