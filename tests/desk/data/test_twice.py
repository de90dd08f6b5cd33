"""A form that is sent twice, by an impatient hand or from a page that is stale, does one thing."""

import pytest
from tests.newsroom.desk import size
from tests.newsroom.logins import client_of

from masthead.newsroom.retention.models import Hold

DATA = "/desk/data/"
EVERYTHING = {"about": "everything", "called": "", "reason": "A claim."}


def test_a_hold_that_is_sent_twice_is_one_hold(small):
    client = client_of(small.steward)
    assert client.post(f"{DATA}hold/", EVERYTHING).status_code == 302
    before = size()
    again = client.post(f"{DATA}hold/", EVERYTHING)
    assert again.status_code == 200
    assert "It is held already, for this very reason." in again.content.decode()
    assert Hold.objects.count() == 1
    assert size() == before


def test_another_reason_is_another_hold(small):
    client = client_of(small.steward)
    client.post(f"{DATA}hold/", EVERYTHING)
    assert client.post(f"{DATA}hold/", {**EVERYTHING, "reason": "Another claim."}).status_code == 302
    assert Hold.objects.count() == 2


def test_a_hold_that_was_lifted_can_be_set_again(small):
    client = client_of(small.steward)
    client.post(f"{DATA}hold/", EVERYTHING)
    client.post(f"{DATA}hold/{Hold.objects.get().pk}/lift/", {"reason": "Over."})
    assert client.post(f"{DATA}hold/", EVERYTHING).status_code == 302


@pytest.mark.parametrize("what", ["keep/drafts/", "keep/drafts/least/"])
def test_what_is_on_record_already_is_not_recorded_again(small, what):
    client = client_of(small.steward)
    said = {"days": "30", "reason": "Our rule."}
    assert client.post(f"{DATA}{what}", said).status_code == 302
    before = size()
    again = client.post(f"{DATA}{what}", said)
    assert again.status_code == 200
    assert "That is on record already." in again.content.decode()
    assert size() == before
    assert client.post(f"{DATA}{what}", {**said, "days": "40"}).status_code == 302
    assert client.post(f"{DATA}{what}", said).status_code == 302
