"""Wrong passwords: whoever guesses is slowed down, and nobody else is kept out."""

import re
import time

import pytest
from django.core import mail as post
from django.test import Client
from tests.newsroom.logins import PASSWORD, login_of

from masthead.newsroom.jobs import work_off

LOGIN = "/account/login/"
OFFICE, ELSEWHERE = "192.0.2.7", "198.51.100.1"
TOO_MANY = "Too many wrong passwords"


def log_in(client: Client, email: str, password: str = PASSWORD, place: str = OFFICE):
    return client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=place)


def guess(email: str, times: int, place: str = OFFICE):
    """Try wrong passwords, each from a browser of its own; the last answer."""
    for attempt in range(times):
        page = log_in(Client(), email, f"wrong {attempt}", place)
    return page


def spray(people: int, place: str = OFFICE):
    """One wrong password for each of so many addresses."""
    for number in range(people):
        page = guess(f"person{number}@example.org", 1, place)
    return page


def known(email: str) -> Client:
    """A browser in which this login signed in before, and out again."""
    client = Client()
    assert log_in(client, email, place=ELSEWHERE).status_code == 302
    client.post("/account/logout/")
    return client


def test_guessing_one_person_s_password_is_stopped_and_the_right_one_then_too(small):
    email = login_of(small.editor).email
    assert guess(email, 5).status_code == 200
    for page in (guess(email, 1), log_in(Client(), email)):
        assert page.status_code == 429
        assert TOO_MANY in page.text


def test_one_who_forgot_their_password_does_not_keep_the_office_out(small):
    assert guess(login_of(small.steward).email, 60).status_code == 429
    assert log_in(Client(), login_of(small.editor).email).status_code == 302


def test_what_is_said_is_how_long_it_takes(small, monkeypatch):
    email = login_of(small.editor).email
    page = guess(email, 6)
    now = time.time()
    assert 0 < int(page["Retry-After"]) <= 300
    assert "Wait 5 minutes" in page.text
    monkeypatch.setattr(time, "time", lambda: now + 250)
    page = log_in(Client(), email)
    assert int(page["Retry-After"]) <= 50
    assert "Wait 1 minute," in page.text
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert log_in(Client(), email).status_code == 302


def test_a_stranger_elsewhere_does_not_lock_an_editor_out(small):
    email = login_of(small.editor).email
    assert guess(email, 6).status_code == 429
    assert log_in(Client(), email, place=ELSEWHERE).status_code == 302


def test_guessing_is_stopped_alike_where_nobody_has_the_address(small):
    page = guess("nobody@example.org", 6)
    assert (page.status_code, TOO_MANY in page.text) == (429, True)


def test_guessing_many_people_s_from_one_place_is_stopped(small, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_from": "8/300s/ip"}
    assert spray(8).status_code == 200
    page = guess("another@example.org", 1)
    assert page.status_code == 429
    assert "a device on which you signed in before" in page.text
    assert log_in(Client(), login_of(small.editor).email).status_code == 429


def test_a_device_that_signed_in_before_is_let_in_where_others_guess(small, settings):
    limits = {"login_failed_from": "8/300s/ip", "login_failed_anywhere": "8/3600s/key"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits
    email = login_of(small.editor).email
    client, other = known(email), known(login_of(small.author).email)
    for number in range(8):
        guess(email, 1, f"203.0.113.{number}")
    spray(9)
    assert log_in(other, email, place=ELSEWHERE).status_code == 429
    assert log_in(client, email).status_code == 302


def test_a_device_that_signed_in_before_guesses_no_more_than_another(small):
    email = login_of(small.editor).email
    client = known(email)
    for attempt in range(5):
        assert log_in(client, email, f"wrong {attempt}").status_code == 200
    assert log_in(client, email).status_code == 429
    assert log_in(client, email, place="203.0.113.1").status_code == 429


def test_a_device_is_known_by_what_we_gave_it_alone(small):
    email, others = login_of(small.editor).email, login_of(small.author).email
    name = next(name for name in known(email).cookies if name.startswith("masthead-device-"))
    client, thief = known(others), Client()
    thief.cookies[name] = next(
        kept.value for each, kept in client.cookies.items() if each.startswith("masthead-device-")
    )
    guess(email, 5)
    assert log_in(thief, email).status_code == 429


def test_what_a_device_is_known_by_names_nobody_and_goes_to_no_other_page(small):
    email = login_of(small.editor).email
    kept = [(name, cookie) for name, cookie in known(email).cookies.items() if "device" in name]
    assert len(kept) == 1
    assert (kept[0][1]["path"], kept[0][1]["httponly"], kept[0][1]["samesite"]) == ("/account/", True, "Lax")
    assert email not in str(kept)


def test_guessing_from_many_networks_is_stopped_too(small, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "8/3600s/key"}
    email = login_of(small.editor).email
    for number in range(8):
        guess(email, 1, f"203.0.113.{number}")
    page = log_in(Client(), email)
    assert page.status_code == 429
    assert "Wait 60 minutes" in page.text


@pytest.mark.parametrize("lever", ["login_failed", "login_failed_anywhere"])
def test_a_new_password_by_mail_is_a_way_out_and_said_to_be_one(small, mail, settings, lever):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {lever: "5/3600s/key"}
    email = login_of(small.editor).email
    assert "a new password, which you may have mailed to you" in guess(email, 6).text
    client = Client(REMOTE_ADDR=OFFICE)
    client.post("/account/password/reset/", {"email": email})
    work_off()
    form = client.get(re.search(r"http://testserver(\S+)", post.outbox[0].body)[1])
    client.post(form["Location"], {"password1": "another long enough one"})
    assert log_in(client, email, "another long enough one").status_code == 302


def test_where_no_mail_goes_out_none_is_promised(small):
    page = guess(login_of(small.editor).email, 6)
    assert "If you have a passkey" in page.text
    assert "mailed" not in page.text


def test_the_right_password_counts_for_nothing(small):
    email = login_of(small.editor).email
    for _ in range(12):
        assert log_in(Client(), email).status_code == 302


def test_a_password_said_again_at_the_desk_is_counted_too(small):
    client = Client()
    log_in(client, login_of(small.editor).email)
    for attempt in range(6):
        page = client.post("/account/reauthenticate/", {"password": f"wrong {attempt}"}, REMOTE_ADDR=OFFICE)
    assert page.status_code == 429
