"""An item's page is kept only as long as nothing can have changed it, and for nobody else."""

import re

import pytest
from tests.desk.item.pages import html, of, story
from tests.newsroom.desk import approved, text, use

from masthead.desk.item import kept, reading
from masthead.newsroom.accounts.commands import grant_role
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.register.commands import decide_on
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, SystemStatus, WaiverReason


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The items whose pages were made."""
    from masthead.desk.item.views import item as view

    names: list[str] = []
    as_it_is = view.page_of
    monkeypatch.setattr(
        view, "page_of", lambda item, *args, **kwargs: names.append(item) or as_it_is(item, *args, **kwargs)
    )
    return names


def test_it_is_made_once_while_nothing_is_recorded(small, browsers, made):
    version = story(small)
    first, second = (html(browsers.author.get(of(version))) for _ in range(2))
    token = re.compile(r'value="[A-Za-z0-9]{64}"')
    assert token.sub("", first) == token.sub("", second)
    assert len(made) == 1


def test_what_happens_to_another_item_leaves_it_as_it_is(small, browsers, made):
    version = story(small)
    browsers.author.get(of(version))
    story(small, "Another story, of 12 boats.")
    browsers.author.get(of(version))
    assert len(made) == 1


def test_what_happens_to_it_shows_at_once(small, browsers):
    version = story(small)
    assert "I was there" not in html(browsers.author.get(of(version)))
    finding = version.check_runs.get().findings.first()
    commands.waive(small.editor, version, finding, WaiverReason.WITNESSED, "I was there")
    assert "I was there" in html(browsers.author.get(of(version)))
    add_version(small.author, version, text("# Nothing is left of it"))
    assert "Nothing is left of it" in html(browsers.author.get(of(version)))


def test_a_paused_system_shows_at_once(small, browsers):
    system = approved(small)
    version = add_item(small.author, text("Quiet words."), uses=[use()], language="en")
    commands.run_checks(small.author, version)
    before = html(browsers.author.get(of(version)))
    decide_on(small.steward, system, SystemStatus.PAUSED)
    after = html(browsers.author.get(of(version)))
    assert "paused" in after
    assert "paused" not in before


def test_each_sees_their_own(small, browsers, made):
    version = story(small)
    assert "/waive?" not in html(browsers.author.get(of(version)))
    assert "/waive?" in html(browsers.editor.get(of(version)))
    assert browsers.freelancer.get(of(version)).status_code == 404
    assert len(made) == 2


def test_a_new_role_shows_at_once(small, browsers):
    version = story(small)
    assert "/waive?" not in html(browsers.author.get(of(version)))
    grant_role(small.steward, Person.objects.get(pk=small.author.person_id), Role.EDITOR)
    assert "/waive?" in html(browsers.author.get(of(version)))


def test_its_forms_carry_a_token_of_their_own(small, browsers):
    version = story(small)
    tokens = set()
    for _ in range(3):
        page = html(browsers.author.get(of(version)))
        assert kept.TOKEN not in page
        tokens |= set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page))
    assert len(tokens) == 3


def test_nothing_of_a_protected_item_is_kept(small, browsers, made):
    version = story(small)
    browsers.author.get(of(version))
    protect(small.author, version.item, protected=True)
    assert not kept.pages._kept
    assert not len(reading.known)
    for _ in range(2):
        browsers.author.get(of(version))
    assert len(made) == 3
    assert not kept.pages._kept
    assert not len(reading.known)
