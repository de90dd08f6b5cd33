"""Every page there is: no barrier, light or dark, nothing wider than the screen, nothing inline or foreign.

Addresses are found by walking the resolver, so that a new page is looked at from its first day.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser import looking
from tests.browser.conftest import HEIGHT, PageAs
from tests.browser.house import House, about_an_item, furnished
from tests.browser.site import PASSWORD, Site, email

# No pages: what is only sent to, saved or read by software; and what needs a device or a provider of logins
# (tests/browser/test_logins.py, tests/accounts), or is seen once (tests/browser/test_rare_pages.py).
ELSEWHERE = {
    *("desk:take_token", "desk:entry_proof"),
    *("health", "ready", "api:openapi", "api:nothing", "account_totp_code", "mfa_download_recovery_codes"),
    *(
        "desk:check",
        "desk:file",
        "desk:source_file",
        "desk:protect",
        "desk:forget_asker",
        "desk:close_question",
    ),
    *(
        "desk:give_role",
        "desk:withdraw_invitation",
        "desk:test_webhook",
        "desk:turn_webhook",
        "desk:redeliver",
    ),
    *(
        "mfa_login_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_authenticate",
        "mfa_reauthenticate",
    ),
    *("mfa_reauthenticate_webauthn", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_index"),
    *(
        "mfa_generate_recovery_codes",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_signup",
    ),
    *("public:home_data", "public:register_data", "public:corrections_data", "public:item_data"),
    *("public:item_file", "public:question_data", "public:feed", "public:checkpoint", "public:well_known"),
    *("public:log_keys", "public:log_tile", "public:add_checkpoint", "public:witness_key"),
    *("public:witness_view", "public:alarm"),
    *("public:to_item", "public:to_log", "public:log_data"),
    *("public:security", "public:site_map", "public:site_map_part", "public:robots", "account_set_password"),
    *(
        "setup",
        "setup_outlet",
        "setup_you",
        "setup_profile",
        "account_inactive",
        "account_email",
        "account_signup",
    ),
}
EMPTY = {
    "editor": ("/desk/", "/desk/waiting/", "/desk/search/?q=none", "/desk/register/", "/desk/questions/"),
    "steward": ("/desk/connections/", "/desk/connections/mine/", "/desk/log/", "/desk/witnesses/"),
    "": (
        *("/", "/register", "/corrections", "/verify", "/log/"),
        *("/desk/nothing", "/items/none/", "/questions/none"),
    ),
}


@pytest.fixture(scope="module")
def house(site: Site) -> House:
    """Made once the empty pages were looked at."""
    return furnished(site)


def wrong_with(page: Page) -> list[str]:
    """What is wrong with a page, at phone and desktop width."""
    told = looking.barriers(page) + looking.inline(page) + looking.too_wide(page)
    page.set_viewport_size({"width": 1280, "height": HEIGHT[1280]})
    told += looking.too_wide(page)
    page.set_viewport_size({"width": 360, "height": HEIGHT[360]})
    return [f"{page.url}: {each}" for each in told]


def signed_in(page: Page, person: str) -> Page:
    """By password: some pages are for those who proved just now who they are."""
    page.goto("/account/login/")
    page.locator("input[type=email]").fill(email(person))
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url("**/desk/")
    return page


def test_pages_with_nothing_on_them_are_for_everyone(page_as: PageAs) -> None:
    wrong = []
    for person, paths in EMPTY.items():
        page = page_as(person, width=360)
        for path in paths:
            page.goto(path)
            wrong += wrong_with(page)
    assert wrong == []


@pytest.mark.parametrize("room", ["desk:item", "desk", "account", "public"])
def test_every_page_is_for_everyone(page_as: PageAs, house: House, room: str) -> None:
    pages = {"": page_as(width=360)}
    if room != "public":
        pages |= {who: signed_in(page_as(width=360), who) for who in ("editor", "steward", "author")}
    wrong, seen, wanted = [], set(), set()
    for route, path in house.addresses():
        if _room(route.name) != room or route.name in ELSEWHERE:
            continue
        wanted.add(route.name)
        page = _opened(pages, path, open=bool(route.access and route.access.open), room=room)
        if page is not None:
            seen.add(route.name)
            wrong += wrong_with(page)
    assert wrong == []
    assert wanted - seen == set(), "pages that nobody came to"


def _room(name: str) -> str:
    if about_an_item(name):
        return "desk:item"
    space = name.partition(":")[0]
    return "desk" if space == "desk" else "public" if space in ("public", "api") else "account"


def _opened(pages: dict[str, Page], path: str, *, open: bool, room: str) -> Page | None:  # noqa: A002 - a door
    """The page at `path`, as the first of them sees it who comes to it; None where nobody does.

    The way in leads on where a proof is old, spent or missing: what it leads to is looked at there.
    """
    for who, page in pages.items():
        if (who == "") is not open and len(pages) > 1:
            continue
        answer = page.goto(path)
        is_page = answer is not None and "text/html" in answer.headers.get("content-type", "")
        if is_page and (room == "account" or (answer.status == 200 and urlsplit(page.url).path == path)):
            return page
    return None


def test_every_route_is_looked_at_or_known_to_be_no_page(house: House) -> None:
    from tests.permissions.routes import every_route

    walked = {route.name for route, _ in house.addresses()}
    routes = {each.name for each in every_route() if each.access and not each.access.by_token}
    assert routes - walked - ELSEWHERE == set()


@pytest.mark.parametrize("language", ["fr"])
def test_the_pages_most_looked_at_are_for_everyone_in_another_language(
    page_as: PageAs, house: House, language: str
) -> None:
    editor, reader = page_as("editor", width=360, language=language), page_as(width=360, language=language)
    draft, out = house.items["draft"].public_id, house.items["out"].public_id
    desk = ("", "waiting/", "items/new", *(f"items/{draft}/{each}" for each in ("", "sign-off", "publish")))
    wrong = []
    for path in desk:
        editor.goto(f"/desk/{path}")
        wrong += wrong_with(editor)
    for path in ("", "register", "corrections", "verify", "log/", f"items/{out}/", f"items/{out}/ask"):
        reader.goto(f"/{path}")
        assert reader.locator("html").get_attribute("lang") == language
        wrong += wrong_with(reader)
    assert wrong == []


MISTAKES = [
    ("author", "/desk/items/new", "main form button"),
    ("author", "/desk/items/{draft}/sources/add", "main form button"),
    ("author", "/desk/items/{draft}/uses/add", "main form button"),
    ("author", "/desk/items/{draft}/versions/new", "main form button"),
    ("editor", "/desk/items/{ready}/sign-off", "[name=decision][value=back]"),
    ("editor", "/desk/items/{draft}/break-glass", "main form button"),
    ("editor", "/desk/items/{out}/correct", "main form button"),
    ("editor", "/desk/items/{out}/withdraw", "main form button"),
    ("other_editor", "/desk/items/{glass}/second-review", "main form button"),
    ("steward", "/desk/register/new", "main form button"),
    ("steward", "/desk/people/new/", "main form button"),
    ("steward", "/desk/connections/tokens/new/", "main form button"),
    ("steward", "/desk/connections/webhooks/new/", "main form button"),
    ("steward", "/desk/witnesses/new/", "main form button"),
    ("", "/account/login/", "main form button"),
    ("", "/items/{out}/ask", "main form button"),
    ("", "/verify", "main form button"),
]
EMPTIED = """
(button) => {
  for (const field of button.form.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (field.type !== "radio" && field.type !== "checkbox") field.value = "";
  }
  button.form.noValidate = true;
  button.form.requestSubmit(button);
}
"""


def test_forms_with_mistakes_in_them_are_for_everyone(page_as: PageAs, house: House) -> None:
    wrong = []
    for person, path, button in MISTAKES:
        page = page_as(person, width=360)
        page.goto(path.format(**{state: item.public_id for state, item in house.items.items()}))
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.locator(button).first.evaluate(EMPTIED)
        page.wait_for_load_state()
        expect(page.locator("[role=alert], .error").first, f"{path} says what is missing").to_be_visible()
        wrong += wrong_with(page)
        page.context.close()
    assert wrong == []
