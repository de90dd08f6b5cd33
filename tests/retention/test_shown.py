"""What stands for what was erased is read in the reader's language, and kept as it is."""

import re
from unicodedata import normalize

import pytest
from tests.newsroom.logins import client_of
from tests.retention import planted

from masthead.errors import NotFound
from masthead.language import LANGUAGES, using
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.erased import GONE
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import item_of, person_called
from masthead.newsroom.retention.words import Ground, Part
from masthead.newsroom.said import as_kept, readable

NAME = re.compile(r"\[erased [a-z0-9]{8}\]")


@pytest.mark.parametrize(
    ("kept", "french"),
    [
        (GONE, "[effacé]"),
        ("[erased ab12cd34]", "[effacé ab12cd34]"),
        (f"Ask {GONE} about it.", "Ask [effacé] about it."),
        ("[erased by hand]", "[erased by hand]"),
        ("Ann", "Ann"),
    ],
)
def test_the_placeholder_is_in_the_language_of_who_reads(kept, french):
    assert readable(kept) == kept
    with using("fr"):
        assert readable(kept) == french


@pytest.mark.parametrize(
    "kept", [GONE, "[erased ab12cd34]", f"Ask {GONE} about it.", "[erased by hand]", "Ann"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_person_reads_of_it_they_may_type(kept, language):
    with using(language):
        shown = readable(kept)
    assert as_kept(shown) == kept
    assert as_kept(normalize("NFD", shown)) == kept


def test_who_was_erased_is_found_by_what_stands_there_in_the_language_of_who_reads(small):
    gone = planted.leaver(small)
    commands.erase(small.steward, person_called(gone.name), Ground.OBJECTED)
    person = Person.objects.get(pk=gone.person.pk)
    with using("fr"):
        shown = person.called
    assert "erased" not in shown
    assert person_called(shown).row == person.pk
    assert person_called(shown.upper()).row == person.pk
    with pytest.raises(NotFound):
        named(shown)
    form = {"about": "person", "called": shown, "ground": "objected"}
    looked = client_of(small.steward).post("/desk/data/erase/", form, headers={"accept-language": "fr"})
    assert 'name="sure"' in looked.content.decode()


def pages(item, person) -> list[str]:
    at = f"/desk/items/{item.public_id}/"
    of_item = [at, f"{at}timeline", f"{at}difference", f"{at}sign-off", f"{at}versions/new"]
    others = ["", "search/?q=", "log/", "people/", f"people/{person.pk}/", "register/", "questions/", "data/"]
    return [*of_item, *(f"/desk/{each}" for each in others)]


def test_every_page_has_it_in_the_language_of_who_reads(small):
    gone = planted.leaver(small)
    item = gone.items[0]
    planted.question(small, item, planted.Words())
    commands.erase(small.steward, person_called(gone.name), Ground.OBJECTED)
    commands.erase(small.other_editor, item_of(item.public_id, Part.SOURCES), Ground.OBJECTED)
    person = Person.objects.get(pk=gone.person.pk)
    assert NAME.fullmatch(person.name)
    client, seen = client_of(small.editor), 0
    for path in pages(item, person):
        english = client.get(path)
        assert english.status_code in (200, 403), path
        french = client.get(path, headers={"accept-language": "fr"}).content.decode()
        assert "[erased" not in french, path
        assert french.count("[effacé") == english.content.decode().count("[erased"), path
        seen += french.count("[effacé")
    assert seen > 5
    person.refresh_from_db()
    assert NAME.fullmatch(person.name)
    assert verify_log().intact
