"""Another language is added as docs/how-to/add-a-language.md says."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from scripts.messages.catalogue import compiled, merged, missing, path_of, read, strings, text
from scripts.messages.wanted import ROOT, Wanted

PAGE = ROOT / "docs" / "how-to" / "add-a-language.md"
SAID = [
    Wanted("%(n)d page", "%(n)d pages", "src/masthead/a.py"),
    Wanted("Paused.", None, "src/masthead/a.py"),
    Wanted("Paused.", None, "src/masthead/b.py"),
]


def write(catalogue: Catalog, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text(catalogue))


@pytest.mark.parametrize(("language", "numbers"), [("ja", 1), ("de", 2), ("pl", 3), ("ar", 6)])
def test_a_new_language_starts_empty_with_all_its_numbers(
    tmp_path: Path, language: str, numbers: int
) -> None:
    file = path_of(language, tmp_path)
    write(merged(SAID, read(file, language), language), file)
    started = read(file, language)
    assert sorted(missing(started)) == ["%(n)d page", "Paused."]
    pages = started.get("%(n)d page")
    assert pages is not None
    assert len(strings(pages)) == numbers


def test_what_is_translated_is_kept_and_what_is_gone_goes(tmp_path: Path) -> None:
    file = path_of("de", tmp_path)
    first = merged(SAID, Catalog(locale="de"), "de")
    for message in first:
        if message.id:
            message.string = "Angehalten." if message.id == "Paused." else ("%(n)d Seite", "%(n)d Seiten")
    write(first, file)
    again = merged([*SAID[1:], Wanted("Retired.", None, "src/masthead/a.py")], read(file, "de"), "de")
    assert {message.id: message.string for message in again if message.id} == {
        "Paused.": "Angehalten.",
        "Retired.": "",
    }
    assert missing(again) == ["Retired."]


def test_a_plural_that_changed_is_translated_anew(tmp_path: Path) -> None:
    file = path_of("de", tmp_path)
    first = merged(SAID[:1], Catalog(locale="de"), "de")
    for message in first:
        if message.id:
            message.string = ("%(n)d Seite", "%(n)d Seiten")
    write(first, file)
    changed = [Wanted("%(n)d page", "all %(n)d pages", "src/masthead/a.py")]
    assert missing(merged(changed, read(file, "de"), "de")) == ["%(n)d page"]


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    file = path_of("de", tmp_path)
    write(merged(SAID, Catalog(locale="de"), "de"), file)
    written = file.read_bytes()
    write(merged(SAID[::-1], read(file, "de"), "de"), file)
    assert file.read_bytes() == written
    assert compiled(read(file, "de")) == compiled(read(file, "de"))


def test_the_page_names_files_that_are_there() -> None:
    named = re.findall(r"`((?:src|tests)/[\w./-]+)`", PAGE.read_text(encoding="utf-8"))
    assert named
    for name in named:
        assert "TAG" in name or (ROOT / name).exists(), name
