"""A steward adds an address, tests it, changes it and removes it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.newsroom.desk import Desk
from tests.newsroom.logins import client_of

from masthead.newsroom.webhooks.models import Delivery, Endpoint

FORM = {"url": "https://93.184.215.14/hook", "events": ["item.published", "item.withdrawn"]}


@pytest.fixture
def steward(small: Desk) -> Client:
    return client_of(small.steward)


@pytest.fixture
def page(steward: Client) -> str:
    shown = steward.post(reverse("desk:new_webhook"), FORM)
    assert re.search(r"whsec_\S{20,}", shown.content.decode())
    assert "no-store" in shown["Cache-Control"]
    return reverse("desk:webhook", args=[Endpoint.objects.get().pk])


def test_its_secret_is_shown_once(steward: Client, page: str):
    assert "whsec_" not in steward.get(page).content.decode()
    assert "whsec_" not in steward.get(reverse("desk:connections")).content.decode()
    assert "new secret?" in steward.get(f"{page}secret/").content.decode()
    assert "whsec_" in steward.post(f"{page}secret/").content.decode()


def test_a_test_is_sent_and_listed_and_sent_again(steward: Client, page: str):
    assert b"Nothing was sent yet" in steward.get(page).content
    assert steward.post(f"{page}test/").status_code == 302
    assert b"waiting" in steward.get(page).content
    delivery = Delivery.objects.get()
    assert steward.post(reverse("desk:redeliver", args=[delivery.pk])).status_code == 302


def test_it_is_changed_turned_off_and_removed(steward: Client, page: str):
    changed = steward.post(f"{page}change/", FORM | {"events": ["system.paused"]})
    assert changed.status_code == 302
    assert Endpoint.objects.get().events == ["system.paused"]
    assert steward.post(f"{page}turn/", {"on": "no"}).status_code == 302
    text = steward.get(page).content.decode()
    assert "It is told nothing" in text
    assert f"{page}test/" not in text
    assert steward.post(f"{page}test/", follow=True).status_code == 200
    assert not Delivery.objects.exists()
    assert steward.post(f"{page}turn/", {"on": "yes"}).status_code == 302
    assert b"Remove this webhook?" in steward.get(f"{page}remove/").content
    assert steward.post(f"{page}remove/").status_code == 302
    assert not Endpoint.objects.exists()
    assert steward.get(page).status_code == 404


@pytest.mark.parametrize("url", ["http://a.example/", "https://127.0.0.1/", "javascript:alert(1)", ""])
def test_an_address_that_is_not_gone_to_is_refused_on_the_form(steward: Client, url: str):
    response = steward.post(reverse("desk:new_webhook"), FORM | {"url": url})
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not Endpoint.objects.exists()


def test_only_who_manages_connections_may(small: Desk, page: str):
    editor = client_of(small.editor)
    assert editor.get(page).status_code == 403
    for verb in ("test", "turn", "remove", "secret", "change"):
        assert editor.post(f"{page}{verb}/").status_code == 403
    assert Endpoint.objects.get().active


@pytest.mark.parametrize("start", ["x", "-1", "99999999999999999999", "٣"])
def test_a_page_number_of_any_kind_breaks_nothing(steward: Client, page: str, start: str):
    assert steward.get(page, {"from": start}).status_code == 200
