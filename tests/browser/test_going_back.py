"""Without scripts, going back to a form from an answer that refuses it finds what was typed."""

import re

from playwright.sync_api import Page, expect
from tests.browser.conftest import PageAs
from tests.browser.site import Site
from tests.newsroom.desk import text, use

from masthead.newsroom.items.commands import add_item

TYPED = "The council heard that the second phase costs more.\n\nNobody said how much."


def refused_and_back(page: Page, field: str) -> None:
    page.locator("main form[data-once] button").last.click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.go_back()
    expect(page.locator(f"[name={field}]")).to_have_value(TYPED)


def test_what_was_typed_is_there_again(page_as: PageAs, site: Site) -> None:
    page = page_as("editor", javascript=False)
    page.goto("/desk/")
    page.goto("/desk/items/new")
    page.locator("[name=text]").fill(TYPED)
    page.locator("[name=address]").fill("https://herald.example/one")
    refused_and_back(page, "text")

    version = add_item(site.desk.editor, text("It costs less."), uses=[use()], title="Costs", language="en")
    page.goto(f"/desk/items/{version.item.public_id}/versions/new")
    page.locator("[name=words]").fill(TYPED)
    page.locator("[name=title]").fill("x" * 900)
    refused_and_back(page, "words")


def test_after_signing_out_nothing_of_it_is_shown(page_as: PageAs, site: Site) -> None:
    version = add_item(site.desk.editor, text("It costs nine."), uses=[use()], title="Costs", language="en")
    page = page_as("editor", javascript=False)
    page.goto(f"/desk/items/{version.item.public_id}/versions/new")
    page.goto("/account/logout/")
    page.locator("main form button").last.click()
    expect(page).not_to_have_url(re.compile("logout"))
    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile("/account/login/"))
    expect(page.locator("[name=words]")).to_have_count(0)
