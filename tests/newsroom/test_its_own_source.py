"""No item is a source of itself: each of its facts would be found in it."""

import pytest
from tests.api.software import cms
from tests.newsroom.desk import text
from tests.newsroom.logins import client_of

from masthead.errors import Refused
from masthead.newsroom.items.commands import add_item, add_source, add_version
from masthead.newsroom.items.models import Item, Source

ITSELF = "nothing is a source of itself"
FIRST, THEN = "The river rose 3 metres.", "The river rose 4 metres."


def test_no_version_of_an_item_is_added_as_its_source(small):
    first = add_item(small.author, text(FIRST), title="River", language="en")
    second = add_version(small.author, first, text(THEN))
    for words in (FIRST, THEN):
        with pytest.raises(Refused, match=ITSELF):
            add_source(small.author, second, text(words, "notes.md"))
    assert not Source.objects.exists()
    add_source(small.author, second, text(f"{THEN} Says the gauge.", "notes.md"))


def test_nor_is_it_handed_in_with_itself_at_the_desk(small):
    sent = {"text": FIRST, "title": "River", "notes": FIRST, "language": "en"}
    told = client_of(small.author).post("/desk/items/new", sent)
    assert ITSELF in told.content.decode()
    assert not Item.objects.exists()


def test_nor_by_software(small):
    content = {"name": "a.md", "text": FIRST}
    sent = {"content": content, "sources": [{**content, "name": "b.md"}], "language": "en"}
    told = cms(small, small.author)("POST", "/items", sent)
    assert (told.status_code, ITSELF in told.json()["detail"]) == (409, True)
    assert not Item.objects.exists()
