"""What everyone is owed of a page: no barrier that axe can find, and nothing wider than the screen."""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
# Colours are compared once nothing moves and no colour fades over.
_RUN = """
async (rules) => {
  await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)));
  return await axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
}
"""
_TOO_WIDE = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > width + 1)
    .map((each) => each.outerHTML.slice(0, 120));
}
"""


def barriers(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, in light and in dark. Leaves the page in its own colours."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        page.evaluate(_AXE)
        found += [f"{scheme}: {each}" for each in _violations(page.evaluate(_RUN, RULES))]
    page.emulate_media(color_scheme="null")
    return found


def _violations(results: dict[str, Any]) -> list[str]:
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]} ({node.get('failureSummary', '')})"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways, as the beginnings of its elements; nothing where nothing does."""
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found
