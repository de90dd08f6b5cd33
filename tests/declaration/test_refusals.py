"""An inconsistent catalogue is refused, with the file, the key and what to do."""

import shutil
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.declaration.copies import FILES, content, copy_to, keys, without, write

from masthead.declaration import CatalogueError, load
from masthead.declaration.loader import DATA

FACTS, CONTROLS, QUESTIONS = "commitments.toml", "controls.toml", "questions.toml"
FRENCH = "languages/fr/"


def change(data: dict[str, Any], where: str, value: Any) -> None:
    *path, last = where.split("/")
    at: Any = data
    for step in path:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[last] = value


@pytest.mark.parametrize(
    ("file", "where", "value", "key"),
    [
        pytest.param(CONTROLS, "control/3/colour", "red", "control[traced-facts].colour", id="unknown key"),
        pytest.param(
            CONTROLS, "control/3/status", "met", "control[traced-facts].status", id="typed-in status"
        ),
        pytest.param(FACTS, "surprise", 1, "surprise", id="unknown key at the top"),
        pytest.param(CONTROLS, "control/3/tiers", "T1", "control[traced-facts].tiers", id="text for a list"),
        pytest.param(CONTROLS, "control/3/tiers", [1], "control[traced-facts].tiers", id="numbers for texts"),
        pytest.param(
            CONTROLS, "control/5/cadence_days", "yearly", "control[data-terms].cadence_days", id="no number"
        ),
        pytest.param(
            CONTROLS, "control/5/cadence_days", True, "control[data-terms].cadence_days", id="a truth"
        ),
        pytest.param(
            CONTROLS, "control/5/cadence_days", -1, "control[data-terms].cadence_days", id="negative"
        ),
        pytest.param(CONTROLS, "control", 3, "control", id="no list of tables"),
        pytest.param(FRENCH + "commitments.toml", "H1.1", "texte", "H1.1", id="no table"),
        pytest.param(
            CONTROLS, "control/0/moment", "always", "control[registered-systems].moment", id="moment"
        ),
        pytest.param(CONTROLS, "control/0/tiers", ["T9"], "control[registered-systems].tiers", id="tier"),
        pytest.param(
            CONTROLS, "control/0/rule", "be good", "control[registered-systems].rule", id="unknown rule"
        ),
        pytest.param(QUESTIONS, "question/0/asked", "king", "question[explaining-systems].asked", id="role"),
        pytest.param(
            CONTROLS, "control/1/id", "registered-systems", "control[registered-systems].id", id="control id"
        ),
        pytest.param(
            QUESTIONS, "question/1/id", "explaining-systems", "question[explaining-systems].id", id="twice"
        ),
        pytest.param(
            QUESTIONS, "question/1/id", "need-first", "question[need-first].id", id="id of a control"
        ),
        pytest.param(FACTS, "commitment/1/id", "H1.1", "commitment[H1.1].id", id="commitment id"),
        pytest.param(FACTS, "source/1/id", "haarlem", "source[haarlem].id", id="source id"),
        pytest.param(FACTS, "section/1/id", "H1", "section[H1].id", id="section id"),
        pytest.param(FACTS, "caveat/1/commitment", "H1.4", "caveat[H1.4].commitment", id="two caveats"),
        pytest.param(FACTS, "commitment/1/position", "1", "commitment[H1.2].position", id="same place twice"),
        pytest.param(FACTS, "commitment/1/section", "H9", "commitment[H1.2].section", id="unknown section"),
        pytest.param(FACTS, "section/0/source", "magna carta", "section[H1].source", id="unknown source"),
        pytest.param(FACTS, "caveat/0/commitment", "H9.9", "caveat[H9.9].commitment", id="caveat on nothing"),
        pytest.param(
            CONTROLS,
            "control/2/commitments",
            ["H9.9"],
            "control[second-person].commitments",
            id="serves nothing known",
        ),
        pytest.param(
            CONTROLS, "control/2/commitments", [], "control[second-person].commitments", id="serves nothing"
        ),
        pytest.param(
            CONTROLS,
            "control/2/commitments",
            ["H5.4", "H5.4"],
            "control[second-person].commitments",
            id="serves twice",
        ),
        pytest.param(
            CONTROLS, "control/2/rule", "", "control[second-person].rule", id="neither rule nor check"
        ),
        pytest.param(
            QUESTIONS,
            "question/0/commitment",
            "H9.9",
            "question[explaining-systems].commitment",
            id="asks about nothing",
        ),
        pytest.param(
            QUESTIONS,
            "question/1/commitment",
            "H1.2",
            "question[learning].commitment",
            id="two questions for one",
        ),
        pytest.param(
            QUESTIONS,
            "question/1/commitment",
            "H1.1",
            "question[learning].commitment",
            id="a question beside a control",
        ),
        pytest.param(
            QUESTIONS,
            "question/1/cadence_days",
            0,
            "question[learning].cadence_days",
            id="an answer fresh for ever",
        ),
        pytest.param(CONTROLS, "control/8/commitments", ["HP1"], None, id="a commitment left unanswered"),
        pytest.param(FRENCH + "commitments.toml", "H1.1/text", "  ", "H1.1.text", id="empty text"),
        pytest.param(
            FRENCH + "commitments.toml", "H9.9", {"title": "x"}, "H9.9", id="words for no commitment"
        ),
        pytest.param(
            FRENCH + "commitments.toml", "H1.1/watchdog", "x", "H1.1.watchdog", id="reading of our own duty"
        ),
        pytest.param(
            FRENCH + "controls.toml", "be-good", {"title": "x"}, "be-good", id="words for no control"
        ),
        pytest.param(FRENCH + "questions.toml", "why", "?", "why", id="words for no question"),
        pytest.param(FRENCH + "language.toml", "tag", "de", "tag", id="tag of another language"),
        pytest.param(FRENCH + "language.toml", "review", "perfect", "review", id="review status"),
        pytest.param(FRENCH + "language.toml", "translators", [], "translators", id="nobody credited"),
        pytest.param(FRENCH + "language.toml", "caveats/H9.9", "x", "caveats.H9.9", id="caveat of nothing"),
    ],
)
def test_it_refuses_and_names_file_and_key(tmp_path, file, where, value, key):
    folder = copy_to(tmp_path)
    data = content(file)
    change(data, where, value)
    write(folder, file, data)
    with pytest.raises(CatalogueError) as refusal:
        load(folder)
    expected = (file, key) if key else (QUESTIONS, "question")
    assert (refusal.value.file, refusal.value.key) == expected
    assert expected[0] in str(refusal.value.what)
    assert expected[1] in str(refusal.value.what)
    assert str(refusal.value.remedy)


