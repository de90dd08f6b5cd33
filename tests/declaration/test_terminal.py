import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from masthead.cli.declaration import declaration
from masthead.declaration import load
from masthead.errors import NotFound

app = typer.Typer()
app.command()(declaration)
CATALOGUE = load()


@pytest.fixture(autouse=True)
def no_record(tmp_path, monkeypatch):
    """Nobody has answered anything here, whatever stands in the folder the tests are run from."""
    monkeypatch.setenv("MASTHEAD_HOME", str(tmp_path / "nowhere"))


def ask(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("language", ["en", "fr"])
def test_json_gives_all_54_in_order(language):
    data = json.loads(ask("--json", "--lang", language))
    assert data["language"] == language
    assert [one["id"] for one in data["commitments"]] == [one.id for one in CATALOGUE.commitments]
    assert [one["id"] for one in data["controls"]] == [one.id for one in CATALOGUE.controls]
    assert {one["status"] for one in data["commitments"]} == {"unknown"}


def test_json_says_where_each_stands_and_what_answers_it():
    data = {one["id"]: one for one in json.loads(ask("--json"))["commitments"]}
    keys = {"id", "principle", "title", "text", "reference", "readings", "controls", "question", "status"}
    assert all(one.keys() == keys for one in data.values())
    assert data["H3.2"]["reference"]["caveat"]["locales"] == ["en", "fr"]
    assert data["H3.1"]["controls"] == ["traced-facts"]
    assert data["H3.1"]["question"] is None
    assert data["FOC-a"]["readings"].keys() == {"duty_bearer", "watchdog"}
    assert data["FOC-a"]["question"]["id"] == "repressive-uses"


def test_json_of_one_is_the_same_as_in_the_whole():
    whole = next(one for one in json.loads(ask("--json"))["commitments"] if one["id"] == "H5.4")
    assert json.loads(ask("h5.4", "--json")) == {"language": "en", **whole}


def test_json_of_a_control_is_the_same_as_in_the_whole():
    whole = next(one for one in json.loads(ask("--json"))["controls"] if one["id"] == "data-terms")
    assert json.loads(ask("data-terms", "--json")) == {"language": "en", **whole}


def test_the_list_names_every_commitment_and_what_answers_it():
    listed = ask()
    for one in CATALOGUE.commitments:
        assert one.id in listed
    for answer in (*CATALOGUE.controls, *CATALOGUE.questions):
        assert answer.id in listed
    for heading in CATALOGUE.words("en").sections.values():
        assert heading in listed


@pytest.mark.parametrize("one", CATALOGUE.commitments, ids=lambda one: one.id)
def test_one_commitment_is_shown_whole(one):
    said = CATALOGUE.words("en").commitments[one.id]
    shown = " ".join(ask(one.id.lower()).split())
    assert said.title in shown
    assert said.text in shown
    assert CATALOGUE.words("en").sources[one.source] in shown
    for control in CATALOGUE.controls_of(one.id):
        assert CATALOGUE.words("en").controls[control.id].guidance in shown
    question = CATALOGUE.question_of(one.id)
    if question:
        assert CATALOGUE.words("en").questions[question.id] in shown
    if said.readings:
        assert said.readings.duty_bearer in shown
        assert said.readings.watchdog in shown


def test_french_never_starts_a_line_with_a_question_mark():
    for question in CATALOGUE.questions:
        assert not any(
            line.strip().startswith(("?", ":", "»"))
            for line in ask(question.commitment, "--lang", "fr").splitlines()
        )


def test_it_does_not_take_an_id_nobody_has():
    with pytest.raises(NotFound) as refusal:
        ask("H3.9")
    assert "H3.1" in str(refusal.value.remedy) or "H3.7" in str(refusal.value.remedy)


def test_it_does_not_pass_english_off_as_another_language():
    with pytest.raises(NotFound) as refusal:
        ask("--lang", "de")
    assert "en, fr" in str(refusal.value.remedy)


def test_it_needs_no_desk():
    load = "import sys, masthead.cli.declaration as door; door.declaration('H1.1', json=True)"
    code = f"{load}; sys.exit(not {{'django', 'rich'}}.isdisjoint(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.DEVNULL).returncode == 0
    )
