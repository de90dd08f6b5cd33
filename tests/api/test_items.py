"""A CMS brings its items in, and up to date."""

from tests.api.software import STORY, cms
from tests.newsroom.desk import Desk, size

from masthead.newsroom.items.models import Item

NAME = "/items/by-external-id/wordpress/post-1"


def test_a_cms_brings_an_item_in_under_its_own_id(small: Desk):
    software = cms(small, small.author)
    made = software("PUT", NAME, STORY)
    assert made.status_code == 201, made.content
    body = made.json()
    assert body["external_ids"] == [{"source": "wordpress", "external_id": "post-1"}]
    assert body["version"]["checked"]
    assert made["Location"] == f"/api/v1/items/{body['id']}"
    assert software("GET", NAME).json() == body
    read = software("GET", f"/items/{body['id']}")
    assert read.json() == body
    assert read["ETag"] == made["ETag"]


def test_the_same_state_sent_again_records_nothing(small: Desk):
    software = cms(small, small.author)
    first = software("PUT", NAME, STORY)
    entries = size()
    again = software("PUT", NAME, STORY)
    assert again.status_code == 200
    assert again.json() == first.json()
    assert size() == entries


def test_a_new_state_is_a_new_version(small: Desk):
    software = cms(small, small.author)
    software("PUT", NAME, STORY)
    changed = STORY | {
        "content": {"name": "story.html", "text": "<p>The river rose.</p>"},
        "sources": [{"name": "notes.txt", "text": "The river rose."}],
        "ai_uses": [{"system": "Ink", "task": "editing", "tier": "T1", "start": 4, "end": 9}],
    }
    body = software("PUT", NAME, changed).json()
    assert body["version"]["number"] == 2
    assert body["version"]["media_type"] == "text/html"
    assert body["version"]["sources"][0]["label"] == "notes.txt"
    assert body["version"]["ai_uses"] == [
        {"system": "Ink", "task": "editing", "tier": "T1", "start": 4, "end": 9, "recorded_through": "api"}
    ]
    versions = software("GET", f"/items/{body['id']}/versions").json()["versions"]
    assert [each["number"] for each in versions] == [2, 1]
    assert Item.objects.count() == 1
