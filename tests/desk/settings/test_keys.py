"""The keys of the log on the page of settings: how they stand, what is wrong, and nothing private."""

from tests.desk.settings.test_settings import page

from masthead.newsroom.accounts.commands.log_keys import replace, rotate
from masthead.newsroom.evidence import keys
from masthead.tlog.handover import Ground


def test_every_key_is_shown_with_how_it_stands_and_where_it_is(small):
    first = keys.public_line(small.home)
    changed = rotate(small.steward)
    said = page(small)
    assert "signs now" in said
    assert "still signs as well" in said
    for line in (first, str(changed.key)):
        assert line.replace("+", "&#x2B;") in said or line in said
    assert "keys/log.key" in said
    assert (small.home / keys.PRIVATE).read_text().splitlines()[1] not in said


def test_a_key_that_is_gone_is_told_with_the_way_back(small):
    (small.home / keys.PRIVATE).unlink()
    assert "masthead key replace --reason lost" in page(small)


def test_a_revoked_key_is_shown_with_why(small):
    replace(small.steward, Ground.STOLEN)
    (small.home / keys.PUBLIC).unlink()
    said = page(small).split("Keys of the evidence log")[1]
    assert "revoked" in said
    assert "it may be in other hands" in said


def test_a_folder_without_any_key_still_has_a_page(small):
    for file in (keys.PRIVATE, keys.PUBLIC):
        (small.home / file).unlink()
    assert "is not in the home folder" in page(small)
