"""What messages mark as code is code on a page, and never markup of somebody else's."""

from tests.newsroom.logins import client_of

from masthead.newsroom.public.templatetags.marked import marked, unmarked
from masthead.newsroom.retention.setting import set_hold
from masthead.newsroom.retention.subjects import EVERYTHING


def test_what_stands_between_backticks_is_code_and_the_rest_is_text():
    said = marked("Run `masthead log <b>`, then `a & b`. One ` alone.")
    assert said == "Run <code>masthead log &lt;b&gt;</code>, then <code>a &amp; b</code>. One ` alone."
    assert unmarked("Run `masthead init` <first>.") == "Run masthead init <first>."


def test_a_refusal_on_a_form_shows_the_command_and_no_backtick(small):
    set_hold(small.editor, EVERYTHING, "A claim.")
    asked = {"about": "person", "called": "Ann Author", "ground": "objected", "sure": "yes"}
    page = client_of(small.steward).post("/desk/data/erase/", asked).content.decode()
    assert "`" not in page
    assert "<code>masthead " in page


def test_a_page_of_what_would_go_has_no_backtick(small):
    asked = {"about": "person", "called": "Ann Author", "ground": "objected"}
    page = client_of(small.steward).post("/desk/data/erase/", asked).content.decode()
    assert "`" not in page
    assert "<code>masthead " in page
