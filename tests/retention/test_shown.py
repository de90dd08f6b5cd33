"""What stands for what was erased is read in the reader's language, and kept as it is."""

import re

import pytest
from tests.newsroom.logins import client_of
from tests.retention import planted

from masthead.language import using
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.erased import GONE
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import item_of, person_called
from masthead.newsroom.retention.words import Ground, Part
from masthead.newsroom.said import readable

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
