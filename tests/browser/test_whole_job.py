"""The whole job, clicked through by an author, an editor and a steward, and by those outside who read it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import PageAs
from tests.browser.hands import Keys, Pointer
from tests.browser.site import Site
from tests.newsroom.desk import approved, letters, size, text, use

from masthead.newsroom.items.commands import add_item
from masthead.newsroom.review.commands import run_checks, sign_off


@dataclass(frozen=True)
class Story:
    """A text with one figure that its source does not have, and one that nobody wrote down."""

    wrong: str
    right: str
    seen: str
    ai: str
    text: str
    notes: str
    corrected: str


STORIES = {
    "en": Story(
        wrong="£900,000",
        right="£800,000",
        seen="42",
        ai="the council heard",
        text="# Repairs\n\nA second phase will cost £900,000, the council heard.\n\nIt is 42 metres wide.",
        notes="A second phase will cost £800,000, the council heard.",
        corrected="24",
    ),
    "fr": Story(
        wrong="900 000 euros",
        right="800 000 euros",
        seen="42",
        ai="a appris le conseil",
        text="# Digues\n\nLa phase deux coûte 900 000 euros, a appris le conseil.\n\nElle fait 42 mètres.",
        notes="La phase deux coûte 800 000 euros, a appris le conseil.",
        corrected="24",
    ),
}


class Job:
    """One item and the people around it; each step leaves the page as the next finds it."""

    def __init__(
        self, site: Site, open_as: Callable[[str], Pointer], language: str, *, scripts: bool
    ) -> None:
        self.site, self.open_as, self.story = site, open_as, STORIES[language]
        self.scripts = scripts
        self.tag = letters(size())  # Stands in no other story of this site.
        self.system = f"Ink {self.tag}"
        approved(site.desk, self.system)
        self.author = open_as("author")
        self.editor = open_as("editor")
        self.id = ""

    def at(self, hand: Pointer, what: str) -> None:
        """Wait until the page of the item that is called so is there."""
        expect(hand.page).to_have_url(re.compile(f"/desk/items/{self.id}/{what}($|[?#])"))

    def bring_in(self) -> None:
        hand, page = self.author, self.author.page
        page.goto("/desk/")
        hand.press(page.locator("main a[href='/desk/items/new']"))
        hand.write(page.locator("[name=text]"), self.story.text)
        hand.write(page.locator("[name=notes]"), self.story.notes)
        hand.tick(page.locator("[name=public_interest][value=yes]"))
        hand.write(page.locator("[name=title]"), f"Repairs {self.tag}")
        hand.press(page.locator("main form button"))
        expect(page).to_have_url(re.compile("/desk/items/[a-z2-7]{26}/$"))
        self.id = page.url.split("/")[-2]
        self.checked(hand)

    def note(self, hand: Pointer, words: str) -> Locator:
        """What the checks say of these words, beside them."""
        return hand.page.locator("#copy .note", has=hand.page.locator("b bdi", has_text=words))

    def checked(self, hand: Pointer) -> None:
        """The checks end, and what they found is shown: by itself, or when one looks again."""
        page = hand.page
        if self.scripts:
            page.evaluate("window.stayed = true")
        else:
            for _ in range(200):
                if not page.locator("[hx-trigger]").count():
                    break
                hand.press(page.locator("[hx-trigger] a.button"))
        expect(page.locator("#copy .note").first).to_be_visible()
        if self.scripts:
            assert page.evaluate("window.stayed"), "findings arrive on the page that is open"

    def say_what_ai_did(self) -> None:
        hand, page = self.author, self.author.page
        if type(hand) is Pointer and self.scripts:
            hand.select(self.story.ai)
            bar = page.locator("#bar")
            expect(bar).to_be_visible()
            expect(bar.locator("[data-words]")).to_have_text(self.story.ai)
        else:
            hand.press(page.locator("#uses a[href$='/uses/add']"))
            bar = page.locator("main form")
            hand.write(bar.locator("[name=words]"), self.story.ai)
        hand.choose(bar.locator("select[name=system]"), self.system)
        hand.choose(bar.locator("select[name=task]"), "summary")
        tier = bar.locator("[name=tier]")
        if tier.count() == 1:
            hand.choose(tier, "T2")
        else:
            hand.tick(bar.locator("[name=tier][value=T2]"))
        hand.press(bar.locator("button:not([type=button])"))
        expect(page.locator("#uses .lines q")).to_have_text(self.story.ai)
        self.checked(hand)

    def mend_in_a_new_version(self) -> None:
        hand, page = self.author, self.author.page
        expect(self.note(hand, self.story.wrong).first).to_be_visible()
        hand.press(page.locator("a.button[href$='/versions/new']"))
        field = page.locator("[name=words]")
        hand.write(field, field.input_value().replace(self.story.wrong, self.story.right))
        hand.press(page.locator("main form[data-once] button"))
        self.at(hand, "")
        self.checked(hand)
        expect(self.note(hand, self.story.right)).to_have_count(0)
        expect(page.locator("#uses .lines q")).to_have_text(self.story.ai)

    def waive(self) -> None:
        hand, page = self.editor, self.editor.page
        page.goto("/desk/search/")
        hand.write(page.locator("[name=q]"), self.tag)
        page.keyboard.press("Enter")
        hand.press(page.locator(f"main a[href*='{self.id}']"))
        self.at(hand, "")
        note = self.note(hand, self.story.seen)
        hand.press(note.locator("a[href*='/waive']"))
        form = (note if self.scripts else page.locator("main")).locator("form[action*='/waive']")
        hand.choose(form.locator("[name=reason]"), "witnessed")
        hand.write(form.locator("[name=note]"), "I held the tape.")
        hand.press(form.locator("button"))
        expect(note).to_have_class(re.compile("waived"))
        self.at(hand, "")

    def look_and_sign(self) -> None:
        hand, page = self.editor, self.editor.page
        hand.press(page.locator("a[href$='/difference']"))
        expect(page.locator("main del").first).to_contain_text(self.story.wrong[:4].strip())
        expect(page.locator("main ins").first).to_contain_text(self.story.right[:4].strip())
        hand.press(page.locator("a.back"))
        hand.press(page.locator("a[href$='/sign-off']").first)
        hand.press(page.locator("button[name=decision][value=sign]"))
        expect(page.locator("button[name=decision][value=sign]")).to_have_count(0)

    def publish(self) -> None:
        hand, page = self.author, self.author.page
        page.goto("/desk/")
        hand.press(page.locator(f"main a[href*='{self.id}']"))
        hand.press(page.locator("a.button[href$='/publish']"))
        hand.press(page.locator("main form[data-once] button"))
        self.at(hand, "disclosure")

    def copy_the_disclosure(self) -> None:
        hand, page = self.author, self.author.page
        place = page.locator("section.paste").first
        told = place.locator("textarea").input_value()
        assert self.system in told or self.id in told
        if self.scripts:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            hand.press(place.locator("button"))
            expect(place.locator("[role=status]")).not_to_be_empty()
            assert page.evaluate("navigator.clipboard.readText()").replace("\r", "") == told

    def ask(self) -> str:
        """A reader's question, and the address to come back to."""
        hand = self.open_as("")
        page = hand.page
        page.goto(f"/items/{self.id}/")
        hand.press(page.locator(f"a[href$='/items/{self.id}/ask']"))
        hand.write(page.locator("[name=text]"), f"Who held the tape, {self.tag}?")
        hand.press(page.locator("main form button"))
        expect(page).to_have_url(re.compile("/questions/"))
        return page.url

    def answer(self, link: str) -> None:
        hand, page = self.editor, self.editor.page
        page.goto("/desk/waiting/")
        hand.press(page.get_by_role("link", name=f"Who held the tape, {self.tag}?"))
        hand.write(page.locator("[name=text]"), "Our reporter did.")
        hand.tick(page.locator("[name=show_question]"))
        hand.press(page.locator("main form button").first)
        expect(page.locator("main form [name=text]")).to_have_count(0)
        reader = self.open_as("").page
        for address in (link, f"/items/{self.id}/"):
            reader.goto(address)
            expect(reader.locator("main")).to_contain_text("Our reporter did.")

    def correct(self) -> None:
        hand, page = self.editor, self.editor.page
        page.goto(f"/desk/items/{self.id}/")
        hand.press(page.locator("a[href$='/correct']").first)
        hand.write(page.locator("[name=note]"), f"It is narrower, {self.tag}.")
        field = page.locator("[name=words]")
        hand.write(field, field.input_value().replace(self.story.seen, self.story.corrected))
        hand.press(page.locator("main form button"))
        hand.press(page.locator("button[name=decision][value=send]"))
        expect(page.locator("button[name=decision][value=send]")).to_have_count(0)
        reader = self.open_as("").page
        reader.goto("/corrections")
        expect(reader.locator("main")).to_contain_text(f"It is narrower, {self.tag}.")
        feed = json.loads(reader.request.get("/feeds/corrections.json").text())
        assert any(self.id in each["url"] for each in feed["items"])

    def verify(self, folder: Path) -> None:
        hand = self.open_as("")
        page = hand.page
        page.goto(f"/items/{self.id}/")
        saved = hand.save(page.locator("a[download]").first)
        file = folder / saved.suggested_filename
        saved.save_as(file)
        hand.press(page.locator("header a[href$='/verify']"))
        hand.hand_in(page.locator("[name=file]"), file)
        hand.press(page.locator("main form button").first)
        expect(page.locator("h1.verdict")).to_be_visible()
        expect(page.locator(f"main .lead a[href$='/items/{self.id}/']")).to_be_visible()

    def pause(self) -> None:
        hand = self.open_as("steward")
        page = hand.page
        page.goto("/desk/register/")
        hand.press(page.get_by_role("link", name=self.system, exact=True))
        hand.press(page.locator("a[href$='/pause']"))
        hand.write(page.locator("[name=reason]"), "Its maker changed its terms.")
        hand.press(page.locator("main form button"))
        expect(page.locator("a[href$='/pause']")).to_have_count(0)

    def next_is_stopped(self) -> None:
        page, desk = self.author.page, self.site.desk
        version = add_item(
            desk.author, text(f"The tide is out {self.tag}."), uses=[use(self.system)], title="Tide"
        )
        run_checks(desk.author, version)
        sign_off(desk.editor, version)
        page.goto(f"/desk/items/{version.item.public_id}/publish")
        expect(page.locator("section.obstacles, div.obstacles").first).to_contain_text(self.system)
        expect(page.locator("main form[data-once]")).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "language", "way"),
    [
        (360, "en", "pointer"),
        (360, "fr", "pointer"),
        (1280, "en", "pointer"),
        (1280, "fr", "pointer"),
        (1280, "en", "keys"),
        (360, "fr", "no scripts"),
    ],
)
def test_a_story_is_made_published_questioned_corrected_and_verified(
    page_as: PageAs, site: Site, tmp_path: Path, width: int, language: str, way: str
) -> None:
    def open_as(person: str) -> Pointer:
        page = page_as(person, width=width, language=language, javascript=way != "no scripts")
        return Keys(page) if way == "keys" else Pointer(page)

    job = Job(site, open_as, language, scripts=way != "no scripts")
    job.bring_in()
    job.say_what_ai_did()
    job.mend_in_a_new_version()
    job.waive()
    job.look_and_sign()
    job.publish()
    job.copy_the_disclosure()
    job.answer(job.ask())
    job.correct()
    job.verify(tmp_path)
    job.pause()
    job.next_is_stopped()
