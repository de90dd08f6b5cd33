"""The home and the register promise no more than was kept."""

import json
from datetime import timedelta

from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import approved, ready, text, use
from tests.public.outlet import corrected, published, withdrawn

from masthead.newsroom.accounts.actor import named
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.register.commands import add_use_case, decide_on, register_system
from masthead.newsroom.review import commands as review
from masthead.vocabulary import SystemStatus, Tier

RULE = "Our rule: someone other than its author signs off each item that AI touched."


def page(reader, address="/"):
    return LexborHTMLParser(reader.get(address).content.decode())


def fact(reader, term):
    (found,) = [div for div in page(reader).css(".facts div") if div.css_first("dt").text() == term]
    return [dd.text() for dd in found.css("dd")]


def emergency(desk, words="The dam may break tonight."):
    version = add_item(desk.author, text(words), uses=(use(),), language="en")
    review.break_glass(desk.editor, version, "It cannot wait.", review_within=timedelta(days=1))
    commands.publish(desk.editor, version, site_folder(version.item))
    return version.item


def test_the_rule_is_told_as_a_rule_and_what_went_past_it_beside_it(small, reader):
    item = published(small)
    assert fact(reader, "Who checks") == [RULE, "No item that is out was published past it."]
    corrected(small, item)
    few = "Fewer than five items that are out were published past it; the page of each says so."
    assert fact(reader, "Who checks") == [RULE, few]
    assert json.loads(reader.get("/index.json").content)["past_second_person"] is None
    for number in range(4):
        emergency(small, f"The dam may break tonight, says the {'abcd'[number]} report.")
    assert (
        fact(reader, "Who checks")[1]
        == "5 items that are out were published past it; the page of each says so."
    )
    assert json.loads(reader.get("/index.json").content)["past_second_person"] == 5
    withdrawn(small, item)
    assert fact(reader, "Who checks") == [RULE, few]


def test_the_first_line_is_a_rule_and_no_claim(small, reader):
    emergency(small)
    assert page(reader).css_first(".line").text().strip().startswith("Our rule: every use of AI here leaves")


def test_what_may_not_be_used_does_not_stand_under_what_we_use(small, reader):
    approved(small, "Ink")
    add_use_case(small.steward, approved(small, "Quill"), Tier.T2)
    decide_on(small.editor, approved(small, "Paused One"), SystemStatus.PAUSED)
    decide_on(small.steward, approved(small, "Gone One"), SystemStatus.RETIRED)
    register_system(small.author, "Proposed One", named("Ada Steward"))
    home = page(reader)
    assert [th.text().split("\n")[0] for th in home.css("tbody th[dir]")] == [
        "Inkprovider not filled in",
        "Quillprovider not filled in",
    ]
    assert home.css("tbody th[dir] + td")[1].text().count("T2") == 0
    (apart,) = [p.text() for p in home.css("p.meta") if "Not approved for use now" in p.text()]
    assert " ".join(apart.split()).endswith(" now: Paused One (paused), Proposed One (proposed).")
    told = json.loads(reader.get("/index.json").content)
    assert [each["name"] for each in told["systems"]] == ["Ink", "Quill"]
    assert [(each["name"], each["status"]) for each in told["not_in_use"]] == [
        ("Paused One", "paused"),
        ("Proposed One", "proposed"),
    ]


def test_the_register_tells_what_is_in_use_apart_from_what_is_not(small, reader):
    register_system(small.author, "Proposed One", named("Ada Steward"))
    approved(small, "Ink")
    said = page(reader, "/register").body.text()
    assert "Every AI system we know to be in use here" not in said
    assert said.index("Ink") < said.index("Not approved for use now") < said.index("Proposed One")
    assert [each["name"] for each in json.loads(reader.get("/register.json").content)["systems"]] == [
        "Ink",
        "Proposed One",
    ]


def test_nothing_in_use_is_said_where_all_is_only_proposed(small, reader):
    register_system(small.author, "Proposed One", named("Ada Steward"))
    said = page(reader).body.text()
    assert "No AI system is approved for use here now." in said
    assert "Proposed One" in said


def test_what_was_withdrawn_is_marked_wherever_the_home_lists_it(small, reader):
    kept, gone = published(small), published(small)
    corrected(small, kept)
    withdrawn(small, gone)
    newest, changes = page(reader).css(".lines")
    assert ["Withdrawn" in line.text() for line in newest.css("li")] == [True, False]
    assert [line.css_first(".meta").text().split(" · ")[0] for line in changes.css("li")] == [
        "Withdrawn",
        "Corrected",
    ]
    told = json.loads(reader.get("/index.json").content)["newest"]
    assert [(each["item"], each["withdrawn"]) for each in told] == [
        (gone.public_id, True),
        (kept.public_id, False),
    ]


def test_alone_the_rule_is_another(solo, reader):
    approved(solo)
    version = ready(solo, use())
    commands.publish(solo.editor, version, site_folder(version.item))
    assert fact(reader, "Who checks") == [
        "Whoever made something may also sign it off; its page then says so.",
        "No item that is out was published past it.",
    ]
