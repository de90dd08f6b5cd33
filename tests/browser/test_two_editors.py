"""Two editors on one item, and all that goes wrong between a page and its server: nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import PageAs
from tests.browser.site import PASSWORD, Site, email
from tests.newsroom.desk import approved, letters, ready, size, text, use

from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review.commands import run_checks

STORY = "# Flood repairs\n\nA second phase will cost £900,000, the council heard.\n"


def story(site: Site, *, checked: bool = True) -> Version:
    """An item with a finding, of which no other test knows."""
    words = f"{STORY}\nSaid {letters(size())}.\n"
    version = add_item(site.desk.editor, text(words), uses=[use()], title="Repairs", language="en")
    if checked:
        run_checks(site.desk.editor, version)
    return version


def of(version: Version, what: str = "") -> str:
    return f"/desk/items/{version.item.public_id}/{what}"


def words_in(page: Page) -> str:
    return page.locator("[name=words]").input_value()


def keep(page: Page) -> None:
    page.locator("main form[data-once] button").last.click()


def test_who_comes_second_sees_what_the_first_wrote_and_keeps_their_own(page_as: PageAs, site: Site) -> None:
    version = story(site)
    first, second = page_as("editor"), page_as("other_editor", width=360)
    for page, own in ((first, "First."), (second, "Second.")):
        page.goto(of(version, "versions/new"))
        page.locator("[name=words]").fill(f"{words_in(page)}\n{own}\n")
    for page in (first, second):
        keep(page)
    expect(first).to_have_url(re.compile(of(version) + "$"))
    expect(second.get_by_role("alert").first).to_contain_text("Ed Editor")
    expect(second.locator("textarea[readonly]")).to_have_value(re.compile("First"))
    assert "Second." in words_in(second)
    keep(second)
    expect(second).to_have_url(re.compile(of(version) + "$"))
    assert version.item.versions.count() == 3


def test_a_sign_off_does_not_cover_what_another_added_meanwhile(page_as: PageAs, site: Site) -> None:
    version = story(site)
    signing, writing = page_as("other_editor"), page_as("editor")
    signing.goto(of(version, "sign-off"))
    writing.goto(of(version, "versions/new"))
    writing.locator("[name=words]").fill(f"{words_in(writing)}\nMore.\n")
    keep(writing)
    expect(writing).to_have_url(re.compile(of(version) + "$"))
    signing.locator("button[name=decision][value=sign]").click()
    expect(signing.get_by_role("alert").first).to_be_visible()
    newest = version.item.versions.order_by("number").last()
    assert newest is not None
    assert newest.number == 2
    assert not version.sign_offs.exists()
    assert not newest.sign_offs.exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_going_back_finds_what_was_typed(page_as: PageAs, site: Site, javascript: bool) -> None:
    page = page_as("author", javascript=javascript)
    page.goto("/desk/items/new")
    words = f"{STORY} {letters(size())}"
    page.locator("[name=text]").fill(words)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
    page.go_back()
    expect(page.locator("[name=text]")).to_have_value(words)


@pytest.mark.parametrize("javascript", [True, False])
def test_going_back_and_sending_again_makes_no_second_item(
    page_as: PageAs, site: Site, javascript: bool
) -> None:
    page = page_as("author", javascript=javascript)
    before = Item.objects.count()
    page.goto("/desk/items/new")
    page.locator("[name=text]").fill(f"{STORY} {letters(size())}")
    for _ in range(2):
        page.locator("main form button").click()
        expect(page).to_have_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
        page.go_back()
    assert Item.objects.count() == before + 1


def test_going_back_and_sending_something_else_is_asked_about(page_as: PageAs, site: Site) -> None:
    page = page_as("author")
    before = Item.objects.count()
    page.goto("/desk/items/new")
    page.locator("[name=text]").fill(f"{STORY} {letters(size())}")
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
    page.go_back()
    page.locator("[name=text]").fill(f"{STORY} Changed {letters(size())}")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(re.compile("Changed"))
    assert Item.objects.count() == before + 1
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
    assert Item.objects.count() == before + 2


def test_a_button_pressed_twice_makes_one(page_as: PageAs, site: Site) -> None:
    page = page_as("author")
    before = Item.objects.count()
    page.goto("/desk/items/new")
    page.locator("[name=text]").fill(f"{STORY} {letters(size())}")
    page.locator("main form button").dblclick(no_wait_after=True)
    expect(page).to_have_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
    assert Item.objects.count() == before + 1


def test_a_publication_pressed_twice_goes_out_once(page_as: PageAs, site: Site) -> None:

    system = approved(site.desk, f"Pen {letters(size())}")
    version = ready(site.desk, use(system.name))
    page = page_as("author")
    page.goto(of(version, "publish"))
    page.locator("main form[data-once] button").dblclick(no_wait_after=True)
    expect(page).to_have_url(re.compile("/disclosure$"))
    page.go_back()
    expect(page.locator("main form[data-once]")).to_have_count(0)
    assert version.item.publications.count() == 1


def sign_in_beside(page: Page, person: str) -> Page:
    """Sign in in a tab of its own, as the page says."""
    with page.expect_popup() as opened:
        page.get_by_role("main").get_by_role("link", name="Sign in").click()
    beside = opened.value
    beside.locator("input[type=email]").fill(email(person))
    beside.locator("input[type=password]").fill(PASSWORD)
    beside.locator("input[type=password]").press("Enter")
    return beside


def test_what_was_typed_in_a_session_that_ended_is_offered_after_the_login(
    page_as: PageAs, site: Site
) -> None:
    version = story(site)
    page = page_as("editor")
    page.goto(of(version, "versions/new"))
    page.locator("[name=words]").fill(f"{STORY} Typed in vain?")
    page.context.clear_cookies()
    keep(page)
    beside = sign_in_beside(page, "editor")
    expect(beside).to_have_url(re.compile(of(version, "versions/new")))
    beside.locator("[role=status] button").first.click()
    expect(beside.locator("[name=words]")).to_have_value(re.compile("Typed in vain"))
    keep(beside)
    expect(beside).to_have_url(re.compile(of(version) + "$"))
    assert version.item.versions.count() == 2


@pytest.mark.parametrize("lost", ["masthead", None])
def test_what_was_sent_in_a_session_that_ended_goes_out_of_its_own_page_without_javascript(
    page_as: PageAs, site: Site, lost: str | None
) -> None:
    page = page_as("author", javascript=False, width=360)
    before = Item.objects.count()
    words = f"{STORY}\n  Typed in vain? <b>&amp;</b> {letters(size())}"
    page.goto("/desk/items/new")
    page.locator("[name=text]").fill(words)
    page.context.clear_cookies(name=lost) if lost else page.context.clear_cookies()
    page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you sent was not taken")
    expect(page.get_by_label("What you sent")).to_have_value(words)
    go_on = page.locator("main form button")
    go_on.click()
    expect(page.get_by_label("What you sent")).to_have_value(words)
    expect(sign_in_beside(page, "author")).to_have_url(re.compile("/desk/items/new"))
    go_on.click()
    expect(page.get_by_label("What you sent")).to_have_value(words)
    assert Item.objects.count() == before
    page.get_by_role("button", name="Send it now").click()
    expect(page).to_have_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
    assert Item.objects.count() == before + 1


def test_what_is_sent_without_a_line_goes_when_the_line_is_back(page_as: PageAs, site: Site) -> None:
    version = story(site)
    page = page_as("editor", width=360)
    page.goto(of(version, "versions/new"))
    page.locator("[name=words]").fill(f"{STORY} Sent from the train.")
    page.context.set_offline(True)
    keep(page)
    said = page.locator("div.said[role=status]")
    expect(said).to_be_visible()
    assert "Sent from the train." in words_in(page)
    assert version.item.versions.count() == 1
    page.context.set_offline(False)
    expect(page).to_have_url(re.compile(of(version) + "$"))
    assert version.item.versions.count() == 2


def test_the_page_of_an_item_is_of_use_on_a_slow_line(page_as: PageAs, site: Site) -> None:
    version = story(site)
    page = page_as("editor", width=360)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": 25_000, "uploadThroughput": 25_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.goto(of(version), wait_until="commit")
    expect(page.locator("#copy")).to_contain_text("the council heard")
    expect(page.locator("#copy .note").first).to_be_visible()
    page.locator("#copy .note a[href*='/waive']").first.click()
    expect(page.locator("form[action*='/waive'] [name=reason]")).to_be_visible()
