"""Somebody who worked here can be erased: their name and login are gone, what they did stays told apart."""

import shlex
from datetime import UTC, datetime, timedelta

import pytest
from tests.newsroom.desk import text
from tests.newsroom.logins import PASSWORD, client_of
from tests.retention import planted
from tests.retention.traces import traces

from masthead.clock import today
from masthead.errors import NotFound, Refused
from masthead.newsroom.accounts.actor import Actor, named, roles
from masthead.newsroom.accounts.commands import add_person, end_role, give_login, grant_role, set_end
from masthead.newsroom.accounts.invitations import invite
from masthead.newsroom.accounts.listing import everybody
from masthead.newsroom.accounts.models import Account, Invitation, LoginGrant, Person, RoleGrant
from masthead.newsroom.connections.models import Token
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.given import Given
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import Subject, person_called
from masthead.newsroom.retention.words import Ground, On
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.models import SentBack, SignOff
from masthead.vocabulary import Role

LOOKED_FOR = ("Quillfeather", "QUILLFEATHER", "quillfeather", "zebedee.quill")


def erase(desk, name=planted.NAME):
    return commands.erase(desk.steward, person_called(name), Ground.OBJECTED)


def test_name_and_login_are_gone_from_every_byte(small):
    gone = planted.leaver(small)
    assert traces(small.home, *LOOKED_FOR)
    report = erase(small)
    assert report.left == 0
    assert traces(small.home, *LOOKED_FOR) == []
    assert verify_log().intact
    person = Person.objects.get(pk=gone.person.pk)
    assert person.erased_on is not None
    assert not Account.objects.filter(person=person).exists()
    assert not RoleGrant.objects.filter(person=person, ended_at=None).exists()
    assert not LoginGrant.objects.filter(person=person, ended_at=None).exists()


def test_the_words_around_the_name_stay(small):
    planted.leaver(small)
    erase(small)
    assert SentBack.objects.get().note == "Ask [erased] once more."


def test_what_they_did_stays_told_apart(small):
    gone = planted.leaver(small)
    before = Entry.objects.filter(actor=gone.person.pk).count()
    report = erase(small)
    assert SignOff.objects.filter(person=gone.person).exists()
    assert Entry.objects.filter(actor=gone.person.pk).count() == before
    assert {each.why.value for each in report.kept} >= {"legal claims", "freedom of expression"}


def test_two_who_are_erased_are_two(small):
    for name in ("Ruth Redwing", "Rhea Roebuck"):
        add_person(small.steward, name, [])
        erase(small, name)
    names = set(Person.objects.exclude(erased_on=None).values_list("name", flat=True))
    assert len(names) == 2
    assert all(name.startswith("[erased ") for name in names)


def test_who_works_here_is_not_erased(small):
    with pytest.raises(Refused, match="still work"):
        erase(small, "Ed Editor")


@pytest.mark.parametrize("ground", [Ground.SCHEDULE, Ground.RESTORED])
def test_no_person_gives_the_grounds_of_the_clock(small, ground):
    planted.leaver(small)
    about = person_called(planted.NAME)
    for go in (commands.look, commands.erase):
        with pytest.raises(Refused, match="by itself"):
            go(small.steward, about, ground)


def test_who_works_here_is_looked_at_before_that_ends(small):
    seen = commands.look(small.steward, person_called("Ed Editor"), Ground.OBJECTED)
    assert seen.removed
    assert "`masthead person end 'Ed Editor' editor --by NAME`" in str(seen.first)


def test_an_office_is_not_erased(small):
    add_person(small.steward, "The duty editor", [Role.EDITOR], office=True)
    with pytest.raises(Refused, match="office"):
        erase(small, "The duty editor")


def test_a_look_says_the_same_and_erasing_again_changes_nothing(small):
    gone = planted.leaver(small)
    subject = Subject(On.PERSON, gone.person.pk)
    seen = commands.look(small.steward, subject, Ground.OBJECTED).to_json()
    done = commands.erase(small.steward, subject, Ground.OBJECTED).to_json()
    assert seen | {"entry": done["entry"]} == done
    size = Entry.objects.count()
    again = commands.erase(small.steward, subject, Ground.OBJECTED)
    assert (again.removed, again.place) == ((), None)
    assert Entry.objects.count() == size


def test_their_software_and_their_browser_are_out(small):
    gone = planted.leaver(small)
    client = client_of(Actor(gone.person.id))
    erase(small)
    assert client.get("/desk/").status_code == 302
    token = Token.objects.get()
    assert token.digest == ""
    assert token.revoked_at is not None


