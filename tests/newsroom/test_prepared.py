"""A query put into words once gives what the query itself gives, each time it is asked."""

from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery
from tests.newsroom.desk import text, use

from masthead.newsroom.accounts.actor import organisation, roles
from masthead.newsroom.accounts.commands import end_role, grant_role
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.items.commands import add_item, add_version
from masthead.newsroom.items.models import AIUse, Item, Version
from masthead.newsroom.prepared import Prepared, PreparedRows
from masthead.newsroom.review import asked
from masthead.newsroom.review.on_record import OnRecord
from masthead.vocabulary import Role


def test_it_gives_the_rows_of_each_with_what_is_joined_to_them(small, django_assert_num_queries):
    one = add_item(small.author, text("One."), uses=[use()])
    other = add_item(small.author, text("Two."), uses=[use(), use("Scribe 4")])
    for version in (one, other):
        with django_assert_num_queries(1):
            uses = asked.USES(version.pk)
            names = [each.recorded_by.name for each in uses]
        assert uses == list(AIUse.objects.filter(version=version))
        assert set(names) == {"Ann Author"}
        assert [asked.place_of(each) for each in uses] == [each.entry.place for each in uses]
        assert not any(each._state.adding for each in uses)


def test_it_tells_what_became_of_them_meanwhile(small):
    version = add_item(small.author, text("One."))
    assert OnRecord(version).makers == {small.author.person_id}
    second = add_version(small.editor, version, text("Two."))
    assert OnRecord(second).makers == {small.author.person_id, small.editor.person_id}
    assert OnRecord(version).makers == {small.author.person_id}


def test_who_holds_a_role_is_asked_each_time(small):
    today = datetime.now(UTC).date()
    person = Person.objects.get(pk=small.author.person_id)
    assert roles(person.pk, on=today) == {Role.CONTRIBUTOR}
    grant_role(small.steward, person, Role.EDITOR)
    assert roles(person.pk, on=today) == {Role.CONTRIBUTOR, Role.EDITOR}
    end_role(small.steward, person, Role.EDITOR)
    assert roles(person.pk, on=today) == {Role.CONTRIBUTOR}


def test_columns_that_are_left_out_are_read_when_they_are_asked_for(small):
    version = add_item(small.author, text("One."), title="A title")
    only = Prepared(lambda item, number: Version.objects.filter(item=item, number=number).only("number"))
    found = only.first(version.item_id, 1)
    assert found is not None
    assert (found.number, found.title) == (1, "A title")
    assert only.first(version.item_id, 2) is None


def test_a_query_that_makes_something_else_of_a_value_is_refused(small):
    with pytest.raises(TypeError, match="as it is"):
        Prepared(lambda name: Person.objects.filter(name__startswith=name))("Ann")
    with pytest.raises(TypeError, match="as it is"):
        Prepared(lambda _: Person.objects.order_by("key"))("Ann")


def test_plain_rows_are_those_of_the_query_with_their_names(small):
    add_item(small.author, text("One."), title="One")
    second = add_item(small.author, text("Two."), title="Two", language="fr")

    def lines(person):
        author = Person.objects.filter(pk=OuterRef("author")).values("name")
        found = Item.objects.filter(author=person).annotate(name=Subquery(author))
        return found.order_by("-pk").values_list("id", "medium", "name", named=True)

    rows = PreparedRows(lines)
    assert rows(small.author.person_id) == list(lines(small.author.person_id))
    assert rows(small.editor.person_id) == []
    assert rows(small.author.person_id)[0].id == second.item_id
    assert rows(small.author.person_id)[0].name == "Ann Author"


def test_each_thread_asks_on_its_own_connection(small):
    used: list[object] = []
    by_name = Prepared(lambda name: Person.objects.filter(name=name))

    def ask() -> None:
        with connection.execute_wrapper(lambda run, *args: used.append(connection.connection) or run(*args)):
            by_name("Ann Author")
        connection.close()

    ask()
    thread = Thread(target=ask)
    thread.start()
    thread.join()
    # A new connection to a server is asked first whether it waits for the disk.
    assert used[0] is not used[-1]
    assert len(set(map(id, used))) == 2


def test_the_outlet_and_its_items(small):
    add_item(small.author, text("One."))
    assert organisation().name
    assert len(Prepared(lambda: Item.objects.select_related("author"))()) == 1
