"""What is not public has one address: a language in front of it leads there."""

import pytest
from django.test import Client
from tests.newsroom.logins import client_of


@pytest.mark.parametrize("path", ["/desk/", "/desk/items/new", "/account/login/", "/setup", "/health"])
def test_a_private_page_asked_for_in_a_language_is_found_at_its_own_address(small, path):
    answer = client_of(small.editor).get(f"/fr{path}?next=%2Fdesk%2F&a=b")
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?next=%2Fdesk%2F&a=b")


def test_it_speaks_the_language_of_the_person_there(small):
    page = client_of(small.editor).get("/fr/desk/", follow=True)
    assert page.request["PATH_INFO"] == "/desk/"
    assert 'lang="en"' in page.text


def test_what_is_sent_there_is_sent_on(small):
    answer = client_of(small.editor).post("/fr/desk/me/", {"language": "fr"})
    assert (answer.status_code, answer["Location"]) == (307, "/desk/me/")


@pytest.mark.parametrize("path", ["/fr/desk", "/fr//evil.example/desk/", "/fr/\\evil.example/desk/"])
def test_it_leads_to_no_other_place(small, path):
    answer = Client().get(path)
    assert not answer.headers.get("Location", "/desk/").startswith(("//", "/\\", "http"))


def test_software_is_not_answered_at_a_second_address(small):
    assert Client().get("/fr/api/v1/items")["Location"] == "/api/v1/items"
