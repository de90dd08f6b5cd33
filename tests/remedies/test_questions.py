"""Who may answer a question, what is recorded of it, and what cannot be stored."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.newsroom.at_once import at_once
from tests.newsroom.desk import Desk, approved, ready, size, text, use

from masthead.errors import NotAllowed, NotFound, Refused
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person, grant_role
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import NotRecorded, permit
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.commands import add_item, protect
from masthead.newsroom.public import commands as public
from masthead.newsroom.remedies import commands, reach
from masthead.newsroom.remedies.commands import answer, ask, close
from masthead.newsroom.remedies.models import Ending, Question, Reach
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.commands import publish
from masthead.vocabulary import Role


@pytest.fixture
def item(small: Desk):
    """A published item of the author's."""
    approved(small)
    version = ready(small, use())
    publish(small.editor, version)
    return version.item


def asked(item, text="Why?", reach=""):
    question, _ = ask(item, text, language="en", reach=reach)
    return question


def test_whoever_did_not_make_it_may_answer(small, item):
    ending = answer(small.other_editor, asked(item), "Because.", show_question=True)
    assert (ending.answer, ending.by_maker, ending.role) == ("Because.", False, Role.EDITOR)


def test_one_form_sent_twice_at_once_is_one_question(item):
    since = size()
    send = lambda: ask(item, "Why?", language="en", reach="mole@example.org", once="a" * 26)  # noqa: E731
    (one, link), (other, again) = at_once(send, send)
    assert (one, link) == (other, again)
    assert size() == since + 1
    assert reach.opened(one) == "mole@example.org"


def test_the_author_does_not_answer_even_as_an_editor(small, item):
    question = asked(item)
    with pytest.raises(NotAllowed):
        answer(small.author, question, "Because.", show_question=False)
    grant_role(small.steward, Person.objects.get(pk=small.author.person_id), Role.EDITOR)
    for refused in (
        lambda: answer(small.author, question, "Because.", show_question=False),
        lambda: close(small.author, question, Closing.SPAM),
    ):
        with pytest.raises(Refused, match="You had a hand in this"):
            refused()
    assert commands.waiting().get() == question


def test_one_who_works_alone_answers_and_it_says_so(solo):
    approved(solo)
    version = ready(solo, use())
    publish(solo.editor, version)
    alone = solo.steward
    question = asked(version.item)
    assert not answer(alone, question, "Because.", show_question=False).by_maker
    own = add_item(alone, text("I wrote this."), language="en", title="Mine")
    review.run_checks(alone, own)
    review.sign_off(alone, own)
    publish(alone, own)
    assert answer(alone, asked(own.item), "I did.", show_question=False).by_maker


def test_a_question_ends_once(small, item):
    question = asked(item)
    close(small.other_editor, question, Closing.SPAM)
    for again in (
        lambda: close(small.other_editor, question, Closing.SPAM),
        lambda: answer(small.other_editor, question, "Because.", show_question=False),
    ):
        with pytest.raises(Refused, match="answered or closed already"):
            again()


def test_an_answer_says_something(small, item):
    with pytest.raises(Refused, match="Nothing is written"):
        answer(small.other_editor, asked(item), "  \n", show_question=False)


def test_an_auditor_does_not_answer(small, item):
    auditor = Actor(add_person(small.steward, "Aud Itor", [Role.AUDITOR]).id)
    with pytest.raises(NotAllowed):
        answer(auditor, asked(item), "Because.", show_question=False)


def test_lines_are_kept_and_what_is_no_character_is_not(small, item):
    assert asked(item, "  One?\x00\r\n\n\n  Two?  ").text == "One?\ufffd\n\n\nTwo?"


def test_what_is_not_out_cannot_be_asked_about(small, item):
    with pytest.raises(NotFound):
        ask(ready(small).item, "Why?", language="en")


def test_what_is_out_of_a_protected_item_can(small, item):
    protect(small.editor, item, protected=True)
    assert asked(item).text


def test_a_flood_about_one_item_is_stopped(small, item, monkeypatch):
    monkeypatch.setattr(commands, "MOST_OPEN", 2)
    first = asked(item)
    asked(item)
    with pytest.raises(Refused, match="waiting for an answer already"):
        asked(item)
    close(small.other_editor, first, Closing.SPAM)
    asked(item)


def test_entries_say_what_happened_and_never_open(small, item):
    question = asked(item)
    answer(small.other_editor, question, "Because.", show_question=True)
    kinds = Entry.objects.order_by("-place").values_list("kind", flat=True)[:2]
    assert list(kinds) == [Kind.QUESTION_ANSWERED, Kind.QUESTION_ASKED]
    held = values_of(Entry.objects.get(kind=Kind.QUESTION_ASKED))
    assert {"item", "question", "text", "language"} <= set(held)


def test_the_way_to_reach_the_asker_is_forgotten(small, item):
    question = asked(item, reach="mole@example.org")
    assert reach.opened(question) == "mole@example.org"
    assert b"mole" not in bytes(Reach.objects.get().sealed)
    assert (small.home / "keys" / "reach.key").stat().st_mode & 0o077 == 0
    reach.forget_old(datetime.now(UTC) + timedelta(days=59))
    assert reach.opened(question)
    reach.forget_old(datetime.now(UTC) + timedelta(days=61))
    assert not reach.opened(question)
    again = asked(item, reach="mole@example.org")
    close(small.other_editor, again, Closing.ABUSE)
    assert not reach.opened(again)


def test_an_answer_reaches_the_folders_it_was_published_to(small, tmp_path):
    version = ready(small)
    public.publish(small.editor, version, tmp_path / "out")
    public.answer_question(small.other_editor, asked(version.item, "Who?"), "Nobody.", show_question=True)
    assert "Nobody." in (tmp_path / "out" / "index.html").read_text()


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "", "closed": ""},
        {"answer": "Because.", "closed": "spam"},
        {"answer": "", "closed": "spam", "shown": True},
        {"answer": "", "closed": "boredom"},
    ],
)
def test_illegal_endings_cannot_be_stored(small, item, wrong):
    question = asked(item)
    row = Ending(
        question=question, person_id=small.editor.person_id, role=Role.EDITOR, ended_at=question.asked_at,
        entry_id=question.entry_id, **wrong,
    )  # fmt: skip
    with permit("INSERT", Ending._meta.db_table), pytest.raises(IntegrityError), transaction.atomic():
        Ending.objects.bulk_create([row])


def test_nothing_of_it_is_written_past_a_command(small, item):
    question = asked(item)
    with pytest.raises(NotRecorded):
        Question.objects.filter(pk=question.pk).update(text="Another?")
