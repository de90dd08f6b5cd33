"""The pages as they are served: to anybody, in two languages, without a trace."""

import gzip
import json
import shutil
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import approved, founded, ready, text, use
from tests.public.outlet import corrected, page_of, published, withdrawn

from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.items.given import Answers, Given
from masthead.newsroom.public import commands
from masthead.newsroom.review import commands as review
from masthead.vocabulary import Profile

PAGES = ("/", "/register", "/corrections", "/verify", "/log/")
DATA = ("/index.json", "/register.json", "/corrections.json", "/log/index.json", "/.well-known/masthead.json")
MACHINES = ("/sitemap.xml", "/robots.txt", "/log/checkpoint", "/feeds/items.atom", "/feeds/corrections.json")


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).body.text(separator=" ").split())


def addresses(item):
    here = page_of(item)
    files = ("item.json", "bundle.json", "disclosure.json", "disclosure.fr.txt", "item.jsonld", "content.md")
    return [*PAGES, *DATA, *MACHINES, here, f"{here}ask", *(here + name for name in files)]


def test_no_page_sets_a_cookie_or_lets_anything_of_others_in(small, reader):
    item = published(small)
    for address in [*addresses(item), "/no-such-page", "/items/nothing/"]:
        response = reader.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        policy = response["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), address
        assert "unsafe" not in policy, address
        assert "script-src" not in policy, address
        assert response["X-Content-Type-Options"] == "nosniff"
    assert not reader.cookies


@pytest.mark.parametrize(("language", "says"), [("en", "How we use AI"), ("fr", "Notre usage")])
def test_each_page_is_in_the_language_that_is_asked_for(small, reader, language, says):
    item = published(small)
    for address in [*PAGES, page_of(item), f"{page_of(item)}ask"]:
        negotiated = reader.get(address, headers={"Accept-Language": f"{language}-CA,de;q=0.5"})
        named = reader.get(f"/{language}{address}", headers={"Accept-Language": "de"})
        for response in (negotiated, named):
            tree = LexborHTMLParser(response.content.decode())
            assert tree.css_first("html").attributes["lang"] == language
            assert response["Content-Language"] == language
        assert "Accept-Language" in negotiated["Vary"]
        assert "Accept-Language" not in named.get("Vary", "")
        alternates = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in LexborHTMLParser(named.content.decode()).css("link[rel=alternate][hreflang]")
        }
        assert alternates["en"].endswith(f"/en{address}")
        assert alternates["fr"].endswith(f"/fr{address}")


def test_a_page_asked_for_in_a_language_leads_on_in_it(small, reader):
    item = published(small)
    tree = LexborHTMLParser(reader.get(f"/fr{page_of(item)}").content.decode())
    ours = [a.attributes["href"] for a in tree.css("header nav a:not([hreflang])")]
    assert ours == ["/fr/", "/fr/register", "/fr/corrections", "/fr/verify"]


def same_for_all(item):
    """Every address but the form for a question, which has a number of its own for each reader."""
    return [address for address in addresses(item) if not address.endswith("/ask")]


def test_who_has_it_already_is_told_so(small, reader):
    item = published(small)
    for address in same_for_all(item):
        first = reader.get(address)
        again = reader.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["ETag"] == first["ETag"]
        assert again.get("Vary") == first.get("Vary")


def test_head_is_get_without_the_body(small, reader):
    item = published(small)
    for address in same_for_all(item):
        whole, head = reader.get(address), reader.head(address)
        assert head.content == b""
        assert head["Content-Length"] == str(len(whole.content))
        assert (head.status_code, head["ETag"]) == (whole.status_code, whole["ETag"])


