"""Setting up a new desk in the browser."""

import stat

import pytest
from django.test import Client
from django.utils.html import escape
from tests.newsroom.logins import PASSWORD

from masthead import declaration
from masthead.newsroom.accounts.models import Account, Organisation, Person
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.site.setup_code import fits, setup_code
from masthead.vocabulary import Profile, Role

OUTLET = {"name": "The Herald", "publisher": ""}
YOU = {"person": "Ada Steward", "email": "Ada@Example.org", "password": PASSWORD}


@pytest.fixture
def client(home) -> Client:
    return Client()


def coded(client: Client) -> Client:
    assert client.post("/setup", {"code": setup_code()})["Location"] == "/setup/outlet"
    return client


def test_a_new_desk_is_set_up_from_nothing_to_signed_in(client, home):
    assert client.get("/desk/")["Location"] == "/setup"
    assert client.get("/setup").status_code == 200
    coded(client)
    assert client.post("/setup/outlet", OUTLET)["Location"] == "/setup/you"
    assert client.post("/setup/you", YOU)["Location"] == "/setup/profile"
    assert "ada@example.org" in client.get("/setup/profile").text.lower()
    assert client.post("/setup/profile", {"profile": "solo"})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert Organisation.objects.get().publisher == "The Herald"
    ada = Person.objects.get()
    assert set(ada.grants.values_list("role", flat=True)) == {Role.STEWARD, Role.EDITOR, Role.CONTRIBUTOR}
    assert Account.objects.get().check_password(PASSWORD)
    assert PolicyRevision.objects.get().profile == "solo"
    assert not (home / "setup.code").exists()


def test_what_each_profile_holds_them_to_is_shown_before_one_is_chosen(client):
    coded(client)
    client.post("/setup/outlet", OUTLET)
    client.post("/setup/you", YOU)
    page = client.get("/setup/profile").text
    words = declaration.load().words("en")
    for control in declaration.load().controls_for(Profile.SMALL):
        assert escape(words.controls[control.id].title) in page
    assert page.count(escape(words.controls["second-person"].title)) == 1
    assert page.count(escape(words.controls["quarterly-review"].title)) == 2


def test_afterwards_nobody_reaches_it(small):
    for path in ("/setup", "/setup/outlet", "/setup/you", "/setup/profile"):
        for answer in (Client().get(path), Client().post(path, OUTLET | YOU | {"code": setup_code()})):
            assert answer.status_code == 302
            assert answer["Location"] == "/account/login/"
    assert setup_code() == ""
    assert not fits("")


def test_without_the_code_nothing_is_seen(client):
    for path in ("/setup/outlet", "/setup/you", "/setup/profile"):
        assert client.get(path)["Location"] == "/setup"
        assert client.post(path, OUTLET | YOU | {"profile": "solo"})["Location"] == "/setup"
    assert client.post("/setup", {"code": "aaaa-aaaa-aaaa-aaaa"}).status_code == 200
    assert not Organisation.objects.exists()


def test_the_code_stands_in_a_file_for_its_owner_alone(home):
    code = setup_code()
    kept = home / "setup.code"
    assert kept.read_text().strip() == code == setup_code()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert fits(code.upper().replace("-", " "))
    assert not fits(code[:-1])


def test_a_new_code_shuts_out_who_had_the_old(client, home):
    coded(client)
    (home / "setup.code").unlink()
    assert client.get("/setup/outlet")["Location"] == "/setup"


def test_the_code_may_be_guessed_at_only_so_often(client):
    answers = [client.post("/setup", {"code": "guess"}).status_code for _ in range(25)]
    assert answers[-1] == 429


def test_going_back_and_loading_again_loses_nothing(client):
    coded(client)
    client.post("/setup/outlet", OUTLET)
    client.post("/setup/you", YOU)
    assert "The Herald" in client.get("/setup/outlet").text
    assert "Ada Steward" in client.get("/setup/you").text
    assert PASSWORD not in client.get("/setup/you").text
    client.post("/setup/outlet", OUTLET | {"name": "The Echo"})
    client.post("/setup/you", YOU | {"password": ""})
    client.post("/setup/profile", {"profile": "small"})
    assert Organisation.objects.get().name == "The Echo"
    assert Account.objects.get().check_password(PASSWORD)


def test_no_step_is_skipped(client):
    coded(client)
    assert client.get("/setup/profile")["Location"] == "/setup/outlet"
    assert client.get("/setup/you")["Location"] == "/setup/outlet"
    client.post("/setup/outlet", OUTLET)
    assert client.get("/setup/profile")["Location"] == "/setup/you"


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"password": "short"}, {"person": ""}], ids=str)
def test_what_is_wrong_is_said_where_it_is(client, wrong):
    coded(client)
    client.post("/setup/outlet", OUTLET)
    page = client.post("/setup/you", YOU | wrong)
    assert page.status_code == 200
    assert "There is a problem" in page.text


def test_sending_the_last_page_twice_founds_once(client):
    coded(client)
    client.post("/setup/outlet", OUTLET)
    client.post("/setup/you", YOU)
    client.post("/setup/profile", {"profile": "small"})
    assert client.post("/setup/profile", {"profile": "small"})["Location"] == "/account/login/"
    assert Organisation.objects.count() == Account.objects.count() == 1


def test_the_password_is_kept_in_no_session(client):
    coded(client)
    client.post("/setup/outlet", OUTLET)
    client.post("/setup/you", YOU)
    assert PASSWORD not in str(dict(client.session))


@pytest.mark.parametrize(
    "weak", ["motdepasse123", "M0t de p@sse 2026!", "P4ssw0rd-2026-xyz", "azertyuiop1234", "Masthead-2026-11",
             "vive the herald!", "ada.steward.2026", "correct-STEWARD-9", "echo@example.org"],
)  # fmt: skip
def test_a_password_that_is_guessed_first_is_refused_and_it_is_said_why(client, weak):
    coded(client)
    client.post("/setup/outlet", OUTLET)
    page = client.post("/setup/you", YOU | {"password": weak, "email": "echo@example.org"})
    assert page.status_code == 200
    assert "among the first that someone would try" in page.text or "too similar" in page.text
