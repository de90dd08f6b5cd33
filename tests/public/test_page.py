import gzip
import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

import django
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from tests.public.pages import HOSTILE, page, photo, record

from masthead.labels.record import Change
from masthead.newsroom.public.page import Edition, File
from masthead.newsroom.public.render import render
from masthead.vocabulary import Medium

django.setup()


def parsed(page):
    return LexborHTMLParser(render(page))


def words(page):
    return " ".join(parsed(page).body.text(separator=" ").split())


def test_the_line_comes_before_any_detail():
    text = words(page())
    line = page().disclosure.line
    assert text.index(line) < text.index("Who stands behind it") < text.index("Step by step")


def test_it_says_what_the_proof_shows_and_what_it_does_not():
    text = words(page())
    assert "This shows" in text
    assert "stood in our log by 12 November 2026 (UTC) , as entry 41 of 57, counted from 0" in text.replace(
        "(UTC),", "(UTC) ,"
    )
    assert "This does not show That nothing was left out" in text
    assert "Check it yourself" in text


def test_a_person_and_a_machine_are_told_apart_in_words_too():
    steps = parsed(page()).css(".steps li")
    assert [("machine" in (s.attributes.get("class") or ""), s.css_first(".meta").text()) for s in steps][
        :2
    ] == [
        (True, "AI system · 11 November 2026"),
        (False, "Reporter · 11 November 2026"),
    ]


def test_it_needs_nothing_else_and_its_policy_lets_in_its_own_style_only():
    html = render(page())
    tree = LexborHTMLParser(html)
    assert not tree.css("link[rel=stylesheet]")
    assert [s.attributes["type"] for s in tree.css("script")] == ["application/ld+json"]
    policy = tree.css_first("meta[http-equiv]").attributes["content"]
    style = re.search("<style>(.*?)</style>", html, re.DOTALL)[1]
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "style=" not in html
    assert not re.search(r"\son\w+=", html)


def test_it_weighs_little():
    assert len(gzip.compress(render(page()).encode())) < 12_000


def test_a_correction_stands_on_top_with_its_difference_below():
    tree = parsed(page())
    state = tree.css_first(".state")
    assert "Corrected on 13 November 2026" in state.text()
    assert "twelve, not twenty" in state.text()
    assert tree.css_first(".changes del").text() == "[…](words taken out)"
    assert "twelve" in tree.css_first(".changes ins").text()


def test_a_withdrawal_stands_above_everything():
    gone = record(withdrawn=Change(date(2026, 11, 14), "The document was forged."))
    state = parsed(page(gone)).css(".state")
    assert len(state) == 1
    assert "Withdrawn on 14 November 2026" in state[0].text()
    assert "The document was forged." in state[0].text()
    assert "gone" in state[0].attributes["class"]


def test_a_picture_that_could_pass_for_real_is_marked_before_it_is_seen():
    html = render(photo())
    assert html.index("Picture changed with AI") < html.index("<img")
    assert 'src="quay%20under%20water.jpg"' in html
    assert 'alt="A quay under water at dusk."' in html


def test_a_page_with_nothing_on_it_still_reads_well():
    bare = page(
        record(uses=(), title="", published_on=None, corrections=(), sources=0, looked_for=0, waived=0),
        steps=(), proof=None, files=(), editions=(), contact=None, item_url=None, json_ld=None,
    )  # fmt: skip
    text = words(bare)
    assert "Untitled" in text
    assert "No step is on record yet." in text
    assert "its record is not in a log" in text
    assert "None" not in text


def test_each_page_leads_to_the_other_language():
    link = parsed(page()).css_first("header nav a")
    assert link.attributes["lang"] == "fr"
    assert link.attributes["href"] == "index.fr.html"
    assert parsed(page(language="fr")).css_first("html").attributes["lang"] == "fr"


def test_direction_is_the_pages_own():
    assert parsed(page(language="ar", direction="rtl")).css_first("html").attributes["dir"] == "rtl"


def test_hostile_words_stay_words():
    enemy = page(
        record(title=HOSTILE, outlet=HOSTILE, corrections=(Change(date(2026, 11, 13), HOSTILE),)),
        files=(File('" onclick="x', HOSTILE),),
    )
    html = render(enemy)
    assert "<script>alert" not in html
    assert html.count("<style>") == 1
    tree = LexborHTMLParser(html)
    assert tree.css_first("h1").text() == HOSTILE
    assert all(set(a.attributes) <= {"href", "download", "lang", "hreflang", "class"} for a in tree.css("a"))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " JavaScript:alert(1)", "java\tscript:x", "data:text/html,x", "http://[bad"],
)
def test_a_link_that_could_act_is_left_out(url):
    html = render(page(item_url=url, contact=url, editions=(Edition("fr", "Français", url),)))
    assert "href" not in html.replace('href="#main"', "").split("<h2", maxsplit=1)[0].split("<body>")[1]
    assert "Ask us" not in html


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_title_is_shown_and_any_json_ld_is_read_back(title):
    of = page(record(title=title))
    tree = parsed(of)
    assert tree.css_first("h1").text() == (title or "Untitled")
    assert json.loads(tree.css_first("script").text()) == of.json_ld


def test_a_role_opens_its_line_with_a_capital():
    roles = [step.text() for step in parsed(page()).css(".steps .meta")]
    assert "Checks · 12 November 2026" in roles


def test_a_withdrawn_picture_is_still_called_a_picture():
    gone = replace(photo(), picture=None)
    assert "How this picture was made" in words(gone)
    assert "How this picture was made" in words(replace(photo(), medium=Medium.TEXT))
