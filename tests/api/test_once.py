"""A request sent twice under one key is done once, whatever happens in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from tests.api.software import STORY, Software, cms
from tests.newsroom.desk import Desk, ready, size

from masthead.newsroom.connections.jobs import let_go
from masthead.newsroom.connections.models import Done, ExternalId
from masthead.newsroom.connections.once import KEPT_FOR, TURN
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.items import commands as commands_of_items
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.jobs.declaring import rounds
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import CheckRun, Publication

KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"


@pytest.fixture
def software(small: Desk) -> Software:
    return cms(small, small.author)


def test_the_same_request_is_answered_alike_and_done_once(software: Software):
    first = software("POST", "/items", STORY, Idempotency_Key=KEY)
    entries = size()
    again = software("POST", "/items", STORY, Idempotency_Key=f'"{KEY}"')
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    assert size() == entries
    assert Item.objects.count() == 1


def test_without_a_key_each_request_is_another(software: Software):
    assert software("POST", "/items", STORY).json()["id"] != software("POST", "/items", STORY).json()["id"]


def test_another_request_under_the_key_is_refused(software: Software):
    software("POST", "/items", STORY, Idempotency_Key=KEY)
    other = software("POST", "/items", STORY | {"title": "Lake"}, Idempotency_Key=KEY)
    assert other.status_code == 422
    assert other.json()["type"].endswith("key-used")
    elsewhere = software("PUT", "/items/by-external-id/cms/1", STORY, Idempotency_Key=KEY)
    assert elsewhere.status_code == 422
    assert Item.objects.count() == 1


@pytest.mark.parametrize(("method", "path"), [("POST", "/items"), ("PUT", "/items/by-external-id/cms/1")])
def test_a_form_sent_again_with_another_boundary_is_the_same_request(
    software: Software, method: str, path: str
):
    def send(words: bytes) -> Any:
        content = SimpleUploadedFile("a.txt", words)
        return software.files(method, path, {"title": "River"}, {"content": content}, Idempotency_Key=KEY)

    first = send(b"The river rose.")
    assert first.status_code == 201, first.content
    assert send(b"The river rose.").json() == first.json()
    assert send(b"The lake rose.").status_code == 422


def test_a_key_belongs_to_its_token(small: Desk, software: Software):
    first = software("POST", "/items", STORY, Idempotency_Key=KEY)
    other = cms(small, small.author)("POST", "/items", STORY, Idempotency_Key=KEY)
    assert other.json()["id"] != first.json()["id"]


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "é", "a\tb"])
def test_what_is_no_key_is_refused(software: Software, key: str):
    response = software("POST", "/items", STORY, Idempotency_Key=key)
    assert response.status_code == 400
    assert not Item.objects.exists()


def test_a_refusal_frees_the_key(small: Desk, software: Software):
    version = ready(small)
    editor = cms(small, small.editor)
    item = software("POST", "/items", STORY).json()["id"]
    refused = editor("POST", f"/items/{item}/publication", Idempotency_Key=KEY)
    assert refused.status_code == 409
    assert not Done.objects.exists()
    commands.run_checks(small.author, Version.objects.get(item__public_id=item))
    commands.sign_off(small.editor, Version.objects.get(item__public_id=item))
    out = editor("POST", f"/items/{item}/publication", Idempotency_Key=KEY)
    assert out.status_code in (201, 409), out.content
    assert version


def test_a_request_in_hand_makes_the_second_wait(software: Software):
    software("POST", "/items", STORY, Idempotency_Key=KEY)
    Done.objects.update(status=None, answer=None)
    second = software("POST", "/items", STORY, Idempotency_Key=KEY)
    assert second.status_code == 409
    assert second.json()["type"].endswith("in-hand")
    assert second["Retry-After"]


def test_a_key_is_forgotten_after_its_time(software: Software):
    first = software("POST", "/items", STORY, Idempotency_Key=KEY).json()
    Done.objects.update(begun_at=datetime.now(UTC) - KEPT_FOR - timedelta(seconds=1))
    assert software("POST", "/items", STORY, Idempotency_Key=KEY).json()["id"] != first["id"]
    assert Done.objects.count() == 1


def test_kept_answers_are_let_go_though_nobody_asks_again(software: Software):
    software("POST", "/items", STORY, Idempotency_Key=KEY)
    assert let_go in rounds()
    assert let_go() == 0
    Done.objects.update(begun_at=datetime.now(UTC) - KEPT_FOR - timedelta(seconds=1))
    assert let_go() == 1


class Killed(BaseException):
    """Stands for the end of the process."""


def killed(at: tuple[Any, str], monkeypatch: pytest.MonkeyPatch, send: Callable[[], Any]) -> None:
    """Send a request that dies at `at`: no code after it runs, not even what would give the turn back."""
    from masthead.newsroom.connections import once

    def die(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(once.Turn, "give_back", lambda self: None)
        patch.setattr(*at, die)
        with pytest.raises(Killed):
            send()
    Done.objects.update(begun_at=datetime.now(UTC) - TURN)


def test_a_crash_after_the_item_is_taken_up_where_the_record_stands(
    software: Software, monkeypatch: pytest.MonkeyPatch
):
    from masthead.api import items

    def send() -> Any:
        return software("POST", "/items", STORY, Idempotency_Key=KEY)

    killed((items, "checked"), monkeypatch, send)
    assert Item.objects.count() == 1
    done = send()
    assert done.status_code == 201
    assert Item.objects.count() == 1
    assert CheckRun.objects.count() == 1
    assert done.json()["id"] == Item.objects.get().public_id
    assert send().json() == done.json()


def test_a_crash_before_anything_is_recorded_leaves_nothing(
    software: Software, monkeypatch: pytest.MonkeyPatch
):
    from masthead.api import items

    def send() -> Any:
        return software("PUT", "/items/by-external-id/cms/1", STORY, Idempotency_Key=KEY)

    killed((items, "bring_in"), monkeypatch, send)
    assert not Item.objects.exists()
    assert send().status_code == 201
    assert ExternalId.objects.count() == 1


def test_a_crash_inside_the_entry_leaves_neither_item_nor_name(
    software: Software, monkeypatch: pytest.MonkeyPatch
):
    from masthead.newsroom.evidence import log

    def send() -> Any:
        return software("PUT", "/items/by-external-id/cms/1", STORY, Idempotency_Key=KEY)

    killed((log, "_vouched"), monkeypatch, send)
    assert not Item.objects.exists()
    assert not ExternalId.objects.exists()
    assert send().status_code == 201
    assert Item.objects.count() == ExternalId.objects.count() == 1


def test_a_crash_after_publishing_is_taken_up_although_the_item_changed(
    small: Desk, monkeypatch: pytest.MonkeyPatch
):
    from masthead.api import going_out

    version = ready(small)
    editor = cms(small, small.editor)
    path = f"/items/{version.item.public_id}"
    tag = editor("GET", path)["ETag"]

    def send() -> Any:
        return editor("POST", f"{path}/publication", Idempotency_Key=KEY, If_Match=tag)

    killed((going_out, "_out"), monkeypatch, send)
    out = send()
    assert out.status_code == 201, out.content
    assert Publication.objects.count() == 1
    assert editor("POST", f"{path}/publication", If_Match=tag).status_code == 412


def test_who_lost_the_turn_records_nothing(software: Software, monkeypatch: pytest.MonkeyPatch):
    """A request that was thought dead, and is not, must not do its work a second time."""
    from masthead.api import items

    real = items.bring_in

    def slow(*args: Any, **kwargs: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(items, "bring_in", real)
            Done.objects.update(begun_at=datetime.now(UTC) - TURN)
            [other] = at_once(1, lambda _: software("POST", "/items", STORY, Idempotency_Key=KEY))
        assert other.status_code == 201
        return real(*args, **kwargs)

    monkeypatch.setattr(items, "bring_in", slow)
    late = software("POST", "/items", STORY, Idempotency_Key=KEY)
    assert late.status_code == 409
    assert Item.objects.count() == 1


def at_once(count: int, send: Callable[[int], Any]) -> list[Any]:
    """What each of `count` threads got that set out together."""
    barrier = Barrier(count)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return send(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_two_at_once_under_one_key_make_one_item(software: Software):
    answers = at_once(2, lambda _: software("POST", "/items", STORY, Idempotency_Key=KEY))
    assert sorted(each.status_code for each in answers) in ([201, 201], [201, 409])
    assert Item.objects.count() == 1


def test_two_at_once_under_one_name_make_one_item(software: Software):
    answers = at_once(3, lambda _: software("PUT", "/items/by-external-id/cms/1", STORY))
    assert max(each.status_code for each in answers) == 201
    assert {each.status_code for each in answers} <= {200, 201}
    assert len({each.json()["id"] for each in answers}) == 1
    assert Item.objects.count() == ExternalId.objects.count() == 1


def test_two_at_once_on_one_state_add_one_version(small: Desk, software: Software):
    item = software("POST", "/items", STORY)
    path, tag = f"/items/{item.json()['id']}/versions", item["ETag"]
    new = [STORY | {"content": {"name": "a.txt", "text": f"The river {word}."}} for word in ("fell", "sank")]
    answers = at_once(2, lambda number: software("POST", path, new[number], If_Match=tag))
    assert sorted(each.status_code for each in answers) in ([201, 409], [201, 412])
    assert Version.objects.count() == 2


@pytest.mark.parametrize("path", ["/items", "/items/by-external-id/cms/1"])
def test_a_kept_answer_is_not_given_where_the_item_was_hidden_since(small: Desk, path: str):
    usual = cms(small, small.author, *(set(Scope) - {Scope.PROTECTED}))
    method = "POST" if path == "/items" else "PUT"
    first = usual(method, path, STORY, Idempotency_Key=KEY)
    address = f"/items/{first.json()['id']}/checks"
    assert usual("POST", address, None, Idempotency_Key="another").status_code < 300
    commands_of_items.protect(small.author, Item.objects.get(), protected=True)
    for again in (
        usual(method, path, STORY, Idempotency_Key=KEY),
        usual("POST", address, None, Idempotency_Key="another"),
    ):
        assert again.status_code == 404
        assert b"River" not in again.content
