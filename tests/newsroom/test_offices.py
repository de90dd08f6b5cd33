import pytest
from tests.newsroom.desk import approved, text, use

from masthead import labels
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.review import commands
from masthead.newsroom.review.standing import live_sign_off
from masthead.newsroom.review.telling import record_of
from masthead.vocabulary import Role


@pytest.fixture
def version(small):
    approved(small)
    version = add_item(small.author, text(), sources=[text(name="notes.md")], uses=[use()], language="en")
    commands.run_checks(small.author, version)
    return version


def told(version) -> str:
    return str(labels.disclose(record_of(version, live_sign_off(version))))


def test_an_office_that_signs_off_is_named_to_the_audience(small, version):
    office = add_person(small.steward, "the duty editor", [Role.EDITOR], office=True)
    commands.sign_off(Actor(office.id), version)
    assert "Checked and signed off by: the duty editor." in told(version)


def test_a_person_who_signs_off_is_not(small, version):
    commands.sign_off(small.editor, version)
    assert "Ed Editor" not in told(version)
    assert "An editor checked this version" in told(version)
