"""Logging in with address and password, and what an attacker finds there."""

import re
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.core import mail as post
from django.test import Client
from tests.newsroom.logins import PASSWORD, client_of, login_of

from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.models import Account
from masthead.newsroom.jobs import work_off
from masthead.newsroom.site.mail import mailers

LOGIN = "/account/login/"


def log_in(client: Client, email: str, password: str = PASSWORD, onward: str = "", **kwargs):
    where = f"{LOGIN}?next={onward}" if onward else LOGIN
    return client.post(where, {"login": email, "password": password, "next": onward}, **kwargs)


def words(page) -> str:
    """What a page says, without what is new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.text)


def test_the_desk_asks_for_a_login_and_goes_on_where_one_wanted(small):
    account = login_of(small.editor)
    client = Client()
    asked = client.get("/desk/people/")
    assert asked["Location"] == "/account/login/?next=/desk/people/"
    answer = log_in(client, account.email, onward="/desk/people/")
    assert answer["Location"] == "/desk/people/"
    assert client.get("/desk/people/").status_code == 200


def test_an_address_is_the_same_in_any_case(small):
    answer = log_in(Client(), login_of(small.editor).email.upper())
    assert answer.status_code == 302


def test_unknown_address_and_wrong_password_are_answered_alike(small):
    known = login_of(small.editor).email
    unknown = "someone.else.entirely.in.length@example.org".rjust(len(known), "x")[: len(known)]
    pages = [log_in(Client(), address, "wrong horse battery") for address in (known, unknown)]
    assert [page.status_code for page in pages] == [200, 200]
    assert words(pages[0]).replace(known, "") == words(pages[1]).replace(unknown, "")
    assert "do not belong together" in pages[0].text


def test_a_stranger_who_looks_at_the_way_in_leaves_no_session(small):
    client = Client()
    for path in ("", "?next=/desk/"):
        assert client.get(LOGIN + path).status_code == 200
    assert not Session.objects.exists()
    cookie = client.cookies["masthead-csrf"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_the_way_in_takes_a_form_with_its_token(small):
    client = Client(enforce_csrf_checks=True)
    page = client.get(LOGIN).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    given = {"login": login_of(small.editor).email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post(LOGIN, given).status_code == 302


def test_a_session_begun_before_the_login_is_not_the_one_after(small):
    client = Client()
    client.get("/account/signup/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["masthead"] = session.session_key
    before = session.session_key
    log_in(client, login_of(small.editor).email)
    assert client.cookies["masthead"].value != before
    assert Client(headers={"cookie": f"masthead={before}"}).get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "http://localhost:9/",
        "https:evil.example",
        "%2F%2Fevil.example",
    ],
)
def test_a_login_goes_on_to_this_site_alone(small, onward):
    answer = log_in(Client(), login_of(small.editor).email, onward=onward)
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/"


def test_an_unknown_host_is_not_answered(small):
    assert Client().get(LOGIN, headers={"host": "evil.example"}).status_code == 400


def test_signing_out_needs_a_click_not_only_a_link(small):
    client = client_of(small.editor)
    asked = client.get("/account/logout/")
    assert (asked.status_code, "Clear-Site-Data" in asked) == (200, False)
    assert client.get("/desk/").status_code == 200
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache"'
    assert client.get("/desk/").status_code == 302


def test_a_form_of_another_site_does_nothing(small):
    client = Client(enforce_csrf_checks=True)
    answer = log_in(client, login_of(small.editor).email)
    assert answer.status_code == 403
    assert "session that has ended" in answer.text


def test_a_login_that_belongs_to_nobody_gets_nowhere_and_can_leave(small):
    stray = Account(email="stray@example.org")
    stray.set_password(PASSWORD)
    stray.save()
    assert log_in(Client(), stray.email)["Location"] == "/account/inactive/"
    client = Client()
    client.force_login(stray)
    assert client.get("/desk/").status_code == 503
    assert client.post("/account/logout/").status_code == 302


def test_a_new_password_is_mailed_to_who_has_a_login(small, mail):
    account = login_of(small.editor)
    client = Client()
    answer = client.post("/account/password/reset/", {"email": account.email})
    assert answer["Location"] == "/account/password/reset/done/"
    work_off()
    assert [each.to for each in post.outbox] == [[account.email]]
    link = re.search(r"http://testserver(\S+)", post.outbox[0].body)[1]
    form = client.get(link)
    assert form.status_code == 302
    answer = client.post(form["Location"], {"password1": "another long enough one"})
    assert answer["Location"] == "/account/password/reset/key/done/"
    assert log_in(Client(), account.email, "another long enough one").status_code == 302
    assert "does not work any more" in Client().get(link).text


def test_asking_for_a_new_password_tells_nothing_of_who_is_here(small, mail):
    answers = [
        Client().post("/account/password/reset/", {"email": email})
        for email in (login_of(small.editor).email, "nobody@example.org")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/account/password/reset/done/")
    }
    work_off()
    assert len(post.outbox) == 1


def test_without_mail_a_steward_is_who_to_ask(small):
    assert "Ask a steward" in Client().get("/account/password/reset/").text


def test_a_link_for_a_new_password_names_the_host_that_is_ours(small, mail):
    answer = Client().post(
        "/account/password/reset/", {"email": login_of(small.editor).email}, headers={"host": "evil.example"}
    )
    assert answer.status_code == 400
    work_off()
    assert not post.outbox


def test_changing_the_password_signs_out_every_other_device(small):
    account = login_of(small.editor)
    here, there = Client(), Client()
    log_in(here, account.email)
    log_in(there, account.email)
    answer = here.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "another long enough one"}
    )
    assert answer.status_code == 302
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


@pytest.mark.parametrize("password", ["short", "qwerty123456", "123456789012"])
def test_a_password_that_is_easy_to_guess_is_not_taken(small, password):
    account = login_of(small.editor)
    page = client_of(small.editor).post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": password}
    )
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert Account.objects.get(pk=account.pk).password == account.password


def test_signing_out_everywhere_else_leaves_this_device(small):
    account = login_of(small.editor)
    here, there = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}), Client()
    log_in(here, account.email)
    log_in(there, account.email)
    page = here.get("/account/sessions/")
    assert "Firefox on Linux" in page.text
    here.post("/account/sessions/")
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


def test_the_address_is_changed_after_showing_once_more_who_one_is(small):
    client = Client()
    account = login_of(small.editor)
    log_in(client, account.email)
    asked = client.get("/account/email/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    client.post(asked["Location"], {"password": PASSWORD, "next": "/account/email/"})
    answer = client.post("/account/email/", {"email": "Ed.New@Example.org"})
    assert answer["Location"] == "/desk/me/"
    assert log_in(Client(), "ed.new@example.org").status_code == 302
    assert log_in(Client(), account.email).status_code == 200


def test_where_mail_goes_out_a_new_address_counts_once_it_was_confirmed(small, mail):
    client = Client()
    account = login_of(small.editor)
    log_in(client, account.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/email/", {"email": "ed.new@example.org"})
    assert [each.to for each in post.outbox] == [["ed.new@example.org"]]
    link = re.search(r"http://testserver(\S+)", post.outbox[0].body)[1]
    assert log_in(Client(), "ed.new@example.org").status_code == 200
    assert client_of(small.author).get(link).status_code == 404
    assert client.get(link).status_code == 200
    client.post(link)
    work_off()
    assert Account.objects.get(pk=account.pk).email == "ed.new@example.org"
    assert client.get(link).status_code == 404


def test_an_address_that_another_has_is_not_given_twice_nor_told_whose_it_is(small):
    client = Client()
    account, other = login_of(small.editor), login_of(small.author)
    log_in(client, account.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.post("/account/email/", {"email": other.email})
    assert "cannot be used here" in page.text
    assert "Ann" not in page.text


def test_a_mail_server_that_is_down_breaks_no_page(small, mail, settings):
    settings.MAILERS = mailers("smtp://127.0.0.1:9")
    client = Client()
    log_in(client, login_of(small.editor).email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.post("/account/email/", {"email": "ed.new@example.org"})
    assert page.status_code == 200
    assert "mail server did not take the mail" in page.text
    answer = Client().post("/account/password/reset/", {"email": login_of(small.editor).email})
    assert answer.status_code == 302
    answer = client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "another long enough one"}
    )
    assert answer.status_code == 302
    work_off()


def test_the_desk_speaks_the_language_one_chose(small):
    client = client_of(small.editor)
    assert 'lang="en"' in client.get("/desk/me/").text
    assert client.post("/desk/me/", {"language": "fr"}).status_code == 302
    assert 'lang="fr"' in client.get("/desk/me/").text
    client.post("/desk/me/", {"language": "browser"})
    assert 'lang="fr"' in client.get("/desk/me/", headers={"accept-language": "fr-CA"}).text
    assert client.post("/desk/me/", {"language": "xx"}).status_code == 200


def test_a_link_in_a_mail_never_begins_with_what_a_stranger_said(small, mail, settings):
    chosen = replace(settings.MASTHEAD, address="https://desk.example.org")
    settings.MASTHEAD = chosen
    email = login_of(small.editor).email
    Client().post("/account/password/reset/", {"email": email}, headers={"host": "localhost"})
    work_off()
    newcomer = named("Ann Author")
    steward = client_of(small.steward)
    shown = steward.post(
        f"/desk/people/{newcomer.pk}/invite/", {"email": "a@example.org"}, headers={"host": "localhost"}
    )
    editor = client_of(small.editor)
    editor.post("/account/reauthenticate/", {"password": PASSWORD})
    editor.post("/account/email/", {"email": "new@example.org"}, headers={"host": "localhost"})
    assert len(post.outbox) == 3
    for said in (*(each.body for each in post.outbox), shown.text):
        assert "https://desk.example.org/account/" in said
        assert "http://localhost" not in said
