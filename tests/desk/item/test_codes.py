"""What stands beside an item and needs to be found: the words of a code, and the hold."""

import re

from django.urls import reverse
from tests.desk.item.pages import html, of, story

from masthead import declaration

HOLD = reverse("desk:hold")


def test_the_checklist_has_the_words_of_every_code(small, browsers):
    shown = html(browsers.author.get(reverse("desk:checklist")))
    words = declaration.load().words("en").commitments
    assert set(re.findall(r'<div id="([A-Z][^"]*)">', shown)) == set(words)
    assert set(re.findall(r'href="[^"#]*#([A-Z][^"]*)"', shown)) <= set(words)


def test_a_code_beside_what_stands_in_the_way_is_a_link_with_its_title(small, browsers):
    shown = html(browsers.author.get(of(story(small, "# Repairs\n\nIt took 71 days.\n"))))
    found = re.findall(r'<a href="([^"#]+)#([^"]+)" title="([^"]+)">([^<]+)</a>', shown)
    assert found
    words = declaration.load().words("en").commitments
    for address, code, title, told in found:
        assert address == reverse("desk:checklist")
        assert code == told
        assert html_of(words[code].title) == title


def html_of(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;")


def test_an_editor_sets_a_hold_from_the_page_of_an_item(small, browsers):
    version = story(small, "# Repairs\n\nIt took 71 days.\n")
    link = f"{HOLD}?item={version.item.public_id}"
    assert link in html(browsers.editor.get(of(version)))
    assert link not in html(browsers.author.get(of(version)))
    form = html(browsers.editor.get(link))
    assert f'value="{version.item.public_id}"' in form
    assert re.search(r'value="item"[^>]*checked', form)


def test_what_is_no_id_is_not_put_into_the_form(small, browsers):
    assert "somebody" not in html(browsers.editor.get(f"{HOLD}?item=somebody"))
