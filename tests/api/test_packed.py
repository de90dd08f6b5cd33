"""Answers as gzip, which most software asks for by itself, and what their ETags are good for."""

import gzip

import pytest
from tests.api.software import STORY, Software, cms
from tests.newsroom.desk import Desk

GZIP = "gzip, deflate, br"
NEW = STORY | {"content": {"name": "a.md", "text": "The river fell."}}


@pytest.fixture
def plain(small: Desk) -> Software:
    return cms(small, small.author)


@pytest.fixture
def packing(plain: Software) -> Software:
    """The same software, as python-requests and curl --compressed ask."""
    return Software(plain.headers["Authorization"].removeprefix("Bearer "), **{"Accept-Encoding": GZIP})


def test_an_answer_as_gzip_has_a_strong_tag_of_its_own(plain: Software, packing: Software):
    path = f"/items/{plain('POST', '/items', STORY).json()['id']}"
    bare, packed = plain("GET", path), packing("GET", path)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == bare.content
    assert not packed["ETag"].startswith("W/")
    assert packed["ETag"] != bare["ETag"]
    assert packing("GET", path).content == packed.content  # a strong tag stands for these very bytes


def test_the_tag_of_an_answer_as_gzip_holds_a_change_to_its_state(plain: Software, packing: Software):
    path = f"/items/{plain('POST', '/items', STORY).json()['id']}"
    tag = packing("GET", path)["ETag"]
    second = packing("PUT", path, NEW, If_Match=tag)
    assert second.status_code == 200, second.content
    assert second["Content-Encoding"] == "gzip"
    assert packing("PUT", path, STORY, If_Match=tag).status_code == 412
    assert plain("PUT", path, STORY, If_Match=second["ETag"]).status_code == 200


def test_a_weak_tag_holds_nothing(plain: Software):
    first = plain("POST", "/items", STORY)
    assert plain("PUT", f"/items/{first.json()['id']}", NEW, If_Match=f"W/{first['ETag']}").status_code == 412


def test_who_has_the_state_already_is_told_so(plain: Software, packing: Software):
    first = plain("PUT", "/items/by-external-id/cms/1", STORY)
    for path in (f"/items/{first.json()['id']}", "/items/by-external-id/cms/1"):
        for software in (plain, packing):
            tag = software("GET", path)["ETag"]
            for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
                again = software("GET", path, If_None_Match=known)
                assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
                assert again["Cache-Control"] == "private, no-store"
            assert software("GET", path, If_None_Match='"x"').status_code == 200
    plain("PUT", "/items/by-external-id/cms/1", NEW)
    assert packing("GET", path, If_None_Match=tag).status_code == 200
