"""What is sent without a session is laid before its sender again, and before nobody else."""

from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.newsroom.logins import client_of

NEW, OURS = "/desk/items/new", {"origin": "http://testserver"}
WORDS = "Words that took an afternoon.\n<script>alert(1)</script>"


def test_what_was_sent_stands_on_the_page_that_answers_and_nowhere_else(small):
    page = Client().post(NEW, {"text": WORDS, "title": "A title"}, headers=OURS)
    assert page.status_code == 403
    assert "You were signed out meanwhile" in page.text
    assert "Words that took an afternoon." in page.text
    assert "&lt;script&gt;" in page.text
    assert '<input type="hidden" name="title" value="A title">' in page.text
    assert "no-store" in page["Cache-Control"]
    assert not Session.objects.exists()


def test_a_file_is_asked_for_again_by_its_name(small):
    page = Client().post(NEW, {"file": SimpleUploadedFile("minutes.txt", b"x")}, headers=OURS)
    assert "minutes.txt" in page.text


def test_with_the_mark_of_an_earlier_session_it_is_shown_to_be_sent_now(small):
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(small.editor).cookies
    page = client.post(NEW, {"text": WORDS, "csrfmiddlewaretoken": "x" * 64}, headers=OURS)
    assert page.status_code == 403
    assert "Send it now" in page.text
    assert "x" * 64 not in page.text


def test_what_another_site_sends_is_shown_to_nobody(small):
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.cookies = client_of(small.editor).cookies
    for client in (Client(), Client(enforce_csrf_checks=True), signed_in):
        for headers in ({}, {"origin": "null"}, {"origin": "https://evil.example"}):
            page = client.post(NEW, {"text": WORDS}, headers=headers)
            assert page.status_code in (302, 403)
            assert "afternoon" not in page.text


def test_a_password_is_shown_to_nobody(small):
    page = Client().post("/account/password/change/", {"oldpassword": "afternoon tea"}, headers=OURS)
    assert page.status_code == 302
    assert "afternoon" not in page.text
