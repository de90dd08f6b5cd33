"""The steps of docs/tutorial/first-story.md, by the labels that stand there, with a camera in hand."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.hands import Pointer

from scripts.pictures.camera import take
from scripts.pictures.people import People

WRONG, RIGHT = "1.3 million", "1.2 million"
DRAFTED = "The market hall on Quay Street opens again on 6 March"
TITLE = "The market hall opens again on 6 March"
QUESTION = "How do you know how long the hall is?"
FIRST, TRUE = "42 metres", "24 metres"


@dataclass(frozen=True, slots=True)
class Texts:
    """What the tutorial gives to paste."""

    story: str
    notes: str


def walk(people: People, texts: Texts, demo: Path) -> None:
    """From a pasted story to one that is published, questioned, answered, corrected and verified."""
    noor, edda = people.page("noor"), people.page("edda")
    item = _bring_in(noor, texts)
    _say_what_ai_did(noor)
    _mend(noor)
    _waive_and_sign(edda)
    _publish(noor)
    link = _ask(people, item)
    _answer(edda)
    _correct(edda, item)
    _read_afterwards(people.page("sol"), item)
    _look(people, item, link, demo)


def _button(page: Page, name: str, *, last: bool = False) -> None:
    found = page.get_by_role("button", name=name, exact=True)
    (found.last if last else found.first).click()


def _link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def _bring_in(page: Page, texts: Texts) -> str:
    page.goto("/desk/")
    _link(page, "Bring in an item")
    page.get_by_label("Paste the text").fill(texts.story)
    page.get_by_label("Pasted notes").fill(texts.notes)
    page.locator("[name=public_interest][value=yes]").check()
    _button(page, "Bring it in")
    page.wait_for_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
    expect(page.locator("#copy .note")).to_have_count(2)
    return page.url.split("/")[-2]


def _say_what_ai_did(page: Page) -> None:
    Pointer(page).select(DRAFTED)
    bar = page.locator("#bar")
    bar.locator("select[name=system]").select_option("Quill Drafter 3")
    bar.locator("select[name=task]").select_option(label="drafting")
    tier = bar.locator("[name=tier]")
    if tier.count() == 1:
        tier.select_option("T2")
    else:
        bar.locator("[name=tier][value=T2]").check()
    take(page, "say-what-ai-did", height=900)
    bar.get_by_role("button", name="Put on record").click()
    expect(page.locator("#uses")).to_contain_text(DRAFTED)
    page.goto(page.url.partition("#")[0])
    expect(page.locator("#copy .note")).to_have_count(2)
    take(page, "findings", height=900)


def _mend(page: Page) -> None:
    _link(page, "Fix it")
    field = page.get_by_label("The text", exact=True)
    expect(field).to_have_value(re.compile(WRONG))
    field.fill(field.input_value().replace(WRONG, RIGHT))
    _button(page, "Keep this version")
    page.wait_for_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
    expect(page.locator("#copy .note")).to_have_count(1)


def _waive_and_sign(page: Page) -> None:
    page.goto("/desk/waiting/")
    asked = page.get_by_role("region", name="Findings to waive or send back")
    asked.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Waive…").first.click()
    form = page.locator("form[action*='/waive']")
    form.locator("[name=reason]").select_option(label="witnessed by the reporter")
    form.locator("[name=note]").fill("Noor paced it out this morning.")
    form.get_by_role("button", name="Waive this finding").click()
    expect(page.locator("#copy .note")).to_have_class(re.compile("waived"))
    page.locator("a[href$='/sign-off']").first.click()
    page.wait_for_url(re.compile("/sign-off$"))
    take(page, "sign-off", height=1080)
    _button(page, "Sign off version 2")
    expect(page.locator("main")).to_contain_text("You signed off version 2.")


def _publish(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("a.button[href$='/publish']").first.click()
    _button(page, "Publish version 2 now")
    page.wait_for_url(re.compile("/disclosure$"))
    expect(page.locator("main")).to_contain_text("WhatsApp")


def _ask(people: People, item: str) -> str:
    page = people.page()
    page.goto(f"/items/{item}/")
    _link(page, "Ask a question")
    page.get_by_label("Your question").fill(QUESTION)
    _button(page, "Send the question")
    page.wait_for_url(re.compile("/questions/"))
    return page.url


def _answer(page: Page) -> None:
    page.goto("/desk/waiting/")
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_label("Your answer").fill(
        "We paced it out, and wrote the figures down the wrong way round. It is 24 metres."
    )
    page.get_by_label("Show the question beside the answer").check()
    _button(page, "Publish the answer")
    expect(page.locator("main")).to_contain_text("Answered.")


def _correct(page: Page, item: str) -> None:
    page.goto(f"/desk/items/{item}/")
    _link(page, "Correct it")
    page.get_by_label("What was wrong, and what is right").fill("The hall is 24 metres long, not 42.")
    field = page.locator("[name=words]")
    field.fill(field.input_value().replace(FIRST, TRUE))
    _button(page, "See what readers will see")
    _button(page, "Send the correction out now")
    page.wait_for_url(re.compile("/disclosure$"))


def _read_afterwards(page: Page, item: str) -> None:
    page.goto(f"/desk/items/{item}/")
    _link(page, "Read it and sign off")
    _button(page, "Sign off version 3")
    expect(page.locator("main")).to_contain_text("You signed off version 3.")


def _look(people: People, item: str, link: str, demo: Path) -> None:
    page = people.page()
    page.goto(link)
    expect(page.locator("main")).to_contain_text("It is 24 metres.")
    page.goto(f"/items/{item}/")
    expect(page.locator("main")).to_contain_text("The hall is 24 metres long, not 42.")
    expect(page.locator("main")).to_contain_text("An AI tool drafted part of the text. An editor checked it.")
    with page.expect_download() as saving:
        page.get_by_role("link", name="content.md", exact=True).click()
    file = demo / "content.md"
    saving.value.save_as(file)
    _link(page, "Verify")
    page.locator("[name=file]").set_input_files(file)
    _button(page, "Verify the file")
    expect(page.locator("h1.verdict")).to_be_visible()
    take(page, "verdict", height=620)
    page.goto("/")
    take(page, "how-we-use-ai", height=1000)
    _the_picture(people)
    dark = people.page(scheme="dark")
    dark.goto(f"/items/{item}/")
    take(dark, "public-page-dark", height=800)
    phone = people.page("noor", width=360)
    take(phone, "my-work-phone", height=760)
    timeline = people.page("edda")
    timeline.goto(f"/desk/items/{item}/timeline")
    take(timeline, "timeline", height=800)
    timeline.goto("/desk/log/")
    take(timeline, "log", height=900)


def _the_picture(people: People) -> None:
    page = people.page(width=900)
    page.goto("/")
    page.get_by_role("link", name="The bridge over the Alder, at dusk").first.click()
    page.locator("summary").first.click()
    page.mouse.move(0, 0)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    take(page, "public-page", height=1420)
