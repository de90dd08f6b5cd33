"""A second proof of who one is: an authenticator app, recovery codes, passkeys."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.test import Client
from tests.newsroom.logins import PASSWORD, client_of, login_of

ADD = "/account/2fa/totp/activate/"
PROVE = "/account/2fa/authenticate/"


def code(secret: str, steps: int = 0) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30 + steps):06}"


def again(client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def with_app(desk) -> tuple[Client, str]:
    """A browser of the editor with an authenticator app just added, and the app's secret."""
    client = client_of(desk.editor)
    again(client)
    page = client.get(ADD)
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page.text)[1]
    answer = client.post(ADD, {"code": code(secret)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    return client, secret


def half_in(desk) -> Client:
    client = Client()
    answer = client.post("/account/login/", {"login": login_of(desk.editor).email, "password": PASSWORD})
    assert answer["Location"].split("?")[0] == PROVE
    assert client.get("/desk/").status_code == 302
    return client


def test_adding_an_app_asks_once_more_who_one_is(small):
    client = client_of(small.editor)
    assert client.get(ADD)["Location"].startswith("/account/reauthenticate/")


def test_a_password_that_is_hashed_anew_at_that_ends_no_work(small, monkeypatch):
    client = client_of(small.editor)
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", PBKDF2PasswordHasher.iterations + 1)
    before = login_of(small.editor).password
    again(client)
    assert login_of(small.editor).password != before
    assert client.get(ADD).status_code == 200
    assert client.get("/desk/").status_code == 200


def test_the_picture_to_scan_is_served_and_holds_no_style(small):
    client = client_of(small.editor)
    again(client)
    page = client.get(ADD)
    assert "data:" not in page.text
    assert "style=" not in page.text
    picture = client.get("/account/2fa/totp/code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert b"<svg" in picture.content
    assert client_of(small.author).get("/account/2fa/totp/code.svg").status_code == 404


def test_a_code_of_the_app_is_asked_for_and_lets_in(small):
    _, secret = with_app(small)
    client = half_in(small)
    assert "does not fit" in client.post(PROVE, {"code": "000000"}).text
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    assert client.post(PROVE, {"code": code(secret, 1)})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(("steps", "fits"), [(-1, True), (0, True), (1, True), (-2, False), (2, False)])
def test_a_clock_may_be_half_a_minute_off_and_beyond_that_it_is_named(small, monkeypatch, steps, fits):
    _, secret = with_app(small)
    cache.clear()  # the code that was just used to add the app
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    answer = half_in(small).post(PROVE, {"code": code(secret, steps)})
    assert (answer.status_code == 302) is fits
    assert ("check the clock of your phone" in answer.text) is not fits


def test_a_code_lets_in_once(small):
    _, secret = with_app(small)
    typed = code(secret, 1)
    assert half_in(small).post(PROVE, {"code": typed}).status_code == 302
    assert half_in(small).post(PROVE, {"code": typed}).status_code == 200


def test_guessing_codes_is_stopped(small):
    _, secret = with_app(small)
    client = half_in(small)
    for guess in range(8):
        page = client.post(PROVE, {"code": f"{guess:06}"})
    assert page.status_code == 429
    assert "Too many wrong codes. Wait five minutes" in page.text
    assert client.post(PROVE, {"code": code(secret, 1)}).status_code == 429


def test_a_recovery_code_lets_in_once(small):
    client, _ = with_app(small)
    page = client.get("/account/2fa/recovery-codes/")
    codes = re.findall(r"<code>(\d{8})</code>", page.text)
    assert len(codes) == 10
    assert client.get("/account/2fa/recovery-codes/download/").text.split() == codes
    assert half_in(small).post(PROVE, {"code": codes[0]}).status_code == 302
    assert half_in(small).post(PROVE, {"code": codes[0]}).status_code == 200
    assert "9 left" in client.get("/desk/me/").text


def test_new_recovery_codes_end_the_old(small):
    client, _ = with_app(small)
    old = re.findall(r"<code>(\d{8})</code>", client.get("/account/2fa/recovery-codes/").text)
    client.post("/account/2fa/recovery-codes/generate/")
    new = re.findall(r"<code>(\d{8})</code>", client.get("/account/2fa/recovery-codes/").text)
    assert not set(old) & set(new)
    assert half_in(small).post(PROVE, {"code": old[0]}).status_code == 200


def test_taking_the_app_off_leaves_the_password_alone(small):
    client, _ = with_app(small)
    assert client.get("/account/2fa/totp/deactivate/").status_code == 200
    client.post("/account/2fa/totp/deactivate/")
    answer = Client().post("/account/login/", {"login": login_of(small.editor).email, "password": PASSWORD})
    assert answer["Location"] == "/desk/"


def test_a_passkey_that_is_none_opens_nothing(small):
    client = Client()
    asked = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["rpId"] == "testserver"
    for planted in ("", "{}", '{"id": "x"}', "not json", '{"response": {"userHandle": "MQ"}}'):
        answer = client.post("/account/2fa/webauthn/login/", {"credential": planted})
        assert answer.status_code in (200, 302)
        assert client.get("/desk/").status_code == 302


def test_an_answer_of_a_passkey_to_a_question_that_is_gone_is_told_from_one_that_does_not_fit(small):
    asked = Client()
    asked.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    for client, said in ((asked, "does not let you in here"), (Client(), "took too long")):
        page = client.post("/account/2fa/webauthn/login/", {"credential": '{"id": "x"}'}, follow=True)
        assert said in page.text


def test_others_passkeys_are_not_to_be_renamed_nor_taken_off(small):
    key = Authenticator.objects.create(user=login_of(small.editor), type="webauthn", data={"name": "mine"})
    client = client_of(small.author)
    again(client)
    for page in ("edit", "remove"):
        assert client.get(f"/account/2fa/webauthn/keys/{key.pk}/{page}/").status_code == 404
        assert client.post(f"/account/2fa/webauthn/keys/{key.pk}/{page}/", {"name": "x"}).status_code == 404
