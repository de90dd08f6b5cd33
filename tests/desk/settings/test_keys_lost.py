"""A key of the log that cannot sign: told where whoever looks after the machine begins, with the way back."""

import pytest
from django.urls import reverse
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.commands.log_keys import replace, rotate
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.keys_shown import shown
from masthead.tlog.handover import Ground

PAGES = ("desk:work", "desk:waiting", "desk:log", "desk:settings")
TOLD = "The log’s key cannot sign"


def read(actor, name: str) -> str:
    return client_of(actor).get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_whoever_looks_after_the_machine_is_told_at_once(small, name):
    assert TOLD not in read(small.steward, name)
    (small.home / keys.PRIVATE).unlink()
    said = read(small.steward, name)
    assert TOLD in said
    assert "is not in the home folder" in said
    assert "masthead key replace --reason lost" in said
    assert "Nothing is published" in said
    assert reverse("desk:settings") + "#keys" in said


@pytest.mark.parametrize("name", PAGES[:2])
def test_others_are_not_troubled_with_it(small, name):
    (small.home / keys.PRIVATE).unlink()
    assert TOLD not in read(small.author, name)


def test_a_folder_without_any_key_tells_the_way_back(small):
    for file in (keys.PRIVATE, keys.PUBLIC):
        (small.home / file).unlink()
    for name in PAGES:
        said = read(small.steward, name)
        assert TOLD in said
        assert "masthead key replace --reason lost --old LINE" in said


def test_the_pages_end_to_tell_it_once_the_log_goes_on(small):
    (small.home / keys.PRIVATE).unlink()
    replace(small.steward, Ground.LOST)
    assert all(TOLD not in read(small.steward, name) for name in PAGES)


def test_a_missing_later_key_is_named_by_its_own_file_and_nothing_is_to_be_destroyed(small):
    changed = rotate(small.steward, days=0)
    (small.home / keys.named(changed.key)).unlink()
    told = shown(small.home)
    trouble = told.current.trouble
    assert trouble is not None
    assert f"The log's key {told.current.id} is not in the home folder." in str(trouble.what)
    assert str(keys.named(changed.key)) in str(trouble.remedy)
    assert "keys/log.key" not in str(trouble.remedy)
    assert not told.notes


def test_a_missing_first_key_is_named_by_its_file(small):
    (small.home / keys.PRIVATE).unlink()
    trouble = shown(small.home).current.trouble
    assert trouble is not None
    assert "`keys/log.key`" in str(trouble.remedy)
    assert "log-" not in str(trouble.remedy)


def test_a_file_that_holds_another_key_is_told_so(small):
    changed = rotate(small.steward, days=0)
    (small.home / keys.named(changed.key)).write_bytes((small.home / keys.PRIVATE).read_bytes())
    trouble = shown(small.home).current.trouble
    assert trouble is not None
    assert f"{keys.named(changed.key)} holds another key than the log's key" in str(trouble.what)
