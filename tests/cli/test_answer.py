import os
import re

from tests.cli.terminal import Desk, at_a_terminal, process

STEWARD = ("--by", "Sol Steward")


def statuses(desk: Desk) -> dict[str, str]:
    return {one["id"]: one["status"] for one in desk.json("declaration")["commitments"]}


def test_an_answer_is_where_the_commitment_stands_from_then_on(solo: Desk) -> None:
    told = solo.json("answer", "h1.3", "--yes", "--note", "Two mornings.")
    assert {name: told[name] for name in ("question", "commitment", "met", "status")} == {
        "question": "learning",
        "commitment": "H1.3",
        "met": True,
        "status": "met",
    }
    assert told["expires_on"] > told["answered_at"]
    assert solo.json("declaration", "H1.3")["status"] == "met"
    assert "Status: met" in solo("declaration", "H1.3").out
    known = {one: status for one, status in statuses(solo).items() if status != "unknown"}
    assert known == {"H1.3": "met"}


def test_the_list_shows_each_status_on_record(solo: Desk) -> None:
    solo.json("answer", "learning", "--no")
    solo.json("answer", "FOC-d", "--yes")
    (line,) = [line for line in solo("declaration").out.splitlines() if line.startswith("H1.3 ")]
    assert line.split()[-2:] == ["not", "met"]
    assert statuses(solo)["FOC-d"] == "watched"


def test_json_has_the_same_keys_with_a_record_as_without(solo: Desk, monkeypatch) -> None:
    solo.json("answer", "learning", "--yes")
    there = solo.json("declaration", "H1.3")
    monkeypatch.setenv("MASTHEAD_HOME", str(solo.folder / "nowhere"))
    elsewhere = solo.json("declaration", "H1.3")
    assert there == elsewhere | {"status": "met"}
    assert elsewhere["status"] == "unknown"


def test_it_says_until_when_an_answer_counts_and_when_it_does_not_suffice(solo: Desk) -> None:
    met = solo("answer", "H1.3", "--yes").out
    assert re.match(r"On record\. H1\.3: met, until \d{1,2} [A-Z][a-z]+ \d{4}\.$", met.strip())
    said = solo("answer", "H2.2", "--yes").out
    assert "H2.2 stays unknown" in said
    assert "verified" in said


def test_without_a_terminal_the_answer_must_be_given(solo: Desk) -> None:
    refused = solo.json("answer", "H1.3", code=2)["error"]
    assert "--yes" in refused["remedy"]
    assert solo.json("declaration", "H1.3")["status"] == "unknown"


def test_at_a_terminal_the_question_is_asked(solo: Desk) -> None:
    place = {name: os.environ[name] for name in ("MASTHEAD_HOME", "MASTHEAD_DATABASE_URL")}
    asked = at_a_terminal("answer", "H1.3", cwd=solo.folder, answers="Two mornings.\ny\n", **place)
    assert asked.code == 0, asked
    assert "which desks have not had the chance yet?" in " ".join(asked.out.split())
    assert solo.json("declaration", "H1.3")["status"] == "met"


def test_in_a_team_it_is_said_who_answers_and_not_everyone_may(small: Desk) -> None:
    assert "--by" in small.json("answer", "H1.3", "--yes", code=2)["error"]["remedy"]
    assert small.json("answer", "H1.3", "--yes", "--by", "Noor Author", code=1)["error"]
    assert small.json("answer", "H1.3", "--yes", *STEWARD)["status"] == "met"


def test_what_the_record_answers_is_not_asked(solo: Desk) -> None:
    for name in ("H3.1", "data-terms"):
        refused = solo.json("answer", name, "--yes", code=2)["error"]
        assert f"masthead declaration {name}" in refused["remedy"]
    assert "H1.3" in solo.json("answer", "H1.33", "--yes", code=2)["error"]["remedy"]


def test_without_a_record_there_is_nothing_to_answer_in(tmp_path) -> None:
    said = process("answer", "H1.3", "--yes", cwd=tmp_path)
    assert said.code == 2
    assert "masthead init" in said.err
