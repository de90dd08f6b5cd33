"""The page of a system goes on where an entry about it was damaged, and says which cannot be read."""

import pytest
from django.db import connection
from tests.newsroom.desk import approved
from tests.newsroom.logins import client_of

from masthead.desk.log.finding import about_system
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.register.commands import decide_on
from masthead.vocabulary import SystemStatus

COLUMNS = [("actor", "'zz'"), ("sealed", "CAST(sealed AS TEXT)"), ("leaf_hash", "5"), ("kind", "'x'")]


@pytest.fixture
def paused(small):
    """A system that was approved and then paused, each for a reason."""
    system = approved(small)
    decide_on(small.steward, system, SystemStatus.PAUSED, reason="It made names up.")
    return system


def in_its_place(system, kind, column, value):
    """Put what is none of its sort into that entry about the system, as only SQLite lets anybody."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes nothing else there")
    place = Entry.objects.get(place__in=about_system(system), kind=kind).place
    with lifted(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE evidence_entry SET {column} = {value} WHERE place = %s", [place])
    return place


def page(small, system):
    answer = client_of(small.steward).get(f"/desk/register/{system.pk}/")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(("column", "value"), COLUMNS)
def test_an_entry_that_cannot_be_read_takes_no_page_of_a_system_with_it(small, paused, column, value):
    place = in_its_place(paused, Kind.SYSTEM_APPROVED, column, value)
    answer = page(small, paused)
    told = {line.place: line for line in answer.context["history"]}
    assert list(told) == about_system(paused)[::-1]
    assert [each for each in told if told[each].unread] == [place]
    assert "It made names up." in answer.content.decode()
    assert "Its page says what does not hold." in answer.content.decode()


@pytest.mark.parametrize(("column", "value"), COLUMNS)
def test_a_reason_in_an_entry_that_cannot_be_read_is_not_told(small, paused, column, value):
    in_its_place(paused, Kind.SYSTEM_PAUSED, column, value)
    assert "It made names up." not in page(small, paused).content.decode()


def test_a_moment_that_is_none_takes_no_page_of_a_system_with_it(small, paused):
    in_its_place(paused, Kind.SYSTEM_PAUSED, "recorded_at", "'infinity'")
    assert "It made names up." in page(small, paused).content.decode()