@pytest.mark.parametrize("file", FILES)
def test_it_refuses_a_missing_file_by_name(tmp_path, file):
    folder = copy_to(tmp_path)
    (folder / file).unlink()
    with pytest.raises(CatalogueError) as refusal:
        load(folder)
    assert refusal.value.file == file


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "content", [b"this is = not = toml", b"name = '\xff'"], ids=["not TOML", "not UTF-8"]
)
def test_it_refuses_an_unreadable_file_by_name(tmp_path, file, content):
    folder = copy_to(tmp_path)
    (folder / file).write_bytes(content)
    with pytest.raises(CatalogueError) as refusal:
        load(folder)
    assert refusal.value.file == file


@pytest.mark.parametrize("language", ["en", "fr"])
def test_english_and_french_are_always_there(tmp_path, language):
    folder = copy_to(tmp_path)
    shutil.rmtree(folder / "languages" / language)
    with pytest.raises(CatalogueError) as refusal:
        load(folder)
    assert refusal.value.file == f"languages/{language}"


def test_another_language_is_a_folder_and_no_release(tmp_path):
    folder = copy_to(tmp_path)
    shutil.copytree(folder / "languages" / "fr", folder / "languages" / "ar")
    about = content("languages/fr/language.toml")
    write(folder, "languages/ar/language.toml", about | {"tag": "ar", "name": "العربية", "direction": "rtl"})
    catalogue = load(folder)
    assert catalogue.words("ar-EG").direction == "rtl"
    assert list(catalogue.languages) == ["en", "fr", "ar"]


def test_an_incomplete_further_language_is_refused_too(tmp_path):
    folder = copy_to(tmp_path)
    shutil.copytree(folder / "languages" / "fr", folder / "languages" / "pt")
    write(folder, "languages/pt/language.toml", content("languages/fr/language.toml") | {"tag": "pt"})
    write(
        folder, "languages/pt/questions.toml", without(content("languages/fr/questions.toml"), ("learning",))
    )
    with pytest.raises(CatalogueError) as refusal:
        load(folder)
    assert (refusal.value.file, refusal.value.key) == ("languages/pt/questions.toml", "learning")


CONTENTS = {file: content(file) for file in FILES}
PLACES = [(file, path) for file in FILES for path in keys(CONTENTS[file])]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES))
def test_whatever_key_is_taken_away_is_missed(place):
    file, path = place
    with tempfile.TemporaryDirectory() as scratch:
        folder = copy_to(Path(scratch))
        write(folder, file, without(deepcopy(CONTENTS[file]), path))
        with pytest.raises(CatalogueError) as refusal:
            load(folder)
    assert refusal.value.file == file
    assert refusal.value.key.endswith(str(path[-1]))


def test_a_copy_written_by_these_tests_is_our_catalogue(tmp_path):
    folder = copy_to(tmp_path)
    for file in FILES:
        write(folder, file, CONTENTS[file])
    assert load(folder) == load(DATA) == load()
