"""The desk's pages about witnesses where somebody was quicker, or asked for the desk by another name."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.urls import reverse
from tests.desk.settings.test_witnesses import about_us
from tests.newsroom.logins import client_of
from tests.witness.others import Witness

from masthead.newsroom.witness import commands
from masthead.newsroom.witness.alarms import end_alarm
from masthead.newsroom.witness.models import AskedWitness

__all__ = ["about_us"]


@pytest.fixture
def ended(small, monkeypatch) -> AskedWitness:
    own = {"own_network": ("127.0.0.1",), "own_ports": (1,)}
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, **own))
    witness = commands.add_witness(small.steward, str(Witness().key), "http://127.0.0.1:1/log/witness")
    commands.end(small.steward, witness)
    return witness


def test_whoever_ends_an_alarm_that_is_ended_hears_that_their_words_were_not_taken(small, about_us):
    end_alarm(small.steward, about_us, "A copy that ran twice.")
    said = client_of(small.steward).post(
        reverse("desk:alarm", args=[about_us.public_id]), {"note": "Somebody has our key."}
    )
    page = said.content.decode()
    assert "This alarm is ended already." in page
    assert "Somebody has our key." in page
    assert "A copy that ran twice." in page


def test_who_is_ended_already_is_not_asked_about_again(small, ended):
    address, client = reverse("desk:end_witness", args=[ended.pk]), client_of(small.steward)
    for answer in (client.get(address), client.post(address)):
        assert "This was ended already." in answer.content.decode()
        assert "End it" not in answer.content.decode()


def test_what_is_given_to_others_is_the_address_that_is_set_and_not_the_one_asked_for(small, monkeypatch):
    client = client_of(small.steward)
    assert (
        '<code dir="ltr">http://testserver/log</code>'
        in client.get(reverse("desk:witnesses")).content.decode()
    )
    known = replace(settings.MASTHEAD, address="https://courier.example/")
    monkeypatch.setattr(settings, "MASTHEAD", known)
    page = client.get(reverse("desk:witnesses")).content.decode()
    assert '<code dir="ltr">https://courier.example/log</code>' in page
    assert '<code dir="ltr">https://courier.example/log/witness</code>' in page
