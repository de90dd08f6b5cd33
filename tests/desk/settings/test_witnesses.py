"""The desk's pages about witnesses: both kinds are added and ended, and an alarm is looked into and ended."""

import json
from dataclasses import replace
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse
from tests.newsroom.desk import ready, text
from tests.newsroom.logins import client_of
from tests.public.outlet import published
from tests.witness.others import Log, Witness

from masthead.newsroom.accounts.commands.log_keys import rotate
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.witness import commands
from masthead.newsroom.witness.alarms import end_alarm, raise_alarm
from masthead.newsroom.witness.models import Alarm, AskedWitness, WitnessedLog
from masthead.newsroom.witness.seen import Head
from masthead.newsroom.witness.words import Fault
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Conflict, Shows


@pytest.fixture(autouse=True)
def reachable(monkeypatch):
    own = {"own_network": ("127.0.0.1",), "own_ports": (1,)}
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, **own))


@pytest.fixture
def gazette(small) -> Log:
    log = Log().grow(7)
    said = {"key": str(log.key), "address": "https://93.184.215.14/log/"}
    assert client_of(small.steward).post(reverse("desk:new_witnessed_log"), said).status_code == 302
    return log


def page(desk) -> str:
    return client_of(desk.steward).get(reverse("desk:witnesses")).content.decode()


def test_where_nobody_is_there_the_page_says_what_to_do_first(small):
    assert "Nobody is asked to witness our log." in page(small)
    assert "No log of others is witnessed here." in page(small)
    assert "It is made with the first log that is witnessed here." in page(small)


def test_the_key_of_our_log_is_there_to_be_copied(small):
    given = page(small).split("What to give to others")[1]
    assert keys.public_line(small.home) in unescape(given)
    changed = rotate(small.steward)
    assert str(changed.key) in unescape(page(small))
    for each in (keys.PUBLIC, keys.PRIVATE):
        (small.home / each).unlink()
    assert str(changed.key) in unescape(page(small))


def test_where_no_key_of_the_log_is_known_the_page_says_so(small):
    for each in (keys.PUBLIC, keys.PRIVATE):
        (small.home / each).unlink()
    said = "Neither <code>keys/log.pub</code> nor <code>keys/log.key</code> is in the home folder."
    assert said in unescape(page(small))


def test_a_log_is_witnessed_from_the_desk_and_our_key_is_shown(small, gazette):
    assert WitnessedLog.objects.get().address == "https://93.184.215.14/log"
    shown = page(small)
    assert "gazette.example/log" in shown
    assert "nothing seen yet" in shown
    assert "herald.example/log/witness+" in shown
    gazette.push(0)
    assert "7 entries seen" in page(small)


def test_a_witness_is_asked_from_the_desk_and_ended(small):
    client = client_of(small.steward)
    said = {"key": str(Witness().key), "address": "https://93.184.215.14/w"}
    assert client.post(reverse("desk:new_witness"), said).status_code == 302
    assert "has cosigned nothing yet" in page(small)
    address = reverse("desk:end_witness", kwargs={"pk": AskedWitness.objects.get().pk})
    assert "Ask this witness no longer?" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert AskedWitness.objects.get().ended_at is not None
    assert "Nobody is asked to witness our log." in page(small)
    assert client.post(address).status_code == 409


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"key": "", "address": ""}, "There is a problem"),
        ({"key": "x", "address": "https://93.184.215.14/w"}, "not the public key of a witness"),
        ({"key": str(Log().key), "address": "https://93.184.215.14/w"}, "not the public key of a witness"),
        ({"key": str(Witness().key), "address": "http://93.184.215.14/w"}, "begins with https://"),
        (
            {"key": str(Witness().key), "address": "https://10.1.2.3/w"},
            "does not lead to the public internet",
        ),
        (
            {"key": str(Witness("herald.example/log/witness").key), "address": "https://93.184.215.14/w"},
            "our own",
        ),
    ],
)
def test_what_cannot_be_is_said_on_the_form_and_what_was_typed_stays(small, said, problem):
    answer = client_of(small.steward).post(reverse("desk:new_witness"), said).content.decode()
    assert problem in answer
    assert said["address"] in answer
    assert not AskedWitness.objects.exists()


def test_our_own_log_is_not_witnessed_here(small):
    said = {
        "key": (settings.MASTHEAD_HOME / "keys/log.pub").read_text(),
        "address": "https://93.184.215.14/log",
    }
    answer = client_of(small.steward).post(reverse("desk:new_witnessed_log"), said)
    assert "our own log" in answer.content.decode()


def test_one_is_not_added_twice(small, gazette):
    said = {"key": str(gazette.key), "address": "https://93.184.215.14/log"}
    answer = client_of(small.steward).post(reverse("desk:new_witnessed_log"), said)
    assert "is there already" in answer.content.decode()
    assert WitnessedLog.objects.count() == 1


