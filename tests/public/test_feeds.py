"""Feeds and machine pages, held to what their specifications require."""

import json
import re
from xml.etree import ElementTree

import pytest
from tests.newsroom.desk import text
from tests.public.outlet import corrected, page_of, published, withdrawn

from masthead.newsroom.evidence.keys import public_line
from masthead.newsroom.items.given import Answers
from masthead.newsroom.public import commands
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.review.models import Publication
from masthead.tlog import note
from masthead.tlog.note import VerifierKey

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def item(small):
    """An item that went through everything."""
    item = published(small)
    corrected(small, item)
    question, _ = ask(item, "Who says so?", language="en")
    commands.answer_question(small.other_editor, question, "The minutes.", show_question=False)
    withdrawn(small, item)
    return item


def test_the_atom_feed_has_what_rfc_4287_requires(item, reader):
    response = reader.get("/feeds/items.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for about in (feed, *feed.iter(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            found = about.findall(f"{ATOM}{required}")
            assert len(found) == 1, required
            assert found[0].text
        assert TIME.fullmatch(about.find(f"{ATOM}updated").text)
        assert about.find(f"{ATOM}id").text.startswith("tag:herald.example,2026:")
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "The Herald"
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}category").get("term") for entry in entries] == [
        "withdrawn", "answered", "corrected", "published",
    ]  # fmt: skip
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(entries)
    assert all(page_of(item) in entry.find(f"{ATOM}link").get("href") for entry in entries)
    assert b"Who says so?" not in response.content


def test_the_json_feed_has_what_version_1_1_requires(item, reader):
    response = reader.get("/fr/feeds/items.json")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"].endswith("/fr/feeds/items.json")
    assert feed["language"] == "fr"
    for each in feed["items"]:
        assert isinstance(each["id"], str)
        assert each["content_text"]
        assert TIME.fullmatch(each["date_published"])
        assert each["url"].endswith(f"/fr{page_of(item)}")
    assert [each["tags"][0] for each in feed["items"]] == ["withdrawn", "answered", "corrected", "published"]


def test_the_feed_of_corrections_has_only_those(item, reader):
    feed = json.loads(reader.get("/feeds/corrections.json").content)
    assert [each["tags"][0] for each in feed["items"]] == ["withdrawn", "corrected"]


def test_a_headline_that_was_corrected_away_is_told_nowhere(small, reader):
    item = published(small)
    before = Publication.objects.get().facts["title"]
    how = {"uses": (), "sources": (), "folder": commands.site_folder(item)}
    commands.correct(small.editor, item, text("Other words."), "So.", answers=Answers("Quay"), **how)
    for path in ("/", "/corrections", "/feeds/items.atom", "/feeds/items.json", "/feeds/corrections.json"):
        page = reader.get(path).content.decode()
        assert "Quay" in page, path
        assert before not in page, path


def test_a_feed_before_anything_went_out_is_a_feed(small, reader):
    feed = ElementTree.fromstring(reader.get("/feeds/items.atom").content)
    assert feed.find(f"{ATOM}updated").text == "1970-01-01T00:00:00Z"
    assert json.loads(reader.get("/feeds/items.json").content)["items"] == []


def test_what_xml_cannot_hold_is_left_out(small, reader):
    item = published(small)
    corrected(small, item, note="Bell\x07 and \ufffe here.")
    feed = ElementTree.fromstring(reader.get("/feeds/corrections.atom").content)
    assert feed.find(f"{ATOM}entry/{ATOM}summary").text == "Bell and  here."


