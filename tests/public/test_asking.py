"""Ask a question about an item and come back for the answer, known to nobody."""

import json
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import size
from tests.public.outlet import page_of, published, withdrawn

from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.public import commands
from masthead.newsroom.remedies import reach
from masthead.newsroom.remedies.commands import close
from masthead.newsroom.remedies.models import Question
from masthead.newsroom.remedies.words import Closing


def send(reader, item, **said):
    return reader.post(f"{page_of(item)}ask", {"text": "Which tool wrote this?"} | said)


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).body.text(separator=" ").split())


def test_a_question_is_asked_and_its_answer_read_by_the_private_link(small, reader):
    item = published(small)
    sent = send(reader, item)
    assert sent.status_code == 303
    link = sent["Location"]
    assert re.fullmatch(r"/questions/[a-z2-7]{26}", link)
    waiting = reader.get(link)
    assert "waits for an answer" in words(waiting)
    assert waiting["Cache-Control"] == "no-store"
    assert waiting["X-Robots-Tag"] == "noindex"
    assert waiting["Referrer-Policy"] == "no-referrer"
    commands.answer_question(small.other_editor, Question.objects.get(), "Ink did.", show_question=False)
    answered = reader.get(link)
    assert "Ink did." in words(answered)
    assert "Eve" not in words(answered)
    assert "your question does not" in words(answered)
    data = json.loads(reader.get(f"{link}.json").content)
    assert data.keys() == {
        "language", "item", "title", "item_language", "asked", "asked_on", "state", "answer", "by",
        "closed", "why_closed", "ended_on", "question_is_public",
    }  # fmt: skip
    assert (data["state"], data["answer"]) == ("answered", "Ink did.")
    assert not reader.cookies


def form(reader, item):
    """The number of a form that a reader was given."""
    page = reader.get(f"{page_of(item)}ask")
    assert page["Cache-Control"] == "private, no-cache", "a browser may show it again; nobody else keeps it"
    return LexborHTMLParser(page.content.decode()).css_first("[name=once]").attributes["value"]


def test_what_is_sent_twice_from_one_form_is_one_question(small, reader):
    item = published(small)
    mine, since = form(reader, item), size()
    first = send(reader, item, once=mine, reach="mole@example.org")
    again = send(reader, item, once=mine, text="Which  tool wrote this? ", reach="vole@example.org")
    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]
    assert size() == since + 1
    assert reach.opened(Question.objects.get()) == "vole@example.org"
    assert "waits for an answer" in words(reader.get(again["Location"]))
    other = send(reader, item, once=mine, text="And who checked it?")
    assert other["Location"] != first["Location"]
    assert Question.objects.count() == 2


def test_what_another_reader_asked_in_the_same_words_is_told_to_nobody(small, reader):
    item = published(small)
    mine, theirs = form(reader, item), form(reader, item)
    assert mine != theirs
    sent = [send(reader, item, once=each) for each in (mine, theirs, "", "aaaa")]
    assert [each.status_code for each in sent] == [303] * 4
    assert len({each["Location"] for each in sent}) == 4
    assert Question.objects.count() == 4


def test_the_number_of_a_form_outlasts_a_warning(small, reader):
    item = published(small)
    mine = form(reader, item)
    warned = send(reader, item, once=mine, text="Why print ada.lovelace@gmail.com?")
    assert LexborHTMLParser(warned.content.decode()).css_first("[name=once]").attributes["value"] == mine


