"""The page of an item in a real browser: words selected, drafts kept, findings brought in."""

import pytest
from playwright.sync_api import Page, expect

STORY = "# Emoji 🙂 title\n\nÉcrit à Zoë 👨‍👩‍👧 e\u0301te\u0301: the 🐢 paid 77 florins.\n\nMore 🙂 words.\n"
SELECT = """words => {
    const spans = [...document.querySelectorAll("[data-start]")];
    const span = spans.find(each => each.textContent.includes(words));
    const node = span.firstChild, at = node.data.indexOf(words), range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + words.length);
    getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def brought_in(page: Page) -> None:
    page.goto("/desk/items/new")
    page.get_by_label("Paste the text").fill(STORY)
    page.get_by_label("Pasted notes").fill("Nothing about florins.")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Emoji 🙂 title")


def checked(page: Page) -> None:
    """Go on until the findings are there: by themselves, by looking again, or by asking for them."""
    page.wait_for_timeout(1500)
    for _ in range(20):
        now = page.get_by_role("button", name="Check now")
        again = page.get_by_role("link", name="Look again")
        if now.count():
            now.click()
        elif again.count():
            page.reload()
        if page.locator("#copy .note").count():
            return
        page.wait_for_timeout(500)
    expect(page.locator("#copy .note").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_an_item_is_for_everyone(page_as, axe, width):
    page = page_as("author", width=width)
    page.goto("/desk/items/new")
    axe(page)
    brought_in(page)
    checked(page)
    axe(page)
    page.get_by_role("link", name="AI was used").click()
    axe(page)


def test_words_selected_are_the_words_on_record(page_as):
    page = page_as("author")
    brought_in(page)
    bar = page.locator("[data-bar]")
    checked(page)
    for words in ("the 🐢 paid", "🙂 words"):
        page.evaluate(SELECT, words)
        expect(bar.locator("[data-words]")).to_have_text(words)
        start, end = (int(bar.locator(f"[name={name}]").input_value()) for name in ("start", "end"))
        assert end - start == len(words), "code points, not UTF-16"


def test_what_was_typed_is_offered_again_and_forgotten_once_sent(page_as):
    page = page_as("author")
    page.goto("/desk/items/new")
    page.get_by_label("Paste the text").fill(STORY)
    page.reload()
    page.get_by_role("button", name="Restore what I typed").click()
    expect(page.get_by_label("Paste the text")).to_have_value(STORY)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Emoji 🙂 title")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_two_tabs_of_a_new_item_never_write_over_each_other(page_as):
    one = page_as("author")
    one.goto("/desk/items/new")
    two = one.context.new_page()
    two.goto(one.url)
    one.get_by_label("Paste the text").fill("The first story.")
    two.get_by_label("Paste the text").fill("The second story.")
    kept = one.evaluate("Object.values(localStorage).join()")
    assert "The first story." in kept
    assert "The second story." in kept


def test_another_persons_draft_is_dropped_after_a_day_and_never_offered(page_as):
    page = page_as("author")
    page.goto("/desk/items/new")
    page.evaluate(
        """() => { for (const [who, age] of [["x", 1], ["y", 90000000]]) localStorage.setItem(
        `draft ${who} ${location.pathname} m`,
        JSON.stringify({ at: Date.now() - age, typed: [["text", who]] })); }"""
    )
    page.reload()
    expect(page.get_by_role("button", name="Restore what I typed")).to_have_count(0)
    assert [key.split(" ")[1] for key in page.evaluate("Object.keys(localStorage)")] == ["x"]


def test_an_item_comes_in_and_is_checked_without_scripts(page_as):
    page = page_as("author", width=360, javascript=False)
    brought_in(page)
    checked(page)


FIGURES = "# Figures, {called}\n\n" + "".join(
    f"{name} reported {number} letters to the council this year.\n\n{filler}\n\n"
    for name, number in (("Ada", 7711), ("Ben", 8822), ("Cid", 9933))
    for filler in ["The hall was full, and nobody left before the end of it. " * 12]
)
OPEN = "#copy .note:not(.waived, .noted, .mind)"


def figures_checked(page: Page, called: str) -> None:
    page.goto("/desk/items/new")
    page.get_by_label("Paste the text").fill(FIGURES.format(called=called))
    page.get_by_label("Pasted notes").fill("Ada, Ben and Cid reported letters. The hall was full.")
    page.get_by_role("button", name="Bring it in").click()
    checked(page)


@pytest.mark.parametrize(
    ("called", "width", "scripts"), [("wide", 1280, True), ("narrow", 360, True), ("bare", 1280, False)]
)
def test_whoever_waives_one_finding_after_another_stays_among_them(page_as, called, width, scripts):
    page = page_as("editor", width=width, javascript=scripts)
    figures_checked(page, called)
    expect(page.locator(OPEN)).to_have_count(3)
    for left in (2, 1, 0):
        note = page.locator(OPEN).first
        note.get_by_role("link", name="Waive…").click()
        page.get_by_label("Why may it stand").select_option("witnessed")
        stood = page.evaluate("scrollY")
        page.get_by_role("button", name="Waive this finding").click()
        expect(page.locator(".note.waived")).to_have_count(3 - left)
        following = page.locator(OPEN).first
        expect(following if left else page.locator("#standing")).to_be_focused()
        expect(page.locator(":focus")).to_be_in_viewport()
        if scripts:
            expect(page.get_by_text("Waived. The reason is on record.")).to_be_in_viewport()
        if scripts and left:
            assert page.evaluate("scrollY") >= stood, "nobody is led back to the top"


AT_THE_WORDS = """field => {
    const box = field.getBoundingClientRect(), places = new Set();
    for (let y = Math.max(box.top, 0) + 2; y < Math.min(box.bottom, innerHeight) - 2; y += 4) {
        for (let x = box.left + 20; x < box.right - 20; x += 8) {
            const at = document.caretPositionFromPoint(x, y);
            if (at?.offsetNode === field) places.add(at.offset);
        }
    }
    return [...places].some(at => field.selectionStart <= at && at <= field.selectionEnd);
}"""
"""Whether a person sees the words that are selected in a field."""


@pytest.mark.parametrize(("called", "width"), [("as wide", 1280), ("as narrow", 360)])
def test_whoever_mends_a_finding_begins_at_its_words(page_as, axe, called, width):
    page = page_as("editor", width=width)
    figures_checked(page, f"🙂 {called}")
    note = page.locator(OPEN).filter(has_text="9933")
    note.get_by_role("link", name="Fix it").click()
    field = page.get_by_label("The text")
    expect(field).to_be_focused()
    selected = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(selected) == "9933"
    assert field.evaluate(AT_THE_WORDS)
    quoted = page.locator("#finding mark")
    expect(quoted).to_contain_text("9933")
    axe(page)
    page.keyboard.insert_text("nearly ten thousand")
    page.get_by_role("button", name="Keep this version").click()
    expect(page.locator("[data-copy]")).to_contain_text("Cid reported nearly ten thousand letters")
