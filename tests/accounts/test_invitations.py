"""Coming to a login by invitation, and losing it."""

import dataclasses
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail as post
from django.test import Client
from tests.newsroom.desk import Desk, kinds, left, size
from tests.newsroom.logins import PASSWORD, client_of, login_of

from masthead.errors import NotAllowed, NotFound, Refused
from masthead.newsroom.accounts import commands
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.invitations import invitation_of, invite, open_invitation
from masthead.newsroom.accounts.models import Account, Invitation, LoginGrant, Person
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.jobs import work_off
from masthead.vocabulary import Role

GIVEN = {"email": "ann@example.org", "way": "password", "password": PASSWORD}
TODAY = datetime.now(UTC).date()


def ann() -> Person:
    return named("Ann Author")


def link_for(desk: Desk, person: Person | None = None) -> str:
    return f"/account/invitation/{invite(desk.steward, person or ann())[1]}/"


def accept(client: Client, link: str, **given: str):
    opened = client.get(link)
    assert opened["Location"] == "/account/invitation/"
    return client.post("/account/invitation/", {**GIVEN, **given})


def test_a_steward_invites_and_the_person_gets_in(small):
    steward = client_of(small.steward)
    made = steward.post(f"/desk/people/{ann().pk}/invite/")
    link = re.search(r"http://testserver(/account/invitation/[^/<\s]+/)", made.text)[1]
    assert link not in steward.get(f"/desk/people/{ann().pk}/").text
    client, at = Client(), size()
    answer = accept(client, link)
    assert answer["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    account = Account.objects.get(email="ann@example.org")
    assert account.person == ann()
    assert account.check_password(PASSWORD)
    assert list(kinds(at)) == [Kind.LOGIN_GIVEN]
    assert LoginGrant.objects.get(person=ann()).invited_by_id == small.steward.person_id


def test_the_link_is_kept_nowhere(small):
    _, token = invite(small.steward, ann())
    kept = Invitation.objects.get()
    assert token not in str(vars(kept))
    assert len(kept.token_sha256) == 64


def test_the_secret_stands_in_no_page_after_the_first(small):
    client = Client()
    link = link_for(small)
    client.get(link)
    page = client.get("/account/invitation/")
    assert link.split("/")[3] not in page.text
    assert page["Referrer-Policy"] == "same-origin"


def test_a_link_works_once(small):
    link = link_for(small)
    accept(Client(), link)
    answer = Client().get(link)
    assert answer.status_code == 404
    assert "used already" in answer.text


def test_two_who_open_the_link_do_not_both_get_in(small):
    link = link_for(small)
    first, second = Client(), Client()
    first.get(link)
    second.get(link)
    assert first.post("/account/invitation/", GIVEN).status_code == 302
    assert second.post("/account/invitation/", GIVEN | {"email": "eve@example.org"}).status_code == 404
    assert Account.objects.filter(person=ann()).count() == 1


def test_an_old_link_leads_nowhere(small):
    link = link_for(small)
    Invitation.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert "too old" in Client().get(link).text
    assert open_invitation(ann()) is None


def test_a_withdrawn_link_leads_nowhere(small):
    link = link_for(small)
    client_of(small.steward).post(f"/desk/people/{ann().pk}/invite/withdraw/")
    assert "withdrawn" in Client().get(link).text


def test_a_newer_link_ends_the_older(small):
    older, newer = link_for(small), link_for(small)
    assert Client().get(older).status_code == 404
    assert Client().get(newer).status_code == 302


def test_a_link_that_was_never_made_leads_nowhere(small):
    assert Client().get("/account/invitation/no-such-thing/").status_code == 404
    assert Client().get("/account/invitation/").status_code == 404


def test_a_link_may_be_guessed_at_only_so_often(small):
    client = Client()
    client.get(link_for(small))
    answers = [client.post("/account/invitation/", {}).status_code for _ in range(25)]
    assert answers[-1] == 429


def test_an_invitation_is_mailed_where_mail_goes_out(small, mail):
    steward = client_of(small.steward)
    page = steward.post(f"/desk/people/{ann().pk}/invite/", {"email": "Ann@Example.org"})
    assert "mailed to ann@example.org" in page.text
    assert [each.to for each in post.outbox] == [["ann@example.org"]]
    assert re.search(r"/account/invitation/[^/\s]+/", post.outbox[0].body)[0] in page.text


def test_a_mail_server_that_is_down_loses_no_invitation(small, mail, settings):
    from masthead.newsroom.site.mail import mailers

    settings.MAILERS = mailers("smtp://127.0.0.1:9")
    page = client_of(small.steward).post(f"/desk/people/{ann().pk}/invite/", {"email": "ann@example.org"})
    assert page.status_code == 200
    assert "did not take the mail" in page.text
    assert "/account/invitation/" in page.text


@pytest.mark.parametrize(
    "given",
    [{"email": "no address"}, {"password": "short"}, {"password": ""}, {"way": "magic"}, {"email": ""}],
    ids=str,
)
def test_what_cannot_be_taken_is_said_on_the_form_and_the_link_stays_good(small, given):
    link = link_for(small)
    client = Client()
    page = accept(client, link, **given)
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert client.post("/account/invitation/", GIVEN).status_code == 302


def test_an_address_that_someone_has_is_refused(small):
    taken = login_of(small.editor).email
    page = accept(Client(), link_for(small), email=taken)
    assert "cannot be used here" in page.text


def test_with_a_passkey_no_password_is_needed(small):
    client = Client()
    answer = accept(client, link_for(small), way="passkey", password="")
    assert answer["Location"] == "/account/2fa/webauthn/add/"
    assert client.get(answer["Location"]).status_code == 200
    assert not Account.objects.get(person=ann()).has_usable_password()


def test_who_opens_the_link_on_a_device_of_another_signs_them_out(small):
    client = client_of(small.editor)
    link = link_for(small)
    client.get(link)
    assert "Someone is signed in" in client.get("/account/invitation/").text
    client.post("/account/invitation/", GIVEN)
    assert "Ann Author" in client.get("/desk/me/").text


def administrator(desk: Desk) -> Actor:
    return Actor(commands.add_person(desk.steward, "Al Admin", [Role.ADMINISTRATOR]).id)


def test_an_administrator_does_not_become_an_editor(small):
    admin = administrator(small)
    me = Person.objects.get(pk=admin.person_id)
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(NotAllowed):
            commands.grant_role(admin, me, role)
        with pytest.raises(NotAllowed):
            commands.add_person(admin, "A Puppet", [role])
    client = client_of(admin)
    assert client.post("/desk/people/new/", {"name": "A Puppet", "roles": ["editor"]}).status_code == 200
    client.post(f"/desk/people/{me.pk}/role/", {"role": "editor"})
    assert not me.grants.filter(role=Role.EDITOR).exists()
    assert not Person.objects.filter(name="A Puppet").exists()
    page = client.get("/desk/people/new/").text
    assert 'value="administrator"' in page
    assert 'value="editor"' not in page


def test_an_administrator_hands_nobody_an_editor_s_login(small):
    admin, editor = administrator(small), Person.objects.get(pk=small.editor.person_id)
    with pytest.raises(NotAllowed):
        invite(admin, editor)
    assert client_of(admin).post(f"/desk/people/{editor.pk}/invite/").status_code == 403
    assert not Invitation.objects.exists()


def test_a_link_an_administrator_saw_opens_no_role_that_was_given_since(small):
    admin = administrator(small)
    newcomer = commands.add_person(admin, "New Comer", [])
    _, token = invite(admin, newcomer)
    commands.grant_role(small.steward, newcomer, Role.EDITOR)
    with pytest.raises(NotFound):
        commands.accept_invitation(token, "new@example.org", PASSWORD)
    assert not Account.objects.filter(person=newcomer).exists()
    assert commands.accept_invitation(invite(small.steward, newcomer)[1], "new@example.org", PASSWORD)


@pytest.mark.parametrize("who", ["steward", "administrator"])
def test_nobody_is_shown_a_link_to_the_login_of_another(small, who):
    old = login_of(small.author)
    actor = small.steward if who == "steward" else administrator(small)
    page = client_of(actor).post(f"/desk/people/{ann().pk}/invite/", {"email": "mine@example.org"})
    assert "/account/invitation/" not in page.text
    assert "/account/password/reset/key/" not in page.text
    assert not Invitation.objects.exists()
    assert Account.objects.get(person=ann()).password == old.password
    with pytest.raises((Refused, NotAllowed)):
        invite(actor, ann())


def test_without_mail_the_login_is_ended_before_another_is_given(small):
    login_of(small.author)
    page = client_of(small.steward).post(f"/desk/people/{ann().pk}/invite/")
    assert "End the login first" in page.text


def test_who_has_a_login_is_mailed_a_link_at_their_own_address_alone(small, mail):
    email = login_of(small.author).email
    page = client_of(small.steward).post(
        f"/desk/people/{ann().pk}/invite/", {"email": "mine@example.org"}, follow=True
    )
    assert "on its way" in page.text
    work_off()
    assert [each.to for each in post.outbox] == [[email]]
    link = re.search(r"/account/password/reset/key/[^\s]+", post.outbox[0].body)[0]
    assert link not in page.text


def test_a_link_from_before_the_login_does_not_take_it_over(small):
    _, token = invite(small.steward, ann())
    commands.give_login(small.steward, ann(), "ann@example.org", PASSWORD)
    with pytest.raises(NotFound):
        commands.accept_invitation(token, "eve@example.org", "another long enough one")
    assert Account.objects.get(person=ann()).check_password(PASSWORD)


def test_who_s_login_ended_is_told_by_mail(small, mail):
    login_of(small.steward)
    email = login_of(small.author).email
    client_of(small.steward).post(f"/desk/people/{ann().pk}/login/end/")
    assert [each.to for each in post.outbox] == [[email]]


def test_one_s_own_page_says_who_gave_the_login(small):
    client = Client()
    accept(client, link_for(small))
    assert "Ada Steward" in client.get("/desk/me/").text


def test_an_office_has_no_login(small):
    office = commands.add_person(small.steward, "The duty editor", [Role.EDITOR], office=True)
    with pytest.raises(Refused, match="office"):
        invite(small.steward, office)
    page = client_of(small.steward).post(f"/desk/people/{office.pk}/invite/")
    assert "An office has no login" in page.text


@pytest.mark.parametrize("who", ["author", "editor"])
def test_only_who_may_manage_people_invites(small, who):
    with pytest.raises(NotAllowed):
        invite(getattr(small, who), ann())
    assert client_of(getattr(small, who)).post(f"/desk/people/{ann().pk}/invite/").status_code == 403


def test_ending_a_login_signs_out_at_once_and_erases_the_address(small):
    login_of(small.steward)
    there = client_of(small.author)
    email = login_of(small.author).email
    at = size()
    client_of(small.steward).post(f"/desk/people/{ann().pk}/login/end/")
    assert there.get("/desk/").status_code == 302
    assert not Account.objects.filter(email=email).exists()
    assert list(kinds(at)) == [Kind.LOGIN_ENDED]
    assert ann().grants.filter(ended_at=None).exists()
    answer = accept(Client(), link_for(small), email=email)
    assert answer.status_code == 302
    assert there.get("/desk/").status_code == 302


def test_the_last_login_that_may_invite_stays(small):
    steward = named("Ada Steward")
    page = client_of(small.steward).post(f"/desk/people/{steward.pk}/login/end/", follow=True)
    assert "last login" in page.text
    assert Account.objects.filter(person=steward).exists()


def test_a_login_whose_invitation_was_ended_meanwhile_is_not_given(small):
    invitation, token = invite(small.steward, ann())
    invite(small.steward, ann())
    with pytest.raises(NotFound):
        commands.accept_invitation(token, "ann@example.org", PASSWORD)
    assert not Account.objects.filter(person=ann()).exists()
    assert invitation_of(token=invite(small.steward, ann())[1]).pk != invitation.pk


@pytest.mark.parametrize(("days", "status"), [(-1, 403), (0, 200), (1, 200)])
def test_the_day_after_the_last_a_running_session_does_nothing_more(small, days, status):
    client = client_of(small.author)
    assert client.get("/desk/").status_code == 200
    left(ann(), TODAY + timedelta(days=days))
    page = client.get("/desk/")
    assert page.status_code == status
    assert ("last day here was" in page.text) is (status == 403)
    assert client.post("/account/logout/").status_code == 302


def test_the_day_after_the_last_nobody_logs_in_and_an_extension_lets_them(small):
    account = login_of(small.author)
    given = {"login": account.email, "password": PASSWORD}
    left(ann(), TODAY - timedelta(days=1))
    assert Client().post("/account/login/", given)["Location"] == "/account/inactive/"
    at = size()
    answer = client_of(small.steward).post(
        f"/desk/people/{ann().pk}/last-day/", {"ends_on": (TODAY + timedelta(days=9)).isoformat()}
    )
    assert answer.status_code == 302
    assert list(kinds(at)) == [Kind.PERSON_ENDS]
    assert Client().post("/account/login/", given)["Location"] == "/desk/"


def test_whose_time_is_over_is_not_invited(small):
    gone = commands.add_person(small.steward, "Gone", [])
    left(gone, TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="over"):
        invite(small.steward, gone)


def test_the_last_steward_has_no_last_day(small):
    steward = named("Ada Steward")
    with pytest.raises(Refused, match="last steward"):
        commands.set_end(small.steward, steward, TODAY)
    heir = commands.add_person(small.steward, "Heir", [Role.STEWARD])
    commands.set_end(small.steward, steward, TODAY)
    with pytest.raises(Refused, match="last steward"):
        commands.set_end(Actor(heir.id), heir, TODAY)
    commands.set_end(Actor(heir.id), steward, None)


def test_the_record_says_who_gave_and_ended_what(small):
    accept(Client(), link_for(small))
    commands.grant_role(small.steward, ann(), Role.EDITOR)
    commands.end_role(small.steward, ann(), Role.CONTRIBUTOR)
    commands.set_end(small.steward, ann(), TODAY)
    page = client_of(small.steward).get(f"/desk/people/{ann().pk}/").text
    for words in ("Added, as contributor", "Login given", "Role given: editor", "Role ended: contributor",
                  "Last day changed", "Ada Steward"):  # fmt: skip
        assert words in page


def test_the_link_stands_in_a_field_to_copy_and_says_when_the_desk_has_no_address(small, monkeypatch):
    steward, asked = client_of(small.steward), f"/desk/people/{ann().pk}/invite/"
    page = steward.post(asked, {}).text
    assert re.search(
        r"<textarea[^>]* readonly[^>]*data-paste[^>]*>http://testserver/account/invitation/", page
    )
    assert "This desk has no address of its own yet" in page
    placed = dataclasses.replace(settings.MASTHEAD, address="https://desk.example.org")
    monkeypatch.setattr(settings, "MASTHEAD", placed)
    page = steward.post(asked, {}).text
    assert ">https://desk.example.org/account/invitation/" in page
    assert "no address of its own" not in page


def test_an_open_invitation_ends_with_the_last_role(small):
    commands.grant_role(small.steward, ann(), Role.EDITOR)
    _, token = invite(small.steward, ann())
    steward, path = client_of(small.steward), f"/desk/people/{ann().pk}/role"
    assert "invitation that is open ends too" not in steward.get(f"{path}/editor/end/").text
    commands.end_role(small.steward, ann(), Role.EDITOR)
    assert invitation_of(token)
    assert "invitation that is open ends too" in steward.get(f"{path}/contributor/end/").text
    steward.post(f"{path}/contributor/end/")
    with pytest.raises(NotFound):
        invitation_of(token)
    assert open_invitation(ann()) is None


def test_an_open_invitation_ends_with_a_last_day_that_is_over(small):
    _, token = invite(small.steward, ann())
    assert "An invitation is open" in client_of(small.steward).get(f"/desk/people/{ann().pk}/last-day/").text
    commands.set_end(small.steward, ann(), TODAY)
    assert invitation_of(token)
    left(ann(), TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        commands.accept_invitation(token, "ann@example.org", PASSWORD)
