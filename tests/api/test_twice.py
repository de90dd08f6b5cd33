"""What is said twice in one request is refused: nobody can tell which of the two was meant."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.software import STORY, Software, cms
from tests.newsroom.desk import Desk

from masthead.newsroom.items.models import Item


@pytest.fixture
def software(small: Desk) -> Software:
    return cms(small, small.author)


def sent(software: Software, body: str, path: str = "/items"):
    return software.client.generic(
        "POST", f"/api/v1{path}", body.encode(), "application/json", headers=software.headers
    )


A, B = '{"name": "a.md", "text": "The river rose."}', '{"name": "b.md", "text": "The river fell."}'


@pytest.mark.parametrize(
    "body",
    [
        f'{{"content": {A}, "content": {B}}}',
        '{"content": {"name": "a.md", "text": "The river rose.", "text": "The river fell."}}',
        '{"content": {"name": "a.md", "text": "The river rose.", "t\\u0065xt": "The river fell."}}',
        f'{{"content": {A}, "sources": [{{"name": "b.md", "text": "One.", "text": "Two."}}]}}',
        f'{{"content": {A}, "check": false, "check": false}}',
    ],
)
def test_a_key_twice_in_a_body_is_refused(software: Software, body: str):
    refused = sent(software, body)
    assert refused.status_code == 400
    assert refused.json()["type"].endswith(":malformed")
    assert "twice" in refused.json()["detail"]
    assert not Item.objects.exists()
    assert sent(software, f'{{"content": {A}}}').status_code == 201


def test_a_form_says_nothing_twice(software: Software):
    def file(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, b"The river rose.")

    two = software.files("POST", "/items", {}, {"content": [file("a.md"), file("b.md")]})
    both = software.files("POST", "/items", STORY, {"content": file("a.md")})
    again = software.files(
        "POST", "/items", {}, {"data": ["{}", '{"title": "Other"}'], "content": file("a.md")}
    )
    for refused in (two, both, again):
        assert refused.status_code == 400
        assert "twice" in refused.json()["detail"]
    assert not Item.objects.exists()


def test_an_address_says_nothing_twice(software: Software):
    refused = software("GET", "/items?medium=text&medium=image")
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"field": "medium", "detail": "It is given twice."}]
