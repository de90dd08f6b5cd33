"""What somebody on a phone stumbled over: a bar that stayed, a line that was lost, a page within a page."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_item import SELECT, brought_in, checked
from tests.newsroom.desk import approved, text

from masthead.newsroom.items.commands import add_version, newest
from masthead.newsroom.items.models import Item


def beside(page: Page, words: str) -> None:
    page.evaluate(SELECT, words)
    bar = page.locator("[data-bar]")
    expect(bar).to_be_visible()
    systems = bar.locator("[name=system] option:not([value=''])")
    bar.locator("[name=system]").select_option(systems.first.get_attribute("value"))
    bar.locator("[name=task]").select_option("editing")
    bar.locator("[name=tier]").select_option("T2")


@pytest.fixture
def page(page_as, site) -> Page:
    if not approved_already():
        approved(site.desk)
    opened: Page = page_as("editor", width=360)
    brought_in(opened)
    checked(opened)
    return opened


def approved_already() -> bool:
    from masthead.newsroom.register.models import AISystem

    return AISystem.objects.exists()


def test_the_bar_goes_once_the_use_is_on_record_and_the_use_has_the_focus(page):
    beside(page, "More 🙂 words")
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator("#uses li")).to_be_focused()
    expect(page.locator("[data-bar]")).to_be_hidden()
    expect(page.get_by_text("On record: what AI did here.")).to_be_in_viewport()


def test_without_a_line_the_bar_says_so_and_sends_when_it_is_back(page):
    beside(page, "the 🐢 paid")
    page.context.set_offline(True)
    for _ in range(2):
        page.get_by_role("button", name="Put on record").click()
        expect(page.locator("[data-bar] [role=status]")).to_have_count(1)
    page.context.set_offline(False)
    expect(page.locator("#uses li").last).to_be_focused()
    expect(page.locator("[data-bar]")).to_be_hidden()


def test_the_number_of_a_note_is_no_part_of_the_words(page):
    page.evaluate(
        """() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector("[data-copy] mark:has(sup)").parentElement);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    expect(page.locator("[data-words]")).to_contain_text("77 florins")


def test_a_finding_waived_on_a_page_of_its_own_leads_back_to_the_item(page):
    page.locator("#standing a[href*='/waive']").first.click()
    expect(page.locator("main mark")).to_have_text("77")
    page.get_by_label("Why may it stand").select_option("witnessed")
    page.get_by_role("button", name="Waive this finding").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Emoji 🙂 title")
    expect(page.locator("header.plate")).to_have_count(1)


def test_a_new_item_without_a_line_says_so_once_beside_the_button(page):
    page.goto("/desk/items/new")
    page.get_by_label("Paste the text").fill("The second story.")
    page.context.set_offline(True)
    for _ in range(2):
        page.get_by_role("button", name="Bring it in").click()
        expect(page.locator("form.page [role=status]")).to_have_count(1)
    expect(page.locator("form.page [role=status]")).to_be_in_viewport()
    page.context.set_offline(False)
    expect(page.get_by_text("Brought in.")).to_be_visible()


def test_what_the_bar_cannot_put_on_record_is_said_on_a_page_that_leads_back(page, site):
    beside(page, "More 🙂 words")
    item = Item.objects.get(public_id=page.url.split("/items/")[1].split("/")[0])
    add_version(
        site.desk.other_editor, newest(item), text("# Other words\n\nAll of it is new.\n"), language="en"
    )
    page.get_by_role("button", name="Put on record").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("link", name="Back to the item").click()
    expect(page.get_by_text("All of it is new.")).to_be_visible()
