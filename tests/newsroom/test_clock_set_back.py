"""What began by a clock that was ahead can end all the same: at its beginning, for nothing ends before it."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.newsroom.logins import PASSWORD
from tests.newsroom.recorded import recorded_as
from tests.witness.others import Log

from masthead.newsroom.accounts import commands
from masthead.newsroom.accounts.commands.logins import end_login, give_login
from masthead.newsroom.accounts.models import LoginGrant, Person, RoleGrant
from masthead.newsroom.retention import subjects
from masthead.newsroom.retention.commands import erase
from masthead.newsroom.retention.words import Ground
from masthead.newsroom.witness.alarms import end_alarm
from masthead.newsroom.witness.commands import add_log
from masthead.newsroom.witness.models import Alarm
from masthead.vocabulary import Role

AHEAD = datetime.now(UTC) + timedelta(days=3)


@pytest.fixture
def ann(small) -> Person:
    return Person.objects.get(pk=small.author.person_id)


def began_ahead(model, column) -> None:
    assert model.objects.exists()
    recorded_as(model.objects.all(), **{column: AHEAD})


def test_a_role_ends(small, ann):
    began_ahead(RoleGrant, "granted_at")
    commands.end_role(small.steward, ann, Role.CONTRIBUTOR)
    assert [each.ended_at for each in ann.grants.all()] == [AHEAD]


def test_a_login_ends(small, ann):
    for person, address in (
        (ann, "ann@example.org"),
        (Person.objects.get(pk=small.steward.person_id), "s@example.org"),
    ):
        give_login(small.steward, person, address, PASSWORD)
    began_ahead(LoginGrant, "given_at")
    end_login(small.steward, ann)
    assert LoginGrant.objects.get(person=ann).ended_at == AHEAD


def test_somebody_who_left_is_erased(small, ann):
    give_login(small.steward, ann, "ann@example.org", PASSWORD)
    began_ahead(RoleGrant, "granted_at")
    began_ahead(LoginGrant, "given_at")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    recorded_as(Person.objects.filter(pk=ann.pk), ends_on=yesterday)
    erase(small.steward, subjects.person_called(ann.name), Ground.OBJECTED)
    assert [each.ended_at for each in ann.grants.all()] == [AHEAD]
    assert LoginGrant.objects.get(person=ann).ended_at == AHEAD


def test_an_alarm_ends(small):
    log = Log().grow(3)
    add_log(small.steward, str(log.key), "https://gazette.example/log")
    fork = log.copy().grow(1, "other")
    log.grow(1).push(0)
    fork.push(4)
    began_ahead(Alarm, "raised_at")
    end_alarm(small.steward, Alarm.objects.get(), "They say it was a test.")
    assert Alarm.objects.get().ended_at == AHEAD
