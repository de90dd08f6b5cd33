"""What a rendered page says to its reader, and what of it is still in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from django.utils.translation.trans_real import translation

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TYPED = {"code", "script", "style", "textarea", "pre", "kbd", "svg"}
"""What is inside is typed, by people or by us, and not said to anybody."""

ADDRESSES = {"href", "src", "action", "class", "id", "name", "value", "content", "type", "for", "rel", "lang"}
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?:![rs])?\}")
TAG = re.compile(r"<[^>]+>")
ENGLISH_DATE = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)|\b[ap]\.m\.|\bago\b"
)
STRAIGHT = re.compile(r"\w'\w|\"|^: ")


@dataclass(frozen=True)
class Said:
    """One text of a page, white space folded, and the language it is marked to be in."""

    text: str
    language: str


@dataclass
class Page(HTMLParser):
    """The texts of a page, the addresses it leads to, and whether it has a form that asks for something."""

    html: str
    said: list[Said] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    """Where a form is sent that has a required field; empty for the page itself."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self._action: str | None = None
        self.feed(self.html)
        self.close()

    def __hash__(self) -> int:
        return id(self)

    def _language(self) -> str:
        return next((language for _, language in reversed(self._open) if language), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", "")
        if tag not in VOID:
            self._open.append((tag, language))
        self.links += [given[name] for name in ("href", "hx-get") if name in given]
        for name, value in given.items():
            if name not in ADDRESSES and " " in value.strip():
                self.said.append(Said(" ".join(value.split()), language or self._language()))
        if tag == "form":
            self._action = given.get("action", "") if given.get("method", "").lower() == "post" else None
        elif "required" in given and self._action is not None:
            self.asks.append(self._action)
            self._action = None

    def handle_endtag(self, tag: str) -> None:
        while any(each == tag for each, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not any(tag in TYPED for tag, _ in self._open):
            self.said.append(Said(text, self._language()))


def in_english(page: Page, reader: str = "fr") -> Iterator[str]:
    """Each text that `page` says to its reader in English, or sets as English is set."""
    for said in page.said:
        if said.language.partition("-")[0] in (reader, ""):
            mis_set = ENGLISH_DATE.search(said.text) or (reader == "fr" and STRAIGHT.search(said.text))
            if mis_set or is_english(said.text, reader):
                yield said.text


@cache
def is_english(text: str, reader: str) -> bool:
    """Whether `text` is an English template of any catalogue, and the translation of none."""
    plain, filled, translated = _templates(reader)
    if text in translated:
        return False
    return text in plain or any(fixed in text and form.fullmatch(text) for fixed, form in filled)


@cache
def _templates(reader: str) -> tuple[set[str], list[tuple[str, re.Pattern[str]]], set[str]]:
    """Ours, Django's and those of the packages we use, as Django has merged them; by parts between tags."""
    plain: set[str] = set()
    filled: dict[str, str] = {}
    translated: set[str] = set()
    for key, said in translation(reader)._catalog.items():  # type: ignore[attr-defined]  # listed nowhere else
        english = key[0] if isinstance(key, tuple) else key
        if not english or "\x04" in english:
            continue
        for part in TAG.split(said):
            translated.add(" ".join(part.split()))
        for part in TAG.split(english):
            folded = " ".join(part.split())
            literal = PLACE.split(folded)
            longest = max((each.strip() for each in literal), key=len)
            if not re.search(r"[^\W\d_]{3}", longest):
                continue
            if len(literal) == 1:
                plain.add(folded)
            elif re.search(r"[^\W\d_]{3}.*\s.*[^\W\d_]{3}", " ".join(literal)):
                filled[".+?".join(map(re.escape, literal))] = longest
    return plain, [(longest, re.compile(form)) for form, longest in filled.items()], translated
