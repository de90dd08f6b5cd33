"""Signing in with a provider of the organisation's own, over the real protocol."""

import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from tests.accounts.provider import CLIENT, SECRET, served
from tests.newsroom.desk import kinds, size
from tests.newsroom.logins import PASSWORD, client_of, login_of

from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.invitations import invite
from masthead.newsroom.accounts.models import Account
from masthead.newsroom.evidence.kinds import Kind

LOGIN = "/account/oidc/own/login/"


@pytest.fixture
def provider(settings) -> Iterator[Callable]:
    with served() as (handler, address):
        app = {"provider_id": "own", "name": "Herald ID", "client_id": CLIENT, "secret": SECRET,
               "settings": {"server_url": address}}  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        handler.person = {"sub": "42", "email": "ann@example.org", "email_verified": True, "name": "Ann"}
        yield handler


def go(client: Client, process: str = "login"):
    """To the provider and back, as a browser does."""
    asked = urlsplit(client.post(f"{LOGIN}?process={process}")["Location"])
    connection = HTTPConnection(asked.netloc)
    connection.request("GET", f"{asked.path}?{asked.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    assert back.netloc == "testserver"
    return client.get(f"{back.path}?{back.query}")


def test_it_is_offered_where_it_is_set(small, provider):
    assert "Sign in with Herald ID" in Client().get("/account/login/").text


def test_it_is_not_offered_nor_there_where_it_is_not_set(small):
    assert "oidc" not in Client().get("/account/login/").text
    assert Client().get(LOGIN).status_code == 404


def test_who_was_not_invited_gets_no_login(small, provider):
    before = Account.objects.count(), SocialAccount.objects.count(), size()
    client = Client()
    page = go(client)
    assert page.status_code == 200
    assert "comes by invitation" in page.text
    assert client.get("/desk/").status_code == 302
    assert client.get("/account/provider/signup/").status_code in (302, 200)
    client.post("/account/provider/signup/", {"email": "ann@example.org"})
    assert (Account.objects.count(), SocialAccount.objects.count(), size()) == before


def test_who_was_invited_accepts_with_it(small, provider):
    _, token = invite(small.steward, named("Ann Author"))
    client, at = Client(), size()
    client.get(f"/account/invitation/{token}/")
    assert "Sign in with Herald ID instead" in client.get("/account/invitation/").text
    assert go(client)["Location"] == "/desk/"
    assert "Ann Author" in client.get("/desk/me/").text
    assert list(kinds(at)) == [Kind.LOGIN_GIVEN]
    other = Client()
    assert go(other)["Location"] == "/desk/"


def test_who_has_a_login_with_the_address_it_vouches_for_gets_in(small, provider):
    account = login_of(small.author)
    provider.person["email"] = account.email.upper()
    client = Client()
    assert go(client)["Location"] == "/desk/"
    assert "Ann Author" in client.get("/desk/me/").text


def test_an_address_it_does_not_vouch_for_opens_nothing(small, provider):
    provider.person |= {"email": login_of(small.author).email, "email_verified": False}
    client = Client()
    assert "comes by invitation" in go(client).text
    assert client.get("/desk/").status_code == 302


def test_it_is_joined_to_a_login_and_taken_off(small, provider):
    client = client_of(small.editor)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert go(client, "connect").status_code == 302
    assert SocialAccount.objects.get().user == login_of(small.editor)
    assert "lets you in" in client.get("/desk/me/").text
    assert go(Client())["Location"] == "/desk/"
    page = client.get("/account/provider/")
    assert "Herald ID" in page.text


def test_a_provider_whose_clock_is_a_minute_ahead_is_no_forger(small, provider):
    ahead = int(time.time()) + 60
    provider.person |= {"email": login_of(small.author).email, "iat": ahead, "nbf": ahead, "exp": ahead + 60}
    assert go(Client())["Location"] == "/desk/"


def test_a_token_that_is_too_old_opens_nothing(small, provider):
    provider.person |= {"email": login_of(small.author).email, "exp": int(time.time()) - 60}
    assert go(Client())["Location"] == "/account/login/"


@pytest.mark.parametrize("claim", [{"aud": "another"}, {"iss": "https://another.example"}], ids=str)
def test_a_token_that_is_for_another_opens_nothing(small, provider, claim):
    provider.person |= {"email": login_of(small.author).email} | claim
    assert go(Client())["Location"] == "/account/login/"


def test_an_answer_that_was_not_asked_for_opens_nothing(small, provider):
    client = Client()
    answer = client.get(f"{LOGIN}callback/?code=x&state=planted")
    assert answer.status_code in (302, 401)
    assert client.get("/desk/").status_code == 302


def test_one_who_stops_at_it_is_told_so(small, provider):
    client = Client()
    asked = urlsplit(client.post(f"{LOGIN}?process=login")["Location"])
    state = next(part for part in asked.query.split("&") if part.startswith("state="))
    answer = client.get(f"{LOGIN}callback/?error=access_denied&{state}", follow=True)
    assert "stopped at your provider" in answer.text


def test_a_provider_that_gives_no_answer_breaks_nothing(small, provider):
    provider.broken = True
    page = Client().post(f"{LOGIN}?process=login")
    assert page.status_code == 503
    assert "gives no answer" in page.text


def test_a_provider_that_is_gone_breaks_nothing(small, settings):
    app = {"provider_id": "own", "name": "Gone", "client_id": "x", "secret": "x",
           "settings": {"server_url": "http://127.0.0.1:9"}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    page = Client().post(f"{LOGIN}?process=login")
    assert page.status_code == 503
    assert "gives no answer" in page.text


def test_the_settings_of_it_stand_in_a_table_or_in_the_environment(tmp_path, monkeypatch):
    from masthead.errors import NotReady
    from masthead.newsroom.site import home

    assert home.settings(tmp_path).oidc == {}
    (tmp_path / "config.toml").write_text('[oidc]\nserver = "https://id.example.org"\nclient_id = "m"\n')
    with pytest.raises(NotReady, match="oidc"):
        home.settings(tmp_path)
    monkeypatch.setenv("MASTHEAD_OIDC_SECRET", "s")
    assert home.settings(tmp_path).oidc == {
        "server": "https://id.example.org", "client_id": "m", "secret": "s", "name": "",
    }  # fmt: skip
