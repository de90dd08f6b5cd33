"""What readers are told of an item whose sources were erased, and that was corrected after that."""

from django.test import Client
from tests.newsroom.desk import text
from tests.retention import planted

from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.public.projection import contents
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground, Part


def test_the_sources_are_told_to_be_erased_and_nothing_of_looking_in_them(small):
    item = planted.leaver(small).items[0]
    commands.erase(small.steward, item_of(item.public_id, Part.SOURCES), Ground.OBJECTED)
    loud = text("It rose by 4711 barrels, then by 4712, on 3 May 2024.")
    folder = site_folder(item)
    public.correct(small.editor, item, loud, "A word was wrong.", uses=(), sources=(), folder=folder)
    page = contents(item)["index.html"].decode()
    assert "no longer on record" in page
    for untrue in (
        "looked for in the sources;",
        "is in no source",
        "are in no source",
        "could not be read",
        "No source is",
    ):
        assert untrue not in page, untrue
    checks = Client().get(f"/items/{item.public_id}/item.json").json()["checks"]
    assert (checks["looked_for"], checks["found"]) == (None, None)
    assert (checks["sources"], checks["sources_on_record"]) == (None, False)
    assert verify_log().intact
