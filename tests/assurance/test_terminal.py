"""`masthead checklist`: where each promise stands and why, evidence on it, and what is to be mended."""

from collections.abc import Iterator

import pytest
from tests.cli.conftest import desk, small, solo

from masthead.language import choose
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import LogHead

__all__ = ["desk", "small", "solo"]

REVIEW = "quarterly-review"


def test_every_commitment_has_a_status_with_its_ground(solo):
    told = solo.json("checklist", "status")
    assert len(told["commitments"]) == 54
    assert {each["status"] for each in told["commitments"]} == {"unknown"}
    assert solo.json("checklist", "status", "h1.2")["grounds"] == [{"reason": "nothing", "control": None}]


def test_a_failure_is_told_with_the_entry_that_says_so_until_a_pass_closes_it(solo):
    solo.json("checklist", "evidence", REVIEW, "--not-met", "--note", "Nobody came.")
    told = solo.json("checklist", "status", REVIEW, code=1)
    newest = LogHead.objects.get().size - 1
    assert (told["status"], told["grounds"][0]["entry"]) == ("not met", newest)
    (action,) = solo.json("checklist", "actions", code=1)["actions"]
    assert (action["control"], action["cause"], action["owner"]) == (REVIEW, "failed", None)
    solo.json("checklist", "take", action["id"][-8:], "--owner", "Mira Sand", "--due", "2999-01-01")
    solo.json("checklist", "evidence", REVIEW, "--met")
    assert solo.json("checklist", "actions") == {"actions": []}
    assert solo.json("checklist", "actions", "--all")["actions"][0]["closed_at"]
    assert solo.json("checklist", "status", "HP1")["status"] == "met"


def test_a_reason_closes_what_nothing_passes(solo):
    solo.json("checklist", "evidence", REVIEW, "--not-met")
    (action,) = solo.json("checklist", "actions", code=1)["actions"]
    closed = solo.json("checklist", "close", action["id"], "--because", "We stopped meeting.")
    assert closed["closed_because"] == "We stopped meeting."
    assert solo.json("checklist", "status", REVIEW)["status"] == "unknown"


def test_a_document_is_kept_as_its_hash_and_is_the_weakest_grade(solo):
    solo.file("minutes.txt", "We met.")
    told = solo.json("checklist", "evidence", REVIEW, "--met", "--document", "minutes.txt")
    assert (told["status"], told["grounds"][0]["reason"]) == ("unknown", "weak")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["status", "H9.9"], 2, "Nothing on the checklist goes by"),
        (["status", "--on", "2020-01-01"], 2, "No checklist has been adopted"),
        (["evidence", "nonsense", "--met"], 2, "neither a control"),
        (["evidence", REVIEW], 2, "Give `--met` or `--not-met`"),
        (["evidence", REVIEW, "--met", "--observed", "2999-01-01"], 1, "has not come yet"),
        (["evidence", REVIEW, "--met", "--until", "2020-01-01"], 1, "over before it begins"),
        (["evidence", REVIEW, "--met", "--document", "missing.pdf"], 2, "cannot be read"),
        (["take", "zz", "--owner", "Mira Sand"], 2, "No corrective action"),
        (["close", "zz", "--because", "So."], 2, "No corrective action"),
    ],
)
def test_what_cannot_be_done_says_so_and_what_to_do(solo, words, code, said):
    told = solo("checklist", *words)
    assert (told.code, said in told.err) == (code, True), told


def test_a_read_only_record_still_says_where_everything_stands(solo):
    solo.json("checklist", "evidence", REVIEW, "--not-met")
    solo.json("answer", "H1.3", "--no")
    with lifted():
        Person.objects.update(name="Somebody Else")
    assert solo("log", "verify").code == 1
    told = solo("checklist", "status", REVIEW)
    assert (told.code, "not met" in told.out, "read-only" in told.err) == (1, True, True)
    assert solo("checklist", "actions").code == 1


@pytest.fixture
def english_again() -> Iterator[None]:
    """A command chooses the language of its process, which here is that of the tests."""
    yield
    choose("en")


def test_it_speaks_to_people_in_their_language(solo, monkeypatch, english_again):
    assert "Keep AI’s part in the work in the open" in solo("checklist", "status").out
    monkeypatch.setenv("MASTHEAD_LANGUAGE", "fr")
    assert "inconnu" in solo("checklist", "status", "H1.1").out
