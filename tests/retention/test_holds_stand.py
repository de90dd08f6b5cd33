"""What stands: of a hold its own words, of a person their login, of pages a folder that is away."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.newsroom.desk import approved, ready, use
from tests.newsroom.logins import client_of
from tests.newsroom.recorded import recorded_as
from tests.retention import planted

from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.accounts.commands.logins import end_login
from masthead.newsroom.accounts.models import Account
from masthead.newsroom.public import commands as public
from masthead.newsroom.retention import commands, finishing
from masthead.newsroom.retention.holding import Held
from masthead.newsroom.retention.models import Hold, Remains, Todo
from masthead.newsroom.retention.setting import lift_hold, set_hold
from masthead.newsroom.retention.subjects import EVERYTHING, person_called
from masthead.newsroom.retention.words import Ground


def test_the_reason_of_a_hold_is_kept_while_it_stands_and_goes_once_it_is_lifted(small):
    add_person(small.steward, "Noor Quill", [])
    add_person(small.steward, "Other Person", [])
    hold = set_hold(small.steward, person_called("Other Person"), "The claims of Noor Quill of 3 March")
    with pytest.raises(Held):
        commands.erase(small.steward, person_called("Noor Quill"), Ground.OBJECTED)
    assert "Noor Quill" in Hold.objects.get().reason
    lift_hold(small.steward, hold, "It is over.")
    commands.erase(small.steward, person_called("Noor Quill"), Ground.OBJECTED)
    assert "Noor Quill" not in Hold.objects.get().reason


def test_a_hold_is_lifted_though_the_clock_was_set_back_since(small):
    hold = set_hold(small.steward, EVERYTHING, "A court asked for it.")
    later = datetime.now(UTC) + timedelta(days=3)
    recorded_as(Hold.objects.all(), set_at=later)
    lift_hold(small.steward, hold, "It is over.")
    assert Hold.objects.get().lifted_at == later


def test_a_login_of_somebody_under_hold_does_not_end(small):
    gone = planted.leaver(small)
    client_of(small.steward)
    hold = set_hold(small.steward, person_called(planted.NAME), "A court asked for it.")
    with pytest.raises(Held, match="legal hold"):
        end_login(small.steward, gone.person)
    assert Account.objects.filter(person=gone.person).exists()
    lift_hold(small.steward, hold, "It is over.")
    end_login(small.steward, gone.person)
    assert not Account.objects.filter(person=gone.person).exists()


def test_pages_in_a_folder_that_is_away_are_not_done(small, tmp_path):
    approved(small)
    version = ready(small, use())
    mount = tmp_path / "mount"
    mount.mkdir()
    public.publish(small.editor, version, mount / "web")
    mount.rename(tmp_path / "away")
    Remains.objects.create(what=Todo.PAGES, name=version.item.public_id, before=datetime.now(UTC))
    assert finishing.finish() == 1
    (tmp_path / "away").rename(mount)
    assert finishing.finish() == 0
