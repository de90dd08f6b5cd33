"""One style sheet: what pages ask of it is there, what is there is asked for, and it stays small."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

import masthead

SOURCE = Path(masthead.__file__).parent
SHEET = (SOURCE / "newsroom" / "public" / "static" / "public" / "masthead.css").read_text(encoding="utf-8")
PAGES = sorted(SOURCE.rglob("templates/**/*.html"))
CLASSES = re.compile(r"""\bclass=["']([^"']*)["']""")
NAME = re.compile(r"-?[a-z][\w-]*")


def styled() -> set[str]:
    """Every class that the sheet has a rule for."""
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", SHEET, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\d[\d.]*(?:rem|ch)|\.\d+\w*", " ", selectors)))


def asked_for() -> dict[str, str]:
    """Every class that a page, a form or a script uses, and one place that uses it."""
    found = {}
    for page in PAGES:
        for classes in CLASSES.findall(_with_marks(page.read_text(encoding="utf-8"))):
            found |= dict.fromkeys(NAME.findall(classes), page.name)
    return found


def _with_marks(page: str) -> str:
    """The page without its tags for Django, whose quotes are not HTML's."""
    return "".join(
        token.contents if token.token_type == TokenType.TEXT else " " for token in Lexer(page).tokenize()
    )


def test_every_class_that_a_page_uses_has_a_style():
    missing = {name: page for name, page in asked_for().items() if name not in styled()}
    assert missing == {}


def test_every_style_is_used_somewhere():
    everywhere = " ".join(
        path.read_text(encoding="utf-8")
        for path in SOURCE.rglob("*")
        if path.suffix in {".html", ".svg", ".js", ".py"} and path.is_file()
    )
    unused = {name for name in styled() if not re.search(rf"\b{re.escape(name)}\b", everywhere)}
    assert unused == set()


ON_THEIR_PAGES = {
    "a form's parts, made by the form": {
        "button",
        "check",
        "code",
        "error",
        "field",
        "hint",
        "link",
        "wrong",
    },
    "a form's layout": {"drop", "inline", "long", "over", "row", "touch", "words"},
    "the item": {"alternative", "bar", "notes", "passage"},
    "the decision": {"both", "compare", "decide", "head", "new", "old", "same"},
    "the disclosure to copy": {"copy-out", "paste"},
    "the timeline": {
        *("by-machine", "by-person", "faint", "key", "narrow-sheet"),
        *("ring", "rule", "score", "timeline", "wide-sheet"),
    },
    "the public item": {"command"},
    "the verdict": {"verdict"},
    "the door": {"welcome"},
    "the plate of the desk": {"more", "rooms"},
    "a second factor": {"qr"},
    "what only some readers are given": {"hidden", "skip"},
    "what is said back": {"warning"},
}
"""What the style page leaves to the page that has it, and why."""


def test_the_style_page_shows_every_form_that_is_not_one_page_s_own():
    page = SOURCE / "desk" / "templates" / "desk" / "style" / "style.html"
    shown = set(NAME.findall(" ".join(CLASSES.findall(_with_marks(page.read_text(encoding="utf-8"))))))
    elsewhere = set().union(*ON_THEIR_PAGES.values())
    assert styled() - shown - elsewhere == set()
    assert elsewhere & shown - {"check", "error"} == set()
    assert elsewhere - styled() == set()


def tokens(scheme: str) -> dict[str, str]:
    """The colours of the page in light or in dark, as #rgb or #rrggbb."""
    light, dark = SHEET.split("@layer elements {", 1)[0].split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", dark))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it (relative luminance, 1.4.3)."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_readable_on_every_ground(scheme: str):
    colour = tokens(scheme)
    grounds = ("paper", "field", "wash-stop", "wash-mind", "wash-clear")
    words = ("ink", "faded", "link", "stop", "mind", "clear")
    pairs = {(word, ground): contrast(colour[word], colour[ground]) for word in words for ground in grounds}
    assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5} == {}
    # A field's edge is no word: 1.4.11 asks for 3.
    assert min(contrast(colour["edge"], colour[ground]) for ground in ("paper", "field")) >= 3


def test_the_sheet_stays_small():
    assert len(gzip.compress(SHEET.encode())) < 7_000


def test_colours_stand_in_tokens_alone():
    rules = SHEET.split("@layer elements {", 1)[1].split("@media print", 1)[0]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_nothing_is_laid_out_by_left_and_right():
    # Logical properties turn with the direction of the language.
    assert (
        re.findall(r"\b(?:margin|padding|border|inset)-(?:left|right)\b|(?<![-\w])(?:left|right):", SHEET)
        == []
    )


def test_what_stands_before_a_value_on_a_phone_brings_its_own_colon():
    # The space before a colon is the language's.
    labels = [
        label
        for page in PAGES
        for label in re.findall(r'data-label="(.*?%\})"', page.read_text(encoding="utf-8"))
    ]
    assert labels
    assert [label for label in labels if not re.fullmatch(r'\{% translate "[^"]+:" %\}', label)] == []
    assert 'attr(data-label) " "' in SHEET
