"""What was brought in, checked and signed as a draft, and then goes out as a correction, word for word."""

import json

import pytest
from tests.newsroom.desk import approved, text, use
from tests.public.outlet import page_of

from masthead.newsroom.evidence import bundle_check, keys
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.items.commands import add_item, add_version
from masthead.newsroom.items.given import Answers
from masthead.newsroom.public import commands as public
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import Publication
from masthead.tlog.note import VerifierKey

SOURCE = "The repair costs 4.2 million euros, the ferry runs from 7 May."
STORY = "The repair costs 4.2 million euros."
MENDED = f"{STORY} The ferry runs from 7 May."
ODD = f"{MENDED} Some 88 wait."
AFTERWARDS = "It went out before the checks had looked at it."
NOTE = "Said from when the ferry runs."


@pytest.fixture
def out(small, tmp_path):
    approved(small)
    version = add_item(
        small.author, text(STORY), sources=[text(SOURCE, "notes.md")], uses=(use(),), language="en"
    )
    commands.run_checks(small.author, version)
    commands.sign_off(small.editor, version)
    public.publish(small.author, version, tmp_path / "out")
    return version


def brought_in(small, out, words=MENDED, *, checked=True):
    """A draft that the checks looked at, then signed."""
    version = add_version(small.author, out, text(words), language="en")
    run = commands.run_checks(small.author, version) if checked else None
    commands.sign_off(small.editor, version)
    return run


def correct(small, out, folder, words=MENDED, **more):
    given = {"uses": (), "sources": (), "folder": folder, **more}
    public.correct(small.steward, out.item, text(words), NOTE, **given)
    return Publication.objects.exclude(correction=None).get()


def told(folder):
    return (folder / "disclosure.en.txt").read_text()


def test_it_is_told_as_checked_before_it_went_out(small, out, tmp_path):
    run = brought_in(small, out)
    publication = correct(small, out, tmp_path / "out")
    said = told(tmp_path / "out")
    assert AFTERWARDS not in said
    assert "An editor checked this version and signed it off." in said
    assert publication.facts["checked"] is True
    assert publication.facts["looked_for"] == run_counted(run) > 0
    assert f"{publication.facts['looked_for']} numbers, names, dates and quotations" in said
    proof = (tmp_path / "out" / "bundle.json").read_bytes()
    assert bundle_check.check(proof, Given(VerifierKey.parse(keys.public_line(small.home)))).intact
    places = {entry["place"] for entry in opened(proof)}
    assert run.entry.place in places


def run_counted(run):
    kinds = ("numbers", "dates", "quotations", "names", "links")
    return sum(run.counts.get(f"traceability.{kind}", 0) for kind in kinds)


def opened(proof):
    return json.loads(proof)["entries"]


def test_what_a_finding_said_of_it_is_told_though_no_gate_was_asked(small, out, tmp_path):
    brought_in(small, out, ODD)
    correct(small, out, tmp_path / "out", ODD)
    said = told(tmp_path / "out")
    assert AFTERWARDS not in said
    assert "1 finding stands: it was neither mended nor waived." in said


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (f"{MENDED} It rains.", {}),
        (MENDED, {"sources": (text("It is so.", "more.md"),)}),
        (MENDED, {"answers": Answers("Another title")}),
        (MENDED, {"uses": (use("Pen"),)}),
    ],
    ids=["words", "sources", "title", "uses"],
)
def test_of_anything_else_the_checks_looked_afterwards(small, out, tmp_path, words, more):
    brought_in(small, out)
    publication = correct(small, out, tmp_path / "out", words, **more)
    assert publication.facts["checked"] is False
    assert AFTERWARDS in told(tmp_path / "out")


def test_a_draft_that_nothing_looked_at_gives_nothing(small, out, tmp_path):
    brought_in(small, out, checked=False)
    assert correct(small, out, tmp_path / "out").facts["checked"] is False
    assert AFTERWARDS in told(tmp_path / "out")


def test_cut_off_before_it_was_looked_at_again_it_tells_what_was_counted(small, out, reader):
    run = brought_in(small, out)
    commands.correct(small.steward, out.item, text(MENDED), NOTE)
    public.go_out(out.item, public.site_folder(out.item))
    said = told(public.site_folder(out.item))
    assert f"{run_counted(run)} numbers, names, dates and quotations" in said
    assert json.loads(reader.get(f"{page_of(out.item)}item.json").content)["checks"]["looked"] == (
        "before it went out"
    )
