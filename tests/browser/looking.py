"""What everyone is owed of a page: no barrier that axe can find, and nothing wider than the screen."""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
# Colours are compared once nothing moves and no colour fades over.
_RUN = """
async (only) => {
  await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)));
  return await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
}
"""
# In the dark nothing differs but the colours.
_ONLY = {
    "light": {"type": "tag", "values": RULES},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
_OUT_OF_LINE = """
() => [...document.querySelectorAll("*")].flatMap((each) => {
  const script = each.tagName === "SCRIPT" && !each.src && !/json/.test(each.type);
  const bad = [...each.attributes].filter(({ name }) => name === "style" || name.startsWith("on"));
  return script || each.tagName === "STYLE" || bad.length ? [each.outerHTML.slice(0, 120)] : [];
})
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
    page.evaluate(_AXE)
    for scheme, only in _ONLY.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        found += [f"{scheme}: {each}" for each in _violations(page.evaluate(_RUN, only))]
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


def inline(page: Page) -> list[str]:
    """Scripts, styles and handlers that stand in the page itself, as the beginnings of their elements."""
    found: list[str] = page.evaluate(_OUT_OF_LINE)
    return found
