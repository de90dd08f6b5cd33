"""Pages for when there is nothing to show: whose desk it is, what happened, and a way on."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.logins import client_of

from masthead.newsroom.accounts.actor import named


def opened(client: Client, path: str, status: int) -> LexborHTMLParser:
    answer = client.get(path)
    assert answer.status_code == status
    return LexborHTMLParser(answer.content.decode())


def test_a_page_that_is_not_there_says_whose_desk_it_is(small):
    page = opened(client_of(small.author), "/desk/nothing", 404)
    assert page.css_first("title").text() == "There is no page at this address. · The Herald"
    assert page.css_first(".plate b").text() == "The Herald"
    assert [link.attributes["href"] for link in page.css("main .act a")] == ["/desk/", "/"]


@pytest.mark.parametrize(("path", "status"), [("/desk/settings/", 403), ("/desk/items/none/", 404)])
def test_what_is_refused_says_what_happened_first_and_leads_on(small, path, status):
    page = opened(client_of(small.author), path, status)
    what = page.css_first("h1").text()
    assert what.endswith(".")
    assert page.css_first("title").text() == f"{what} · The Herald"
    assert page.css_first("main .lead").text()
    assert page.css_first("main .act a").attributes["href"] == "/desk/"


def test_who_is_not_signed_in_is_led_to_the_door(small):
    page = opened(Client(), "/account/invitation/none/", 404)
    assert [link.attributes["href"] for link in page.css("main .act a")] == ["/account/login/", "/"]


def test_before_there_is_an_organisation_it_is_masthead_s(home):
    page = opened(Client(), "/account/nothing", 404)
    assert page.css_first("title").text() == "There is no page at this address."
    assert page.css_first(".plate b").text() == "Masthead"


def test_the_rooms_stand_in_a_row_and_behind_a_word_for_a_phone(small):
    nav = opened(client_of(small.steward), "/desk/", 200).css_first(".plate nav")
    wide, narrow = ([a.attributes["href"] for a in nav.css(f"{where} a")] for where in (".rooms", ".more"))
    assert wide == narrow
    assert "/desk/people/" in wide
    assert nav.css_first(".more summary").text() == "Menu"
    assert named("Ada Steward").name in nav.css_first(".more").text()
