"""The questions on the desk: who sees them, who answers, what they read."""

from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import Desk, approved, ready, text, use
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.items.commands import add_item, protect
from masthead.newsroom.remedies.commands import ask, close
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.review import commands as review
from masthead.vocabulary import Role


@pytest.fixture
def question(small: Desk) -> Question:
    """A question about a published item of the author's, by someone who may be reached."""
    approved(small)
    version = ready(small, use())
    review.publish(small.editor, version)
    asked, _ = ask(version.item, "Which tool <b>wrote</b> this?", language="en", reach="mole@example.org")
    return asked


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).body.text(separator=" ").split())


def here(question, also=""):
    return f"/desk/questions/{question.public_id}/{also}"


def test_the_oldest_question_waits_on_top(small, question):
    newer, _ = ask(question.item, "And why?", language="en")
    editor = client_of(small.other_editor)
    said = words(editor.get("/desk/questions/"))
    assert said.index("Which tool") < said.index("And why?")
    close(small.other_editor, newer, Closing.SPAM)
    assert "Ended lately" in words(editor.get("/desk/questions/"))


def test_an_editor_answers_and_lets_the_question_be_shown(small, question):
    editor = client_of(small.other_editor)
    page = words(editor.get(here(question)))
    assert "Which tool <b>wrote</b> this?" in page
    assert "mole@example.org" in page
    assert "River" in page
    sent = editor.post(here(question), {"text": "Ink did.", "show_question": "on"}, follow=True)
    assert "Answered." in words(sent)
    ending = Ending.objects.get()
    assert (ending.answer, ending.shown, ending.by_maker) == ("Ink did.", True, False)
    assert "Publish the answer" not in words(editor.get(here(question)))


def test_the_question_is_shown_only_where_the_box_is_ticked(small, question):
    client_of(small.other_editor).post(here(question), {"text": "Ink did."})
    assert not Ending.objects.get().shown


def test_an_empty_answer_comes_back_with_what_is_missing(small, question):
    answered = client_of(small.other_editor).post(here(question), {"text": ""})
    assert answered.status_code == 200
    assert "There is a problem" in words(answered)
    assert not Ending.objects.exists()


def test_who_made_it_reads_the_question_but_not_how_to_reach_the_asker(small):
    approved(small)
    version = add_item(small.editor, text("Mine."), language="en", title="Mine")
    review.run_checks(small.editor, version)
    review.sign_off(small.other_editor, version)
    review.publish(small.editor, version)
    question, _ = ask(version.item, "Why?", language="en", reach="mole@example.org")
    maker = client_of(small.editor)
    said = words(maker.get(here(question)))
    assert "Somebody else answers this one." in said
    assert "mole@example.org" not in said
    maker.post(here(question, "forget"))
    refused = maker.post(here(question), {"text": "Because."})
    assert "You had a hand in this, so somebody else answers" in words(refused)
    assert not Ending.objects.exists()
    assert "mole@example.org" in words(client_of(small.other_editor).get(here(question)))


def test_a_question_is_closed_with_a_reason(small, question):
    editor = client_of(small.other_editor)
    assert "There is a problem" in words(editor.post(here(question, "close"), {}))
    closed = editor.post(here(question, "close"), {"reason": "abuse"}, follow=True)
    assert "because it insults or threatens somebody" in words(closed)
    assert "mole@example.org" not in words(closed)


def test_how_to_reach_the_asker_can_be_forgotten(small, question):
    editor = client_of(small.other_editor)
    assert editor.get(here(question, "forget")).status_code == 405
    forgotten = editor.post(here(question, "forget"), follow=True)
    assert "mole@example.org" not in words(forgotten)


def test_a_contributor_and_a_stranger_see_no_questions(small, question, client):
    author = client_of(small.author)
    for address in ("/desk/questions/", here(question)):
        assert author.get(address).status_code == 403
        assert client.get(address).status_code == 302
        assert author.post(address, {"text": "Mine."}).status_code == 403
    assert not Ending.objects.exists()


def test_questions_about_protected_items_are_for_who_may_see_those(small, question):
    protect(small.editor, question.item, protected=True)
    steward = client_of(Actor(add_person(small.steward, "Stew Ard", [Role.STEWARD]).id))
    assert "Which tool" not in words(steward.get("/desk/questions/"))
    assert steward.get(here(question)).status_code == 404
    assert "Which tool" in words(client_of(small.other_editor).get("/desk/questions/"))


def test_a_wrong_id_is_nothing(small, question):
    editor = client_of(small.other_editor)
    for wrong in ("a" * 26, question.link_sha256, str(question.pk)):
        assert editor.get(f"/desk/questions/{wrong}/").status_code == 404


def test_no_question_waits_says_what_would(small):
    assert "No question waits." in words(client_of(small.other_editor).get("/desk/questions/"))


def test_an_item_without_a_title_is_told_by_its_kind(small):
    # A text gives itself a title, unless it begins with what no reader sees.
    version = add_item(small.author, text("\u2066\u2069\n\nIt rained."), language="en")
    assert version.title == ""
    review.run_checks(small.author, version)
    review.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(days=1))
    review.publish(small.editor, version)
    asked, _ = ask(version.item, "Who saw it?", language="en")
    editor = client_of(small.other_editor)
    pages = ("/desk/questions/", here(asked), "/desk/waiting/")
    for page in pages:
        said = words(editor.get(page))
        assert "Text without a title" in said, page
        assert "Picture" not in said, page
    close(small.other_editor, asked, Closing.SPAM)
    assert "Text without a title" in words(editor.get("/desk/questions/"))