def test_two_keys_of_one_log_are_told_apart_and_so_are_their_entries(small, gazette):
    fresh = Log(seed="fresh")
    commands.add_log(small.steward, str(fresh.key), "https://93.184.215.14/log")
    old = WitnessedLog.objects.get(key=str(gazette.key))
    commands.end(small.steward, old)
    commands.add_log(small.steward, str(gazette.key), "https://93.184.215.14/log")
    steward, ids = client_of(small.steward), [log.key.key_id.hex() for log in (gazette, fresh)]
    shown = page(small)
    assert all(f"key <code>{each}</code>" in shown for each in ids)
    again = WitnessedLog.objects.get(key=str(gazette.key), ended_at=None)
    asked = steward.get(reverse("desk:end_witness", kwargs={"pk": again.pk})).content.decode()
    assert ids[0] in asked
    assert ids[1] not in asked
    log = steward.get(reverse("desk:log")).content.decode()
    assert f"(key {ids[0]}) witnessed here no longer" in log
    assert f"(key {ids[1]}) witnessed here from now on" in log


def test_an_alarm_is_told_downloaded_by_anybody_and_ended_by_a_person_with_a_reason(small, gazette, client):
    fork = gazette.copy().grow(2, "other")
    gazette.grow(2).push(0)
    fork.push(9)
    assert "Alarm about the log gazette.example/log" in page(small)
    alarm = Alarm.objects.get()
    address = reverse("desk:alarm", kwargs={"public_id": alarm.public_id})
    steward = client_of(small.steward)
    shown = steward.get(address).content.decode()
    assert "9 entries" in shown
    heads = reverse("public:alarm", kwargs={"public_id": alarm.public_id})
    assert heads in shown
    kept = client.get(heads)
    assert kept["Content-Type"] == "application/json"
    assert json.loads(kept.content)["known"] == str(gazette.note())
    assert Conflict.parse(kept.content).shows(gazette.key) is Shows.FORK
    assert steward.post(address, {"note": ""}).status_code == 200
    assert Alarm.objects.get().ended_at is None
    assert steward.post(address, {"note": "They ran two copies."}).status_code == 302
    assert "Alarms that were ended" in page(small)
    assert "They ran two copies." in steward.get(address).content.decode()
    assert "They ran two copies." not in client.get(heads).content.decode()


def test_only_who_manages_witnesses_comes_in(small, gazette):
    for actor, status in ((small.steward, 200), (small.editor, 403), (small.author, 403)):
        assert client_of(actor).get(reverse("desk:witnesses")).status_code == status


def test_who_manages_witnesses_hears_of_an_alarm_wherever_they_begin(small, gazette):
    fork = gazette.copy().grow(2, "other")
    gazette.grow(2).push(0)
    fork.push(9)
    for address in ("desk:work", "desk:waiting"):
        for actor, told in ((small.steward, True), (small.author, False)):
            shown = client_of(actor).get(reverse(address)).content.decode()
            assert ("Alarm about the log gazette.example/log" in shown) is told


@pytest.fixture
def about_us(small) -> Alarm:
    """An alarm about our own log, as a witness has told of it."""
    ours = Log(LogHead.objects.get().origin).grow(7)
    longer, shown = str(ours.copy().grow(2).note()), ours.note()
    head = Head(shown, Checkpoint.parse(shown.text), ours.key)
    return raise_alarm(head, Fault.ROLLBACK, Conflict(longer, str(shown)), told_by="tribune.example/w")


def test_an_alarm_about_our_own_log_is_told_as_ours_with_what_to_do(small, about_us):
    steward = client_of(small.steward)
    alarm = reverse("desk:alarm", kwargs={"public_id": about_us.public_id})
    for address in (reverse("desk:work"), reverse("desk:waiting"), reverse("desk:witnesses"), alarm):
        shown = steward.get(address).content.decode()
        assert "Alarm about our own log" in shown, address
        assert "Alarm about the log" not in shown, address
        assert "signed here" not in shown, address
    shown = steward.get(alarm).content.decode()
    assert "Somebody put an older copy in place, runs a second one, or has the key" in shown
    assert "Call whoever keeps the log" not in shown
    assert "Publishing goes on" in shown
    assert "tribune.example/w" in shown


def test_where_one_corrects_or_goes_past_the_gate_it_is_said_as_where_one_publishes(small, about_us):
    item = published(small)
    author, editor = client_of(small.author), client_of(small.editor)
    draft = add_item(small.author, text("Not checked."), language="en").item
    told = []
    for client, name, which in (
        (author, "publish", draft), (editor, "break_glass", draft), (editor, "correct", item)
    ):  # fmt: skip
        shown = client.get(reverse(f"desk:{name}", kwargs={"public_id": which.public_id})).content.decode()
        main = shown[shown.index("<main") :]
        assert main.index("Alarm about our own log") < main.index("<h1"), name
        told.append(main[main.index('role="alert"') : main.index("</a></p></div>")].split("href")[0])
    assert len(set(told)) == 1
    sent = {"words": "The banks held.", "note": "They held.", "base": item.versions.get().number}
    look = editor.post(reverse("desk:correct", kwargs={"public_id": item.public_id}), sent, follow=True)
    assert "What readers will see" in look.content.decode()
    assert "Alarm about our own log" in look.content.decode()


def test_where_one_publishes_it_is_said_and_nothing_is_held_up(small, about_us):
    version = ready(small)
    author = client_of(small.author)
    address = reverse("desk:publish", kwargs={"public_id": version.item.public_id})
    shown = author.get(address).content.decode()
    assert "Alarm about our own log" in shown
    assert reverse("public:alarm", kwargs={"public_id": about_us.public_id}) in shown
    assert author.post(address, {"version": version.number}).status_code == 303
    end_alarm(small.steward, about_us, "An older copy was put in place.")
    assert "Alarm about our own log" not in author.get(address).content.decode()