def test_the_well_known_file_says_where_everything_is(item, reader, small):
    said = json.loads(reader.get("/.well-known/masthead.json").content)
    assert said.keys() == {
        "masthead", "software", "outlet", "publisher", "home", "languages", "register", "corrections",
        "item", "verify", "feeds", "log",
    }  # fmt: skip
    assert said["masthead"] == 1
    assert (said["outlet"], said["publisher"]) == ("The Herald", "Herald Press Ltd")
    assert said["log"]["key"] == public_line(small.home)
    assert [(each["key"], each["state"]) for each in said["log"]["all_keys"]] == [
        (said["log"]["key"], "current")
    ]
    leads = [said["home"], said["register"], said["corrections"], said["verify"]]
    leads += [said["log"]["checkpoint"], said["log"]["keys"]]
    assert said["log"]["prefix"] == "http://testserver/log"
    leads += [address for forms in said["feeds"].values() for address in forms.values()]
    leads.append(said["item"].replace("{item}", item.public_id))
    for address in leads:
        assert reader.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_the_checkpoint_is_the_newest_signed_note(item, reader, small):
    signed = note.parse(reader.get("/log/checkpoint").content.decode())
    assert note.verify(signed, VerifierKey.parse(public_line(small.home)))


def test_the_site_map_names_each_page_in_both_languages(item, reader, monkeypatch):
    root = ElementTree.fromstring(reader.get("/sitemap.xml").content)
    assert root.tag == f"{MAP}urlset"
    places = [url.find(f"{MAP}loc").text for url in root]
    assert f"http://testserver{page_of(item)}" in places
    assert all(len(url.findall("{http://www.w3.org/1999/xhtml}link")) == 2 for url in root)


def test_a_large_site_map_comes_in_parts(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.showing.machines.EACH", 1)
    items = [published(small), published(small)]
    root = ElementTree.fromstring(reader.get("/sitemap.xml").content)
    assert root.tag == f"{MAP}sitemapindex"
    parts = [each.find(f"{MAP}loc").text.removeprefix("http://testserver") for each in root]
    contents = [reader.get(part).content for part in parts]
    assert [page_of(item).encode() in content for item, content in zip(items, contents, strict=True)] == [
        True,
        True,
    ]
    assert reader.get("/sitemap-3.xml").status_code == 404


def test_robots_keep_to_what_is_public(small, reader):
    said = reader.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in said
    assert "Disallow: /questions/" in said
    assert "Sitemap: http://testserver/sitemap.xml" in said


def test_the_data_beside_each_page_has_its_form(item, reader):
    home = json.loads(reader.get("/index.json").content)
    assert home.keys() == {
        "language", "outlet", "publisher", "checklist", "periods", "systems", "newest", "corrections",
        "past_second_person", "not_in_use",
    }  # fmt: skip
    assert [period["days"] for period in home["periods"]] == [30, 365]
    assert home["checklist"]["controls"][0].keys() == {"id", "says", "guidance", "commitments"}
    register = json.loads(reader.get("/register.json").content)
    assert register["systems"][0].keys() == {
        "name", "provider", "status", "status_words", "accountable", "unanswered", "terms_url",
        "terms_checked_on", "training_opt_out", "use_cases",
    }  # fmt: skip
    told = json.loads(reader.get(f"{page_of(item)}item.json").content)
    assert told.keys() == {
        "item", "url", "outlet", "title", "medium", "language", "published_on", "withdrawn", "corrections",
        "disclosure", "checks", "uses", "steps", "questions", "content", "proof", "files",
    }  # fmt: skip
    assert told["content"] is None
    assert told["withdrawn"]["note"] == "The document was forged."
    assert told["questions"] == [
        {"asked": None, "answer": "The minutes.", "by": "Editor, who did not make this",
         "on": told["published_on"]},
    ]  # fmt: skip
    assert told["proof"].keys() == {"origin", "place", "size", "root", "by", "witnesses", "entries"}
    assert [each.keys() for each in told["proof"]["entries"]] == [{"place", "what"}] * len(
        told["proof"]["entries"]
    )
    log = json.loads(reader.get("/log/index.json").content)
    assert log.keys() == {
        "language", "origin", "keys", "checkpoint", "head", "witnesses", "stamps", "watched", "alarms",
        "ended_alarms", "verified", "damaged", "growth",
    }  # fmt: skip
    assert log["head"].keys() == {"size", "root", "on"}
    assert log["growth"][-1].keys() == {"on", "size", "added"}
