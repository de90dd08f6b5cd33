"""Webhooks are managed and answered questions read by software that may."""

from datetime import UTC, datetime

import pytest
from tests.api.software import Software, cms
from tests.newsroom.desk import Desk, ready

from masthead.api.taking import Subscribable
from masthead.newsroom.connections.models import Done
from masthead.newsroom.items.commands import protect
from masthead.newsroom.public.commands import publish, site_folder
from masthead.newsroom.remedies.commands import answer, ask
from masthead.newsroom.webhooks.events import SUBSCRIBABLE
from masthead.newsroom.webhooks.models import Delivery, Endpoint

HOOK = {"url": "https://93.184.215.14/masthead", "events": ["item.published", "system.paused"]}


@pytest.fixture
def steward(small: Desk) -> Software:
    return cms(small, small.steward)


def test_a_webhook_is_added_and_its_secret_shown_once(steward: Software):
    made = steward("POST", "/webhooks", HOOK, Idempotency_Key="k")
    assert made.status_code == 201, made.content
    body = made.json()
    secret = body.pop("secret")
    assert secret.startswith("whsec_")
    assert steward("GET", f"/webhooks/{body['id']}").json() == body
    assert steward("GET", "/webhooks").json() == {"webhooks": [body]}
    assert not Done.objects.exists()  # an answer with a secret is kept nowhere


def test_a_webhook_is_changed_tested_rotated_and_removed(steward: Software):
    made = steward("POST", "/webhooks", HOOK).json()
    path = f"/webhooks/{made['id']}"
    changed = steward("PUT", path, {"events": ["item.withdrawn"], "active": False}).json()
    assert (changed["url"], changed["events"], changed["active"]) == (HOOK["url"], ["item.withdrawn"], False)
    assert changed["off"] == "by hand"
    assert steward("POST", f"{path}/test").status_code == 409
    assert steward("PUT", path, {"active": True}).json()["active"]
    told = steward("POST", f"{path}/test").json()
    assert (told["event"], told["state"], told["tries"]) == ("endpoint.test", "waiting", [])
    assert steward("GET", f"{path}/deliveries").json()["deliveries"] == [told]
    assert steward("GET", f"{path}/deliveries?state=delivered").json()["deliveries"] == []
    assert steward("POST", f"/deliveries/{told['id']}/again").status_code == 201
    assert steward("POST", f"{path}/secret").json()["secret"] != made["secret"]
    assert steward("DELETE", path).status_code == 204
    assert steward("GET", path).status_code == 404
    assert not Endpoint.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.215.14/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "ftp://a.example/",
        "x",
    ],
)
def test_an_address_that_is_not_gone_to_is_refused(steward: Software, url: str):
    refused = steward("POST", "/webhooks", HOOK | {"url": url})
    assert refused.status_code in (409, 422), refused.content
    assert url not in refused.content.decode()
    assert not Endpoint.objects.exists()


def test_only_who_manages_connections_manages_webhooks(small: Desk):
    assert cms(small, small.editor)("GET", "/webhooks").status_code == 403
    assert cms(small, small.editor)("POST", "/webhooks", HOOK).status_code == 403


def test_what_may_be_asked_for_is_what_is_told():
    assert set(Subscribable.__args__) == set(SUBSCRIBABLE)


def test_answered_questions_are_read_where_the_item_may_be_seen(small: Desk):
    version = ready(small)
    publish(small.editor, version, site_folder(version.item))
    open_one, _ = ask(version.item, "Which river?", language="en")
    shown, _ = ask(version.item, "Who measured it?", language="en")
    answer(small.other_editor, shown, "The province.", show_question=True)
    editor = cms(small, small.editor)
    listed = editor("GET", "/questions").json()
    assert listed["next"] is None
    [told] = listed["questions"]
    assert told == {
        "id": shown.public_id,
        "item": version.item.public_id,
        "asked": "Who measured it?",
        "answer": "The province.",
        "answered_on": datetime.now(UTC).date().isoformat(),
    }
    assert open_one.public_id not in str(listed)
    assert editor("GET", f"/questions?item={version.item.public_id}").json() == listed
    assert editor("GET", f"/questions?item={'a' * 26}").json()["questions"] == []
    protect(small.author, version.item, protected=True)
    assert cms(small, small.steward)("GET", "/questions").status_code == 200
