"""What goes wrong is told as a problem, in the words of the terminal, and repeats nothing that was sent."""

import json

import pytest
from django.conf import settings
from tests.api.software import STORY, Software, cms
from tests.newsroom.desk import Desk, ready
from tests.newsroom.logins import login_of

from masthead.api import problems
from masthead.errors import MastheadError
from masthead.language import LANGUAGES, using

SECRET = "Xanthippe Zebedee"


def problem(response) -> dict:
    assert response["Content-Type"] == "application/problem+json", response.content
    said = response.json()
    assert said["status"] == response.status_code
    assert said["type"].startswith("urn:masthead:problem:")
    assert said["title"]
    assert said["detail"]
    assert said["remedy"]
    return said


def test_not_cleared_brings_every_obstacle(small: Desk):
    item = cms(small, small.author)("POST", "/items", STORY).json()
    said = problem(cms(small, small.editor)("POST", f"/items/{item['id']}/publication"))
    assert said["type"] == "urn:masthead:problem:not-cleared"
    assert said["status"] == 409
    assert "no_sign_off" in [each["code"] for each in said["obstacles"]]
    assert said["detail"].startswith("Not cleared: ")


def test_a_refusal_has_the_words_of_the_terminal(small: Desk):
    software = cms(small, small.author)
    item = software("POST", "/items", STORY).json()
    source = {"content": {"name": "a.txt", "text": "notes"}}
    assert software("POST", f"/items/{item['id']}/sources", source).status_code == 201
    said = problem(software("POST", f"/items/{item['id']}/sources", source))
    assert (said["status"], said["detail"]) == (409, "That source is on record already.")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/items/by-external-id/wordpress", 404),
        ("DELETE", "/items", 405),
        ("PATCH", "/systems", 405),
        ("GET", "/items/nonsense", 422),
        ("GET", f"/items/{'a' * 26}", 404),
        ("GET", "/systems/01890000-0000-7000-8000-000000000000", 404),
        ("GET", "/systems/x", 422),
        ("GET", "/items?limit=0", 422),
        ("GET", "/items?cursor=zz", 422),
        ("GET", "/items/" + "%00" * 26, 422),
    ],
)
def test_wrong_addresses_are_problems_too(small: Desk, method: str, path: str, status: int):
    said = problem(cms(small, small.editor)(method, path))
    assert said["status"] == status


def test_a_method_that_is_not_there_names_those_that_are(small: Desk):
    assert cms(small, small.editor)("DELETE", "/items")["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "content"),
        ({"content": {"name": "a.txt"}}, "content"),
        ({"content": {"name": "a.txt", "text": "a", "base64": "YQ=="}}, "content"),
        ({"content": {"name": "a.txt", "base64": "%"}}, "content"),
        (STORY | {"ai_uses": [{"system": SECRET, "tier": "T9"}]}, "ai_uses.0.tier"),
        (STORY | {"ai_uses": [{"system": "", "tier": "T1"}]}, "ai_uses.0.system"),
        (STORY | {"titel": SECRET}, "titel"),
        (STORY | {"title": SECRET * 100}, "title"),
        (STORY | {"language": SECRET}, "language"),
        (STORY | {"public_interest": SECRET}, "public_interest"),
        ([SECRET], "body"),
        (SECRET, "body"),
        (STORY | {"title": "\ud800"}, "title"),
    ],
)
def test_a_field_that_is_wrong_is_named_and_its_value_is_not(small: Desk, body: object, field: str):
    response = cms(small, small.author)("POST", "/items", body)
    said = problem(response)
    assert said["status"] == 422
    assert [each["field"] for each in said["errors"]] == [field]
    assert SECRET not in response.content.decode()


def test_each_field_is_told_in_the_language_asked_for(small: Desk):
    software = cms(small, small.author)
    english = problem(software("POST", "/items", {}))
    french = software("POST", "/items", {}, Accept_Language="fr")
    assert french["Content-Language"] == "fr"
    assert problem(french)["type"] == english["type"]


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{", 400),
        ("application/json", b"\xff\xfe", 400),
        ("application/json", b'{"a": NaN}', 400),
        ("application/json", b"[" * 100_000, 400),
        ("text/plain", b"{}", 415),
        ("application/xml", b"<a/>", 415),
        ("application/x-www-form-urlencoded", b"a=b", 415),
        ("", b"{}", 415),
        ("multipart/form-data", b"{}", 400),
        ("multipart/form-data; boundary=x", b"--x\r\n", 422),
        ("application/json", b"", 422),
    ],
)
def test_a_body_of_another_kind_is_refused(small: Desk, content_type: str, body: bytes, status: int):
    software = cms(small, small.author)
    response = software.client.generic("POST", "/api/v1/items", body, content_type, headers=software.headers)
    assert problem(response)["status"] == status


