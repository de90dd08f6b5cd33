"""No mark that turns the direction of reading reaches the audience in what we write of an item."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.newsroom.desk import approved, text, use
from tests.public.outlet import corrected, page_of
from tests.public.pages import page, record

from masthead.labels.record import Change
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.public import commands
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.public.page import Answered, Passage, PublicChange, PublicDifference
from masthead.newsroom.public.projection import as_json_ld, as_text, contents
from masthead.newsroom.public.render import render
from masthead.newsroom.remedies.commands import answer, ask
from masthead.newsroom.review.commands import run_checks, sign_off
from masthead.newsroom.said import cleaned, straight

TURNING = "\u202a\u202b\u202c\u202d\u202e"
APART, END = "\u2066\u2067\u2068", "\u2069"
words = st.text(st.sampled_from('ab <>&"\n\u05d0\u200f' + TURNING + APART + END), max_size=30)


def leaks(said: str) -> bool:
    """Whether a mark in it reaches what follows."""
    depth = 0
    for sign in said:
        depth += (sign in APART) - (sign == END)
        if depth < 0 or sign in TURNING:
            return True
    return depth != 0


@given(words)
def test_nothing_leaks_and_every_other_character_stays(said):
    kept = straight(said)
    assert not any(leaks(line) for line in kept.split("\n"))
    marks = TURNING + APART + END
    assert [each for each in kept if each not in marks] == [each for each in said if each not in marks]
    assert straight(kept) == kept
    assert cleaned(cleaned(said)) == cleaned(said)


def test_what_stands_apart_stays_so():
    assert straight("to \u2067\u05d0\u05d1\u2069, 5") == "to \u2067\u05d0\u05d1\u2069, 5"


@given(words)
def test_no_page_of_an_item_turns(said):
    on = date(2026, 11, 13)
    of = record(title=f"T{said}", corrections=(Change(on, f"N{said}"),), responsible=f"R{said}")
    told = PublicDifference((Passage((("same", said), ("removed", ""), ("added", said))),))
    made = page(
        of,
        changes=(PublicChange(on, said, told),),
        withdrawn=PublicChange(on, said),
        questions=(Answered("q", on, said, said, said),),
    )
    for written in (render(made), as_text(of).decode(), as_json_ld(of).decode()):
        assert not set(written) & set(TURNING)
        assert not any(leaks(line) for line in written.split("\n"))


def test_published_with_marks_everywhere_the_audience_gets_none_but_in_the_item_itself(small, reader):
    turned = "The \u202ebank\u202c paid \u2067000,007 and \u2069\u2069 no more."
    approved(small)
    version = add_item(
        small.author, text(turned), sources=[text(turned, "n.md")], uses=[use()], title=turned, language="en"
    )
    run_checks(small.author, version)
    sign_off(small.editor, version)
    item = version.item
    commands.publish(small.editor, version, site_folder(item))
    corrected(small, item, turned.replace("paid", "owed"), turned)
    question, link = ask(item, turned, language="en")
    answer(small.steward, question, turned, show_question=True)
    here = page_of(item)
    feeds = [f"/feeds/{name}.{form}" for name in ("items", "corrections") for form in ("atom", "json")]
    places = ["/", "/index.json", "/corrections", "/corrections.json", here, f"{here}item.json", f"{here}ask"]
    for path in (*places, *feeds, f"/questions/{link}"):
        got = reader.get(path)
        assert got.status_code == 200, path
        assert not set(got.content.decode()) & set(TURNING), path
    said = reader.post("/verify", {"text": turned}).content.decode()
    assert not set(said) & set(TURNING)
    for name, content in contents(item).items():
        if not name.startswith("content."):
            assert not set(content.decode()) & set(TURNING), name
