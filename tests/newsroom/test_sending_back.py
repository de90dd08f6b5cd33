"""A version is handed back with what is to be done, and nobody outside reads it."""

import pytest
from tests.newsroom.desk import TEXT, Desk, kinds, ready, size, text

from masthead.errors import NotAllowed, Refused, Stale
from masthead.newsroom.evidence.kinds import FIELDS, Kind, Opens
from masthead.newsroom.items.commands import add_version
from masthead.newsroom.review import commands
from masthead.newsroom.review.standing import live_sign_off, sent_back


def test_a_version_sent_back_waits_for_its_author(small: Desk) -> None:
    version = ready(small)
    since = size()
    commands.send_back(small.editor, version, "  The second paragraph needs a source.  ")
    assert list(kinds(since)) == [Kind.SENT_BACK]
    returned = sent_back(version)
    assert returned is not None
    assert returned.note == "The second paragraph needs a source."


def test_who_may_not_sign_may_not_send_back(small: Desk) -> None:
    version = ready(small)
    with pytest.raises(NotAllowed):
        commands.send_back(small.author, version, "No.")


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 2001])
def test_a_note_says_something_and_is_no_article(small: Desk, note: str) -> None:
    version = ready(small)
    since = size()
    with pytest.raises(Refused):
        commands.send_back(small.editor, version, note)
    assert size() == since


def test_the_same_note_twice_is_one(small: Desk) -> None:
    version = ready(small)
    commands.send_back(small.editor, version, "Source?")
    with pytest.raises(Refused):
        commands.send_back(small.editor, version, "Source?")
    commands.send_back(small.editor, version, "And a date.")
    assert version.sent_back.count() == 2


def test_signing_or_a_new_version_ends_it(small: Desk) -> None:
    version = ready(small)
    commands.send_back(small.editor, version, "Source?")
    commands.sign_off(small.other_editor, version)
    assert sent_back(version) is None
    commands.send_back(small.editor, version, "Still no source.")
    newer = add_version(small.author, version, text(f"{TEXT} A source."))
    assert sent_back(newer) is None
    with pytest.raises(Stale):
        commands.send_back(small.editor, version, "Late.")


def test_nothing_of_it_ever_opens() -> None:
    assert set(FIELDS[Kind.SENT_BACK].opens.values()) == {Opens.NEVER}


def test_what_was_shown_is_what_is_signed(small: Desk) -> None:
    version = ready(small)
    since = size()
    with pytest.raises(Stale):
        commands.sign_off(small.other_editor, version, shown="0" * 64)
    assert size() == since
    live = live_sign_off(version)
    assert live is not None
    commands.sign_off(small.other_editor, version, shown=live.said_sha256)
