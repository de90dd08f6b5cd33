"""What the desk's own commands record makes bundles that both verifiers accept."""

import json
from datetime import timedelta

import pytest
from tests.evidence.verifiers import Auditor
from tests.newsroom.desk import approved, founded, ready, text, use

from masthead.newsroom.evidence import bundle, keys
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item, add_version, record_use
from masthead.newsroom.review import commands
from masthead.vocabulary import Profile, Task


@pytest.fixture
def desk(home):
    return founded(home, Profile.SMALL)


def proved(row, home):
    publish_checkpoint()
    row.refresh_from_db()
    made = bundle.build(row.entry.place)
    assert Auditor(home, keys.public_line(home)).answer(made) == 0
    assert verify_log().intact
    return json.loads(made)


def test_a_publication_after_a_draft_and_a_sign_off(desk, home):
    approved(desk)
    first = ready(desk, use(), words="The river's banks broke.")
    record_use(desk.author, first, use("Ink", Task.SUMMARY))
    second = add_version(desk.author, first, text("The river's banks held."))
    commands.run_checks(desk.author, second)
    commands.sign_off(desk.editor, second)
    made = proved(commands.publish(desk.editor, second), home)
    assert {entry["face"]["kind"] for entry in made["entries"]} >= {12, 13, 16, 18, 19}


def test_a_publication_by_broken_glass_then_a_correction_then_a_withdrawal(desk, home):
    version = add_item(desk.author, text(), uses=[use()], title="River", language="en")
    commands.break_glass(desk.editor, version, "The dam is about to break.", review_within=timedelta(hours=1))
    proved(commands.publish(desk.editor, version), home)
    corrected = commands.correct(desk.editor, version.item, text("The banks held."), "They held.")
    proved(corrected, home)
    made = proved(commands.withdraw(desk.editor, version.item, "It was about another river."), home)
    assert made["content"] is None
