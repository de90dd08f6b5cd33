"""What README and docs point at is there: files, headings, pictures, and labels that people are to press."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from babel.messages.pofile import read_po
from PIL import Image

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
IN_A_BROWSER = [
    DOCS / "tutorial" / "first-story.md",
    *(
        DOCS / "how-to" / name
        for name in (
            "bring-in-a-story.md",
            "edit-and-publish.md",
            "run-the-newsroom.md",
            "audit-a-newsroom.md",
        )
    ),
]
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<to>[^)\s]+)\)")
FILLED_IN = re.compile(r"%\(\w+\)[sd]")
FILLED = re.compile(r"%\\\(\w+\\\)[sd]")
PEOPLE = {"Noor", "Edda", "Sol"}
"""Bold in a page for the browser is a label, but for these."""


def prose(page: Path) -> str:
    """The page without its code."""
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[re.Match[str]]:
    return [each for each in LINK.finditer(prose(page)) if not re.match(r"[a-z]+:", each["to"])]


def headings(page: Path) -> set[str]:
    """The anchors of a page, as forges make them."""
    lines = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link["to"].partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page
        assert target.exists(), f"{link['to']} is not there"
        assert target.is_relative_to(ROOT)
        if anchor and target.suffix == ".md":
            assert anchor in headings(target), f"{target.name} has no heading {anchor}"


def test_every_picture_is_shown_somewhere_small_and_told_to_who_does_not_see_it() -> None:
    shown = {
        (page.parent / link["to"]).resolve(): link["words"]
        for page in PAGES
        for link in links(page)
        if link["picture"]
    }
    assert set(PICTURES.iterdir()) == set(shown), "what is there is shown, what is shown is there"
    for picture, words in shown.items():
        assert words, f"{picture.name} has no words beside it"
        assert picture.stat().st_size <= 150_000, f"{picture.name} is too large for a slow line"
        with Image.open(picture) as opened:
            assert opened.mode == "P", f"{picture.name} was not made by `make pictures`"


@pytest.mark.parametrize("page", IN_A_BROWSER, ids=lambda page: page.name)
def test_every_label_a_page_tells_to_press_stands_on_the_desk(page: Path) -> None:
    with (ROOT / "src/masthead/locale/fr/LC_MESSAGES/django.po").open("rb") as file:
        known = [
            form for each in read_po(file) for form in ([each.id] if isinstance(each.id, str) else each.id)
        ]
    labels = [
        FILLED.sub(".+", re.escape(each)) for each in known if re.search(r"\w", FILLED_IN.sub("", each))
    ]
    said = re.compile("|".join(labels))
    for bold in re.findall(r"\*\*(.+?)\*\*", prose(page), re.DOTALL):
        label = " ".join(bold.split()).removesuffix(".")
        assert label in PEOPLE or said.fullmatch(label), f"nothing on the desk says “{label}”"


def test_every_page_of_docs_is_found_from_the_index() -> None:
    index = {(DOCS / link["to"].partition("#")[0]).resolve() for link in links(DOCS / "README.md")}
    for page in DOCS.rglob("*.md"):
        assert page in index or page.parent in index or page.name == "README.md", (
            f"{page} is not in the index"
        )
