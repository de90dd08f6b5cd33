"""The harness itself, on the page where everybody comes in."""

import pytest
from playwright.sync_api import expect
from tests.browser.site import PASSWORD, Site, email
from tests.browser.watching import Troubles


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_login_page_is_for_everyone(page_as, axe, width, language):
    page = page_as(width=width, language=language)
    answer = page.goto("/account/login/")
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_comes_in_with_their_password(page_as, javascript):
    page = page_as(width=360, javascript=javascript)
    page.goto("/desk/")
    page.locator("input[type=email]").fill(email("author"))
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    expect(page).to_have_url(f"{page.url.split('/desk')[0]}/desk/")


@pytest.mark.parametrize("person", ["steward", "author", "editor"])
def test_a_page_is_opened_as_a_person(page_as, axe, person, site: Site):
    page = page_as(person, width=360)
    assert page.goto("/desk/").status == 200
    expect(page.get_by_role("banner")).to_contain_text("The Herald")
    axe(page)


def test_what_a_page_does_unseen_is_seen(page_as, troubles: Troubles):
    page = page_as()
    page.goto("/account/login/")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.head.append(script);
        const picture = document.createElement("img");
        picture.src = "http://third.party.invalid/x.png";
        document.body.append(picture);
        setTimeout(() => { throw new Error("broken") });
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None, "the policy of the page holds"
    told = "\n".join(troubles.seen)
    troubles.seen.clear()
    for each in ("script-src", "img-src", "broken"):
        assert each in told