def test_nobody_fills_the_log_for_good_from_many_networks(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.remedies.commands.MOST_A_DAY", 2)
    one, other = published(small), published(small, words="Another story altogether.")
    assert [send(reader, each).status_code for each in (one, other)] == [303, 303]
    since = size()
    refused = send(reader, one)
    assert refused.status_code == 429
    assert "More questions were asked today than can be taken in." in words(refused)
    assert size() == since


def test_the_question_stands_on_the_page_only_where_an_editor_let_it(small, reader):
    item = published(small)
    for text, shown in (("First?", True), ("Second?", False)):
        send(reader, item, text=text)
        question = Question.objects.get(text=text)
        commands.answer_question(small.other_editor, question, f"To {text[:-1]}.", show_question=shown)
    said = words(reader.get(page_of(item)))
    assert "First?" in said
    assert "Second?" not in said
    assert "To First." in said
    assert "To Second." in said
    assert "Editor, who did not make this" in said
    on_disk = (commands.site_folder(item) / "index.html").read_text()
    assert "First?" in on_disk
    assert "To Second." in on_disk


def test_no_other_id_leads_to_a_question(small, reader):
    item = published(small)
    link = send(reader, item)["Location"].rpartition("/")[2]
    question = Question.objects.get()
    for guess in (
        question.public_id,
        str(question.id),
        question.link_sha256,
        link[:-1],
        link.upper(),
        "a" * 26,
    ):
        for address in (f"/questions/{guess}", f"/questions/{guess}.json"):
            response = reader.get(address)
            assert response.status_code == 404
            assert b"Which tool" not in response.content
    assert link not in question.link_sha256


@pytest.mark.parametrize(
    ("said", "count", "where"),
    [({"text": "Why? " * 500}, "2,000", "text"), ({"reach": "mole@example.org " * 20}, "200", "reach")],
    ids=["the question", "the way to reach them"],
)
def test_what_is_too_long_is_refused_in_plain_words_and_nothing_of_it_is_lost(
    small, reader, said, count, where
):
    item = published(small)
    empty = reader.get(f"{page_of(item)}ask").content.decode()
    assert "maxlength" not in empty, "a browser cuts a paste at it unsaid"
    assert "At most 2,000 characters." in empty
    sent = send(reader, item, **said)
    page = LexborHTMLParser(sent.content.decode())
    assert sent.status_code == 422
    alert = page.css_first("[role=alert]")
    assert f"That has more than {count} characters." in alert.text()
    assert alert.css_first("a").attributes["href"] == f"#{where}"
    assert page.css_first(f".wrong #{where}")
    kept = {"text": page.css_first("#text").text(), "reach": page.css_first("#reach").attributes["value"]}
    assert kept == {"text": "Which tool wrote this?", "reach": ""} | said
    assert not Question.objects.exists()


def test_the_link_and_the_way_to_reach_the_asker_are_nowhere_in_the_home_folder(small, reader):
    item = published(small)
    link = send(reader, item, reach="mole@example.org")["Location"].rpartition("/")[2]
    for path in small.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert link.encode() not in content, path
            assert b"mole@example.org" not in content, path
    assert reach.opened(Question.objects.get()) == "mole@example.org"


def test_personal_data_is_warned_of_before_anything_is_recorded(small, reader):
    item = published(small)
    before = size()
    text = "Why did you print ada.lovelace@gmail.com?"
    warned = send(reader, item, text=text)
    assert warned.status_code == 200
    assert "an e-mail address" in words(warned)
    assert size() == before
    kept = LexborHTMLParser(warned.content.decode()).css_first("textarea").text()
    assert kept == text
    assert send(reader, item, text=text, knowing="1").status_code == 303
    assert size() == before + 1


def test_a_program_that_fills_every_field_leaves_nothing(small, reader):
    item = published(small)
    before = size()
    assert send(reader, item, website="https://spam.example").status_code == 303
    assert size() == before


@pytest.mark.parametrize(
    ("text", "says"), [("", "Nothing is written"), ("  \n ", "Nothing"), ("x" * 2001, "2,000")]
)
def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(small, reader, text, says):
    item = published(small)
    response = send(reader, item, text=text, reach="me")
    assert response.status_code == 422
    assert says in words(response)
    assert b'value="me"' in response.content


@pytest.mark.parametrize(("door", "status"), [("ask", 413), ("verify", 422)])
def test_a_stranger_cannot_fill_the_disk_through_a_public_form(small, reader, door, status):
    address = f"{page_of(published(small))}ask" if door == "ask" else "/verify"
    head = b'--b\r\nContent-Disposition: form-data; name="website"\r\n\r\nx\r\n'
    for prefix in ("", "/fr"):
        body = BytesIO(head * 100)
        answer = reader.generic(
            "POST",
            prefix + address,
            content_type="multipart/form-data; boundary=b",
            **{"CONTENT_LENGTH": "400000000", "wsgi.input": body},
        )
        assert answer.status_code == status
        assert body.tell() == 0


def test_a_file_sent_with_a_question_is_written_nowhere(small, reader, monkeypatch):
    def spooled(*_args, **_kwargs):
        raise AssertionError("a file of a stranger was about to be kept")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", spooled)
    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.new_file", spooled)
    item = published(small)
    assert send(reader, item, f=SimpleUploadedFile("big", b"x" * 50_000)).status_code == 303


def test_a_program_that_fills_every_field_may_do_so_only_so_often(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.views.asking.MOST", 2)
    item = published(small)
    codes = [send(reader, item, website="https://spam.example").status_code for _ in "abc"]
    assert codes == [303, 303, 429]


def test_what_was_typed_stays_where_someone_is_asked_to_wait(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.views.asking.MOST", 0)
    response = send(reader, published(small), text="Who held the pen?")
    assert response.status_code == 429
    assert b"Who held the pen?" in response.content


def test_who_asks_too_often_is_asked_to_wait(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.views.asking.MOST", 2)
    item = published(small)
    codes = [send(reader, item, text=f"Number {n}?").status_code for n in "abcd"]
    assert codes == [303, 303, 429, 429]


def test_a_network_in_ipv6_is_one_household(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.views.asking.MOST", 1)
    item = published(small)
    codes = [
        reader.post(f"{page_of(item)}ask", {"text": "One?"}, REMOTE_ADDR=address).status_code
        for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")
    ]
    assert codes == [303, 429, 303]


def test_a_withdrawn_item_may_be_asked_about(small, reader):
    item = published(small)
    withdrawn(small, item)
    assert reader.get(f"{page_of(item)}ask").status_code == 200
    assert send(reader, item).status_code == 303


def test_what_is_not_published_cannot_be_asked_about(small, reader):
    from tests.newsroom.desk import ready

    assert send(reader, ready(small).item).status_code == 404


def test_a_closed_question_says_why(small, reader):
    item = published(small)
    link = send(reader, item)["Location"]
    close(small.other_editor, Question.objects.get(), Closing.DUPLICATE)
    said = words(reader.get(link))
    assert "because the same was asked before" in said
    assert "Which tool" not in words(reader.get(page_of(item)))


def test_script_in_a_question_stays_words(small, reader):
    item = published(small)
    hostile = "<script>alert(1)</script>?"
    link = send(reader, item, text=hostile)["Location"]
    commands.answer_question(small.other_editor, Question.objects.get(), hostile, show_question=True)
    for address in (link, page_of(item), "/feeds/items.atom"):
        assert b"<script>alert" not in reader.get(address).content


def test_the_entry_of_a_question_names_nobody_and_verifies(small, reader):
    item = published(small)
    send(reader, item)
    entry = Entry.objects.get(kind=Kind.QUESTION_ASKED)
    assert entry.actor is None
    assert verify_log().intact


def test_where_one_person_works_nobody_is_promised_another_s_answer(solo, reader):
    item = published(solo)
    for address in (page_of(item), f"{page_of(item)}ask"):
        said = words(reader.get(address))
        assert "One person works here" in said
        assert "Someone who did not make" not in said
