"""The ways people work a page: with a pointer, or with the keys alone.

A test says what is done; the hand decides how. What is meant is named by address, field or value, never by
the words on the page: the same steps go through in every language.
"""

from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

FARTHEST = 200
"""How many times somebody presses Tab before they give up."""

_HERE = "(element) => element === document.activeElement"
_SELECT = """
([root, words]) => {
  const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    walker.currentNode.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const boxes = range.getClientRects(), first = boxes[0], last = boxes[boxes.length - 1];
    return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
  }
  return null;
}
"""
_FOCUS_SEEN = """
async (element) => {
  const at = (x, y) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element));
  };
  const shown = () => {
    const box = element.getBoundingClientRect(), parts = [0.1, 0.5, 0.9];
    return parts.some((x) => parts.some((y) => at(box.left + x * box.width, box.top + y * box.height)));
  };
  const style = getComputedStyle(element);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no ring";
  for (let frame = 0; frame < 600 && !shown(); frame += 1) await new Promise(requestAnimationFrame);
  return shown() ? "seen" : "hidden";
}
"""


class Pointer:
    """A finger or a mouse, on a page of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        """Press a button, a link, a summary."""
        what.click()

    def write(self, what: Locator, words: str) -> None:
        """Put words in a field, in place of what stood there."""
        what.fill(words)

    def choose(self, what: Locator, value: str) -> None:
        """Choose the option of a list that has this value."""
        what.select_option(value)

    def tick(self, what: Locator) -> None:
        """Tick a box, or choose one of several."""
        what.check()

    def hand_in(self, what: Locator, file: Path) -> None:
        """Give a file to a field."""
        what.set_input_files(file)

    def save(self, what: Locator) -> Download:
        """What a link saves."""
        with self.page.expect_download() as saving:
            self.press(what)
        return saving.value

    def select(self, words: str, root: str = "[data-copy]") -> None:
        """Draw over words in the page, as one does to select them."""
        place = self.page.evaluate(_SELECT, [root, words])
        assert place is not None, f"“{words}” does not stand in {root}"
        self.page.mouse.move(*place[:2])
        self.page.mouse.down()
        self.page.mouse.move(*place[2:], steps=4)
        self.page.mouse.up()


class Keys(Pointer):
    """Tab, Enter, Space, arrows and typing; each thing that is reached shows that it is."""

    def reach(self, what: Locator) -> None:
        """Press Tab until it has the focus, which can be seen."""
        wanted = what.element_handle()
        for _ in range(FARTHEST):
            if wanted.evaluate(_HERE):
                break
            self.page.keyboard.press("Tab")
        assert wanted.evaluate(_HERE), f"no key leads to {what}"
        assert wanted.evaluate(_FOCUS_SEEN) == "seen", (
            f"whoever uses keys does not see that they are at {what}"
        )

    def press(self, what: Locator) -> None:
        self.reach(what)
        self.page.keyboard.press("Enter")

    def write(self, what: Locator, words: str) -> None:
        self.reach(what)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(words)

    def choose(self, what: Locator, value: str) -> None:
        self.reach(what)
        self.page.keyboard.press("Home")
        for _ in range(what.locator("option").count()):
            if what.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        expect(what).to_have_value(value)

    def tick(self, what: Locator) -> None:
        name = what.get_attribute("name")
        if what.get_attribute("type") == "checkbox":
            self.reach(what)
        else:
            for _ in range(FARTHEST):
                if self.page.evaluate("document.activeElement.name") == name:
                    break
                self.page.keyboard.press("Tab")
            for _ in range(self.page.locator(f"input[name={name}]").count()):
                if what.evaluate(_HERE):
                    break
                self.page.keyboard.press("ArrowDown")
        if not what.is_checked():
            self.page.keyboard.press("Space")
        expect(what).to_be_checked()

    def hand_in(self, what: Locator, file: Path) -> None:
        for last in (False, False, True):
            self.reach(what)
            try:
                with self.page.expect_file_chooser(timeout=10_000) as choosing:
                    self.page.keyboard.press("Enter")
            except TookTooLong:
                # Chromium does not always open a second one at once: press again, as a person would.
                if last:
                    raise
            else:
                choosing.value.set_files(file)
                return
