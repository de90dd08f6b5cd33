"""What the running software says of itself: enough to mend it, nothing of those who use it."""

import json
import logging
import re
from typing import Any

import pytest
from django.test import Client
from tests.newsroom.desk import TEXT, Desk, ready
from tests.newsroom.logins import PASSWORD, client_of, login_of
from tests.serving.broken_urls import NAME

SECRETS = ["203.0.113.7", "Mozilla", "evil.example", "token=s3cret", "The lost title"]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Any:
    """What was logged since the last look, each line as its object."""

    def read() -> list[dict[str, Any]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    read()
    return read


def test_a_request_leaves_its_route_and_how_it_went_and_nothing_else(lines: Any) -> None:
    answer = Client().get("/health?q=s3cret", REMOTE_ADDR="203.0.113.7")
    (line,) = lines()
    assert line.pop("at").endswith("+00:00")
    assert line.pop("milliseconds") >= 0
    assert line == {
        "level": "info",
        "from": "masthead.requests",
        "event": "answered",
        "request": answer["X-Request-Id"],
        "method": "GET",
        "route": "health",
        "status": 200,
        "bytes": len(answer.content),
    }
    assert re.fullmatch("[0-9a-f]{16}", answer["X-Request-Id"])
    assert Client().get("/health")["X-Request-Id"] != answer["X-Request-Id"]


def test_a_session_of_use_names_nobody_and_nothing(
    small: Desk, lines: Any, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ROOT_URLCONF = "tests.serving.broken_urls"
    item = ready(small).item
    email = login_of(small.author).email
    browser = Client(
        raise_request_exception=False,
        headers={"user-agent": "Mozilla", "x-forwarded-for": "203.0.113.7"},
        REMOTE_ADDR="203.0.113.7",
    )
    browser.post("/account/login/", {"login": email, "password": PASSWORD})
    browser.post("/account/login/", {"login": email, "password": "wrong"})
    for person in (small.author, small.editor, small.steward):
        at_work = client_of(person)
        at_work.raise_request_exception = False
        at_work.get("/desk/")
        at_work.get(f"/desk/items/{item.public_id}/")
    browser.get("/", headers={"host": "evil.example"})
    assert browser.get("/broken/The lost title?token=s3cret").status_code == 500
    assert browser.get("/nothing/The lost title").status_code == 404
    said = capsys.readouterr().err
    assert len(said.splitlines()) > 8
    for secret in (*SECRETS, NAME, email, PASSWORD, item.public_id, item.title, TEXT, "Ada Steward"):
        assert secret not in said, secret


def test_a_fault_leaves_its_kind_and_its_places_once(lines: Any, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.serving.broken_urls"
    answer = Client(raise_request_exception=False).get("/broken/x")
    broke, answered = lines()
    assert (broke["event"], broke["error"]) == ("broke", "builtins.RuntimeError")
    assert broke["through"][-1].startswith("tests/serving/broken_urls.py:")
    assert broke["request"] == answered["request"] == answer["X-Request-Id"]
    assert broke["route"] == answered["route"] == "broken"
    assert NAME.encode() not in answer.content


def test_what_others_log_loses_its_words(lines: Any) -> None:
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("some.package").exception("%s did it", NAME)
    (line,) = lines()
    assert line["from"] == "some.package"
    assert line["error"] == "builtins.ValueError"
    assert line["place"].startswith("test_logs:")
    assert NAME not in json.dumps(line)


def test_a_line_is_one_line_whatever_is_in_it(lines: Any) -> None:
    logging.getLogger("masthead.test").warning("two\nlines\x1b[31m", extra={"told": {"é": "\n"}})
    (line,) = lines()
    assert line["event"] == "two\nlines\x1b[31m"
