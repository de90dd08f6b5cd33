"""Killed after each COMMIT of `init`, in an empty database and in an older version's: the next finishes.

What lies before a COMMIT is undone by the database, so the places after one are all there are between them.
Each process is a fork, ended by a real SIGKILL. Tables are made in a row of them: each is killed after its
first COMMIT and the next goes on from what it left, so that each COMMIT was the last one once; that takes
some seconds, for there are as many processes as migrations.
"""

import os
import signal

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from tests import databases
from tests.faults import forking
from tests.newsroom.recorded import recorded_as

from masthead.newsroom.accounts.models import Organisation, Person
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.review.models import Publication
from masthead.newsroom.site.founding import found
from masthead.newsroom.site.serving import preparing
from masthead.vocabulary import Profile

OLDER = [("worklist", "0001"), ("witness", "zero"), ("evidence", "0006"), ("items", "0003")]
COMMITS = {"sqlite": 5, "postgresql": 6}
"""Those of `init` where there are tables: of the log, its organisation, its checklist and its signed head."""


def begin():
    assert list(found("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SMALL))


def finished(commits):
    """Whether `init` came to its end before it was killed after so many of its COMMITs."""

    def work():
        commit, left = BaseDatabaseWrapper._commit, [commits]

        def counted(wrapper):
            commit(wrapper)
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        BaseDatabaseWrapper._commit = counted
        begin()

    return bool(forking.killed(work, forking.NEVER))


def done():
    """How many migrations are on record as done."""
    count = len(MigrationRecorder(connection).applied_migrations())
    databases.close()
    return count


def killed_until_there_are_tables():
    """One process after the other, each killed after its first COMMIT; gives how many there were."""
    every = len(MigrationLoader(None).disk_migrations)
    kills, before = 0, done()
    while before < every:
        assert not finished(1)
        kills, now = kills + 1, done()
        # The very first makes the list of what is done, and no more.
        assert now == before + 1 or (kills, now) == (1, 0)
        before = now
    return kills


def all_is_there():
    begin()
    assert (Organisation.objects.count(), PolicyRevision.objects.count()) == (1, 1)
    assert verify_log().intact
    assert not preparing.prepare().read_only


@pytest.mark.long
def test_tables_whose_making_is_killed_after_any_commit_are_finished_by_the_next(elsewhere, tally):
    elsewhere()
    kills = killed_until_there_are_tables()
    assert kills > 50
    all_is_there()
    assert Person.objects.count() == 1
    tally(f"{kills:5} kills in making the tables, after each COMMIT: finished by `init`")


@pytest.mark.long
def test_older_tables_whose_upgrade_is_killed_after_any_commit_are_finished_by_the_next(working, tally):
    # As from before it was kept which controls a publication held to.
    recorded_as(Publication.objects.all(), controls_held=None)
    publish_checkpoint()
    with lifted():
        for app, migration in OLDER:
            call_command("migrate", app, migration, verbosity=0)
    people = Person.objects.count()
    kills = killed_until_there_are_tables()
    assert kills > 10
    all_is_there()
    assert Person.objects.count() == people
    tally(f"{kills:5} kills in bringing tables up to date, after each COMMIT: finished by `init`")


@pytest.mark.parametrize("commits", range(1, max(COMMITS.values()) + 2))
def test_a_beginning_killed_after_any_commit_is_finished_by_the_next(home, commits):
    assert finished(commits) == (commits > COMMITS[connection.vendor])
    all_is_there()
    assert Person.objects.count() == 1
