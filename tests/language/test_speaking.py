"""The library rooms, the pages and the command line speak from one catalogue."""

import os
import re
import subprocess
import sys

import pytest
from babel.messages import Message as Entry
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from scripts.messages.catalogue import path_of, read, strings

from masthead.language import LANGUAGES, Message, choose, gettext, using
from masthead.vocabulary import LABELS, Task


def french() -> list[Entry]:
    return [message for message in read(path_of("fr"), "fr") if message.id]


def test_every_template_comes_out_as_its_translation() -> None:
    with using("fr"):
        for entry in french():
            if isinstance(entry.id, str):
                assert gettext(entry.id) == entry.string


def test_every_message_can_be_shown_in_every_language() -> None:
    class Anything(dict[str, object]):
        def __missing__(self, name: str) -> object:
            return 1

    for entry in french():
        for template in strings(entry):
            assert template % Anything() if "%(" in template else template


def test_a_message_is_shown_in_the_language_of_the_moment() -> None:
    said = Message("Sealed: %(path)s", {"path": "a.jpg"})
    assert str(said) == "Sealed: a.jpg"
    with using("fr-CA"):
        assert str(said) == "Scellé\u00a0: a.jpg"
    with using("de"):
        assert str(said) == "Sealed: a.jpg"


def test_a_message_inside_a_message_is_translated_too() -> None:
    said = Message("“%(said)s” is not a task.", {"said": LABELS[Task.TRANSLATION]})
    kept = Message.from_json(said.to_json())
    with using("fr"):
        assert str(kept) == str(said) == "«\u202ftraduction\u202f» n’est pas une tâche."


@pytest.mark.parametrize(
    ("n", "english", "french"),
    [(0, "entries", "inscription."), (1, "entry", "inscription."), (2, "entries", "inscriptions.")],
)
def test_nought_is_plural_in_english_and_singular_in_french(n: int, english: str, french: str) -> None:
    said = Message("Intact: %(n)d entry.", {"n": n}, "Intact: all %(n)d entries.")
    assert english in str(said)
    with using("fr"):
        assert str(said).endswith(french)


@given(st.integers(0, 10**9))
def test_a_count_is_always_shown(n: int) -> None:
    for language in LANGUAGES:
        with using(language):
            assert str(n) in str(Message("Intact: %(n)d entry.", {"n": n}, "Intact: all %(n)d entries."))


def test_a_process_with_one_reader_chooses_once() -> None:
    try:
        choose("fr_FR.UTF-8")
        assert gettext("yes") == "oui"
    finally:
        choose("en")


def test_pages_speak_from_the_same_catalogue() -> None:
    page = engines["django"].from_string(
        '{% load i18n %}{% translate "Skip to the content" %}|'
        "{% blocktranslate trimmed with id=number %}\n"
        "This page was made from the record, not typed. Its number is {{ id }}.\n"
        "{% endblocktranslate %}"
    )
    with translation.override("fr"):
        skip, number = page.render({"number": "abc"}).split("|")
    with using("fr"):
        assert skip == gettext("Skip to the content") != "Skip to the content"
        assert number == str(
            Message("This page was made from the record, not typed. Its number is %(id)s.", {"id": "abc"})
        )


def test_django_and_the_library_agree_on_every_count() -> None:
    counted = [tuple(entry.id) for entry in french() if not isinstance(entry.id, str)]
    assert counted
    for one, many in counted:
        for n in (0, 1, 2, 5):
            with translation.override("fr"), using("fr"):
                values = dict.fromkeys(re.findall(r"%\((\w+)\)", many), 1) | {"n": n}
                assert translation.ngettext(one, many, n) % values == str(Message(one, values, many))


def help_in(language: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "masthead.cli", *command, "--help"],
        env=os.environ | {"MASTHEAD_LANGUAGE": language, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def test_help_speaks_french_down_to_the_words_of_typer() -> None:
    said = help_in("fr", "publish")
    assert "Afficher ce message" in said
    assert "[obligatoire]" in said
    assert "Publier" in said
    assert "--sign-off" in said
    assert "Show this message" not in said


def test_help_speaks_english_as_it_is_written() -> None:
    said = help_in("en", "item")
    assert "Show this message and exit." in said
    assert "Commands" in said