def test_pages_that_named_them_name_them_no_more(small):
    gone = planted.leaver(small)
    client = client_of(small.editor)
    address = f"/desk/items/{gone.items[0].public_id}/timeline"
    pages = (address, "/desk/people/", "/desk/log/", f"/items/{gone.items[0].public_id}/")
    assert any("Quillfeather" in client.get(page).content.decode() for page in pages)
    erase(small)
    for page in pages:
        answered = client.get(page)
        assert answered.status_code == 200, page
        assert "uillfeather" not in answered.content.decode(), page


def test_a_name_inside_another_word_is_not_theirs(small):
    add_person(small.steward, "Ann Lee", [])
    version = items.add_item(small.author, planted.text("Words."), title="Words", language="en")
    from masthead.newsroom.review.commands import send_back

    send_back(small.editor, version, "Joann Leech said so.")
    erase(small, "Ann Lee")
    assert SentBack.objects.get().note == "Joann Leech said so."


def test_their_name_in_what_others_called_a_token_goes_and_the_token_stays(small):
    gone = planted.leaver(small)
    today = datetime.now(UTC).date()
    token = Token.objects.create(
        name=f"The blog {gone.name} set up", person_id=small.editor.person_id, scopes=["items"],
        made_by=gone.person, made_on=today, expires_on=today, digest="a" * 64,
    )  # fmt: skip
    erase(small)
    token.refresh_from_db()
    assert (token.name, token.digest, token.revoked_at) == ("The blog [erased] set up", "a" * 64, None)
    assert traces(small.home, *LOOKED_FOR) == []


def test_it_is_said_where_a_name_may_stand_that_was_not_looked_for(small):
    """Somebody else's story about them: its title, its text, the name of a file; a question, its answer."""
    gone = planted.leaver(small)
    interview = Given(f"interview with {gone.name}.md", f"{gone.name} said so.".encode())
    version = items.add_item(
        small.author, text(f"{gone.name} said so."), sources=[interview], title=f"What {gone.name} knew"
    )
    review.run_checks(small.author, version)
    review.sign_off(small.editor, version)
    public.publish(small.editor, version, site_folder(version.item))
    question, _ = remedies.ask(version.item, f"Was {gone.name} paid?", language="en")
    remedies.answer(small.steward, question, f"{gone.name} was not.", show_question=True)
    report = erase(small)
    question.refresh_from_db()
    assert question.text == "Was [erased] paid?"
    stays = {str(each.what): str(each.ground) for each in report.kept}
    everything = "items whose titles, texts, sources, names of files and quotations were not searched: 3"
    assert "journalism" in stays[everything]
    assert "journalism" in stays["words told to the audience in which their name stands: 1"]
    assert any(said.startswith("their name in another form") for said in stays)
    assert items.newest(version.item).title == f"What {gone.name} knew"


def test_of_somebody_of_the_audience_it_is_said_what_can_be_erased(small):
    with pytest.raises(NotFound) as caught:
        person_called("Carla Complainant")
    said = str(caught.value.remedy)
    assert "what they asked" in said
    assert "add them" not in said


def test_whose_roles_are_to_end_is_said_as_it_is_typed(small):
    add_person(small.steward, "Niamh O'Dea", [Role.EDITOR])
    seen = commands.look(small.steward, person_called("niamh o'dea"), Ground.OBJECTED)
    assert f"`masthead person end {shlex.quote("Niamh O'Dea")} editor --by NAME`" in str(seen.first)


def test_nobody_acts_again_under_what_stands_for_an_erased_name(small):
    planted.leaver(small)
    erase(small)
    person = Person.objects.exclude(erased_on=None).get()
    with pytest.raises(NotFound):
        named(person.name)
    with pytest.raises(Refused, match="erased"):
        grant_role(small.steward, person, Role.EDITOR)
    with pytest.raises(Refused):
        give_login(small.steward, person, "again@example.org", PASSWORD)
    assert roles(person.pk, on=today()) == frozenset()
    assert commands.look(small.steward, person_called(person.name), Ground.OBJECTED)


def test_nobody_is_invited_under_what_stands_for_an_erased_name(small):
    """Their roles were ended, and no last day was ever set: nothing else says that they are gone."""
    person = add_person(small.steward, "Bea Brief", [Role.CONTRIBUTOR])
    end_role(small.steward, person, Role.CONTRIBUTOR)
    commands.erase(small.steward, person_called("Bea Brief"), Ground.OBJECTED)
    person.refresh_from_db()
    with pytest.raises(Refused, match="erased"):
        invite(small.steward, person, "bea@example.org")
    assert not Invitation.objects.filter(person=person).exists()
    with pytest.raises(Refused, match="erased"):
        set_end(small.steward, person, today() + timedelta(days=1))
    listed = everybody()
    assert person.pk in {each.person.pk for each in listed["gone"]}
    assert person.pk not in {each.person.pk for each in listed["people"]}
    page = client_of(small.steward).get(f"/desk/people/{person.pk}/")
    assert page.status_code == 200
    assert f"/desk/people/{person.pk}/invite/" not in page.content.decode()