def test_a_body_that_is_too_large_is_refused(small: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 100_000)
    software = cms(small, small.author)
    said = problem(software("POST", "/items", STORY | {"content": {"name": "a.txt", "text": "a" * 200_000}}))
    assert said["status"] == 413


def test_unicode_of_every_kind_is_taken_or_refused_but_breaks_nothing(small: Desk):
    software = cms(small, small.author)
    for text in ("\x00", "\u202e", "\ufffe", "e\u0301" * 50, "👩‍👩‍👧‍👦", "\u2028", "\x1b[31m", "ﷺ" * 40):
        body = STORY | {
            "title": text,
            "content": {"name": f"{text}.txt", "text": f"The river rose {text}."},
            "ai_uses": [{"system": text, "tier": "T1"}],
        }
        response = software("POST", "/items", body)
        assert response.status_code in (201, 409, 422), (text, response.content)


def test_a_fault_of_ours_tells_nothing(small: Desk, monkeypatch: pytest.MonkeyPatch):
    from masthead.api import items

    def broken(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(items, "lines_json", broken)
    response = cms(small, small.author)("GET", "/items")
    said = problem(response)
    assert said["status"] == 500
    assert SECRET not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_every_kind_of_error_has_a_type_of_its_own():
    slugs = [kind.slug for kind in (*problems.KINDS.values(), problems.INVALID, problems.BROKEN)]
    assert len(slugs) == len(set(slugs))

    def below(kind: type) -> set[type]:
        return {kind}.union(*(below(each) for each in kind.__subclasses__()))

    for error in below(MastheadError):
        assert any(issubclass(error, of) for of in problems.KINDS)
    ordered = list(problems.KINDS)
    for place, of in enumerate(ordered):
        assert not any(issubclass(later, of) for later in ordered[place + 1 :])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_types_do_not_depend_on_the_language(language: str):
    with using(language):
        assert json.loads(problems.refused(problems.no_token()).content)["type"].endswith("unauthorized")


def test_rates_are_limited_and_told(small: Desk, monkeypatch: pytest.MonkeyPatch):
    from masthead.api import limits

    monkeypatch.setattr(limits, "A_MINUTE", 3)
    monkeypatch.setattr(limits, "WINDOW", 10**9)
    software = cms(small, small.author)
    first = software("GET", "/items")
    assert first["RateLimit-Policy"] == '"token";q=3;w=1000000000'
    assert first["RateLimit"].startswith('"token";r=2;t=')
    assert [software("GET", "/items").status_code for _ in range(3)] == [200, 200, 429]
    said = software("GET", "/items")
    assert problem(said)["type"].endswith("too-many-requests")
    assert int(said["Retry-After"]) >= 1
    assert cms(small, small.author)("GET", "/items").status_code == 200


def test_answers_are_not_kept_by_caches(small: Desk):
    version = ready(small)
    software = cms(small, small.editor)
    assert "no-store" in software("GET", f"/items/{version.item.public_id}")["Cache-Control"]
    assert not software.client.cookies


@pytest.mark.parametrize("path", ["/items", "/items/none", "/", "/openapi.json", "/nowhere"])
def test_no_cookie_is_looked_at_and_no_answer_says_so(small: Desk, path: str):
    software = cms(small, small.editor)
    software.client.force_login(login_of(small.editor))
    for headers in ({}, {"Authorization": "Bearer x"}):
        answer = software("GET", path, **headers)
        assert "cookie" not in answer.headers.get("Vary", "").lower()
        assert not answer.cookies
    assert "Accept-Language" in answer["Vary"]
    assert software.client.get("/desk/").status_code == 200


def test_no_token_no_counting(small: Desk):
    assert "RateLimit" not in Software("x")("GET", "/items").headers