def test_what_is_packed_unpacks_to_the_same_under_a_tag_of_its_own(small, reader):
    plain = reader.get("/")
    packed = reader.get("/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize("refusal", ["gzip;q=0", "identity, gzip; q=0.0", "br, gzip ;Q=0"])
def test_who_refuses_gzip_gets_none(small, reader, refusal):
    answer = reader.get("/", headers={"Accept-Encoding": refusal})
    assert "Content-Encoding" not in answer
    assert reader.get("/", headers={"Accept-Encoding": "br, gzip;q=0.1"})["Content-Encoding"] == "gzip"


def test_nothing_but_reading_is_answered(small, reader):
    item = published(small)
    for address in ("/", "/register", page_of(item), "/feeds/items.atom"):
        for method in (reader.post, reader.put, reader.delete, reader.patch):
            assert method(address).status_code == 405, address


def test_before_anything_is_published_the_pages_say_so(small, reader):
    said = words(reader.get("/"))
    assert "Nothing is published yet." in said
    assert "No AI system is in our register." in said
    assert "None" not in said
    assert "Our rule: every use of AI here leaves a record" in said
    assert not LexborHTMLParser(reader.get("/").content.decode()).css(".figures"), "no row of noughts"
    assert "Nothing has been corrected or withdrawn." in words(reader.get("/corrections"))
    assert json.loads(reader.get("/index.json").content)["newest"] == []


def test_before_there_is_an_organisation_nothing_is_promised_in_its_name(home, reader):
    before = reader.get("/")
    assert before["Cache-Control"] == "no-store"
    page = LexborHTMLParser(before.content.decode())
    assert page.css_first("main a.button").attributes["href"] == "/setup"
    assert "Every use of AI" not in page.body.text()
    assert "None" not in page.html
    founded(home, Profile.SMALL)
    after = reader.get("/")
    assert "Our rule: every use of AI here leaves a record" in words(after)
    assert after["Cache-Control"] == "public, max-age=60"


def test_the_home_page_gives_no_count_under_five(small, reader):
    for _ in range(4):
        published(small)
    assert json.loads(reader.get("/index.json").content)["periods"][0]["with_ai"] is None
    assert "fewer than five" in words(reader.get("/"))
    published(small)
    assert json.loads(reader.get("/index.json").content)["periods"][0]["with_ai"] == 5


def test_the_register_names_no_person_and_says_what_is_not_filled_in(small, reader):
    published(small)
    said = words(reader.get("/register"))
    assert "Ink" in said
    assert "not filled in" in said
    assert "unknown" in said
    assert "a person on the staff" in said
    assert "Ada" not in said


def test_nothing_served_names_a_person_a_draft_or_a_protected_item(small, reader):
    item = published(small)
    corrected(small, item, note="Twelve streets, not twenty.")
    add_version(small.author, item.versions.last(), text("A draft of Xanthippe the banker."))
    add_item(small.author, text("# Ozymandias files\n\nNobody knows yet."), title="Ozymandias files")
    hidden = add_item(small.author, text("# Quetzalcoatl\n\nTold us."), title="Quetzalcoatl files").item
    _protect(small, hidden)
    ready(small, use(), words="Rumpelstiltskin waits.")
    everything = b""
    for address in [*addresses(item), *addresses(hidden), *(f"/fr{each}" for each in addresses(item))]:
        everything += reader.get(address).content
    for name in (b"Ada Steward", b"Ann Author", b"Ed Editor", b"Eve Editor"):
        assert name not in everything, name
    for secret in (b"Xanthippe", b"Ozymandias", b"Quetzalcoatl", b"Rumpelstiltskin"):
        assert secret not in everything, secret


def _protect(desk, item):
    protect(desk.editor, item, protected=True)


def test_what_is_out_of_a_protected_item_is_public_and_its_drafts_are_not(small, reader):
    # The mark guards the work on an item; to take back what is out, it is withdrawn.
    item = published(small, words="Quetzalcoatl told us.")
    _protect(small, item)
    add_version(small.author, item.versions.last(), text("A draft of Xanthippe the banker."))
    for address in ("/", "/index.json", "/feeds/items.atom", "/sitemap.xml", page_of(item)):
        response = reader.get(address)
        assert item.public_id.encode() in response.content, address
        assert b"Xanthippe" not in response.content, address
    assert reader.get(f"{page_of(item)}ask").status_code == 200


def test_a_withdrawn_item_says_so_and_its_content_is_gone(small, reader):
    item = published(small)
    assert reader.get(f"{page_of(item)}content.md").status_code == 200
    withdrawn(small, item)
    page = reader.get(page_of(item))
    assert page.status_code == 200
    assert "The document was forged." in words(page)
    for name in ("content.md", "content.md.c2pa", "disclosure.json"):
        gone = reader.get(page_of(item) + name)
        assert gone.status_code == 410
        assert "The document was forged." in words(gone)
    assert reader.get(f"{page_of(item)}bundle.json").status_code == 200


def test_a_later_draft_leaves_no_trace_on_the_page(small, reader):
    item = published(small)
    before = reader.get(page_of(item)).content
    add_version(small.author, item.versions.last(), text("Not yet for your eyes."))
    assert reader.get(page_of(item)).content == before


def test_files_come_with_their_types_and_run_nothing(small, reader):
    item = published(small)
    types = {
        "content.md": "text/markdown; charset=utf-8",
        "content.md.c2pa": "application/c2pa",
        "disclosure.json": "application/json",
        "disclosure.en.txt": "text/plain; charset=utf-8",
        "item.jsonld": "application/ld+json",
        "bundle.json": "application/json",
    }
    for name, kind in types.items():
        response = reader.get(page_of(item) + name)
        assert response["Content-Type"] == kind
        assert "sandbox" in response["Content-Security-Policy"]
    assert reader.get(f"{page_of(item)}content.html").status_code == 404
    assert reader.get(f"{page_of(item)}../../../etc/passwd").status_code == 404


def test_a_page_of_a_newsroom_is_handed_over_and_not_opened_here(small, reader):
    approved(small)
    page = b"<!doctype html><html><body><p>The river's banks broke.</p></body></html>"
    version = add_item(small.author, Given("a.html", page), sources=[text()], uses=[use()], language="en")
    review.run_checks(small.author, version)
    review.sign_off(small.editor, version)
    commands.publish(small.editor, version, commands.site_folder(version.item))
    response = reader.get(f"{page_of(version.item)}content.html")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="content.html"'
    assert "sandbox" in response["Content-Security-Policy"]


def test_everything_is_there_without_the_folder(small, reader):
    item = published(small)
    shutil.rmtree(commands.site_folder(item))
    for address in addresses(item):
        assert reader.get(address).status_code == 200, address


def test_a_title_full_of_script_stays_words(small, reader):
    title = '</title><script>alert(1)</script>" onload="x'
    version = ready(small, words="Nothing of note.")
    version = add_version(small.author, version, text("Nothing of note."), answers=Answers(title=title))
    review.run_checks(small.author, version)
    review.sign_off(small.editor, version)
    commands.publish(small.editor, version, commands.site_folder(version.item))
    for address in ("/", page_of(version.item), f"{page_of(version.item)}ask", "/feeds/items.atom"):
        content = reader.get(address).content.decode()
        assert "<script>alert" not in content, address
        assert address.startswith("/feeds") or 'onload="x' not in content, address


def test_an_address_without_its_last_stroke_leads_to_the_page(small, reader):
    item = published(small)
    response = reader.get(f"/fr/items/{item.public_id}")
    assert (response.status_code, response["Location"]) == (301, f"/fr/items/{item.public_id}/")


@pytest.mark.parametrize("named", ["", "/fr"])
def test_an_address_with_a_stroke_too_many_leads_to_the_page(small, reader, named):
    item = published(small)
    for address in ("/register", "/corrections", "/verify", "/feeds/items.atom", f"{page_of(item)}ask"):
        for ask in (reader.get, reader.head):
            response = ask(f"{named}{address}/", {"page": "2"})
            assert (response.status_code, response["Location"]) == (301, f"{named}{address}"), address
            assert not response.cookies
    assert reader.get(f"{named}{page_of(item)}/")["Location"] == f"{named}{page_of(item)}"


def test_a_stroke_too_many_leads_nowhere_else(small, reader):
    for address in ("/items/", "/nothing/", "//evil.example/", "/\\evil.example/", "/register//"):
        response = reader.get(f"http://testserver{quote(address)}")
        assert response.status_code == 404, address
    away = reader.get("/items/x/%0d%0aevil.example/")
    assert (away.status_code, away["Location"]) == (301, "/items/x/%0D%0Aevil.example")
    assert reader.post("/register/").status_code == 404


@pytest.mark.parametrize("named", ["", "/fr"])
def test_a_page_that_is_not_there_does_not_say_it_was_made_from_the_record(small, reader, named):
    page = reader.get(f"{named}/nothing")
    assert page.status_code == 404
    assert "<footer" not in page.content.decode()
    assert "<footer" in reader.get(f"{named}/register").content.decode()


def test_a_stranger_s_host_is_refused(small, reader):
    assert reader.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_the_list_of_corrections_has_pages(small, reader, monkeypatch):
    monkeypatch.setattr("masthead.newsroom.public.views.lists.EACH", 2)
    item = published(small)
    for number in range(3):
        corrected(small, item, f"The banks held, says report {'abc'[number]}.", note=f"Note {number}.")
    first, second = (json.loads(reader.get(f"/corrections.json?page={n}").content) for n in (1, 2))
    assert [line["note"] for line in first["lines"]] == ["Note 2.", "Note 1."]
    assert [line["note"] for line in second["lines"]] == ["Note 0."]
    assert (first["total"], first["pages"]) == (3, 2)
    assert reader.get("/corrections?page=3").status_code == 404
    assert reader.get("/corrections?page=nonsense").status_code == 200
