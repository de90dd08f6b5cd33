"""What a log is called for ever: by the address that is set, as it is said, or by nobody's name."""

from dataclasses import replace

import pytest
from django.conf import settings

from masthead.errors import Refused
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.site.founding import found
from masthead.newsroom.site.origin import origin_of
from masthead.vocabulary import Profile

NAMES = ("The Herald", "Herald Press Ltd", "Ada Steward", Profile.SOLO)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://desk.herald.example", "desk.herald.example/log"),
        ("https://Desk.Herald.Example/", "desk.herald.example/log"),
        ("https://desk.herald.example:443", "desk.herald.example/log"),
        ("http://desk.herald.example:80", "desk.herald.example/log"),
        ("https://desk.herald.example:8443", "desk.herald.example:8443/log"),
        ("http://desk.herald.example:443", "desk.herald.example:443/log"),
        ("https://zürich.example.", "xn--zrich-kva.example/log"),
    ],
)
def test_an_address_names_the_log(address, origin):
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    ["", "http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000", "https://desk", "http://a..b"],
)
def test_what_is_one_machine_s_alone_names_no_log(address):
    named = origin_of(address)
    assert named.startswith("masthead.invalid/")
    assert named != origin_of(address)


def begun(**said: str) -> list[str]:
    return [str(each) for each in found(*NAMES, **said)]


def test_a_record_is_named_by_the_address_and_says_that_it_is_for_ever(home, monkeypatch):
    monkeypatch.setattr(
        settings, "MASTHEAD", replace(settings.MASTHEAD, address="https://desk.herald.example")
    )
    assert any("desk.herald.example/log" in each and "for ever" in each for each in begun())
    assert LogHead.objects.get().origin == "desk.herald.example/log"
    other = replace(settings.MASTHEAD, address="https://new.herald.example")
    monkeypatch.setattr(settings, "MASTHEAD", other)
    begun()
    assert LogHead.objects.get().origin == "desk.herald.example/log"


def test_what_is_said_wins_over_the_address(home, monkeypatch):
    monkeypatch.setattr(
        settings, "MASTHEAD", replace(settings.MASTHEAD, address="https://desk.herald.example")
    )
    begun(origin="herald.example/evidence")
    assert LogHead.objects.get().origin == "herald.example/evidence"


def test_a_record_without_a_name_of_its_own_says_how_to_get_one(home):
    (said,) = (each for each in begun() if "for ever" in each)
    assert "masthead.invalid/" in said
    assert "--origin" in said


def test_another_origin_is_refused_where_there_is_one(home):
    begun(origin="herald.example/log")
    with pytest.raises(Refused, match=r"herald\.example/log"):
        begun(origin="gazette.example/log")
    begun(origin="herald.example/log")


@pytest.mark.parametrize("origin", ["https://herald.example/log", "herald example/log", "herald+log"])
def test_what_cannot_name_a_log_is_refused_before_anything_is_made(home, origin):
    with pytest.raises(Refused, match="cannot have this origin"):
        begun(origin=origin)
    assert not (home / "keys").exists()
