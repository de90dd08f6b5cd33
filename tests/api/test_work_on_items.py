"""Lists by cursor, lost updates refused, findings waived, things going out: by the commands of the desk."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.software import STORY, Software, cms
from tests.newsroom.desk import Desk, approved, ready, use

from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.models import AIUse, Item, Version
from masthead.newsroom.review.commands import sign_off
from masthead.newsroom.review.models import Publication

ROOT = Path(__file__).parents[2]


@pytest.fixture
def software(small: Desk) -> Software:
    return cms(small, small.author)


@pytest.fixture
def editor(small: Desk) -> Software:
    return cms(small, small.editor)


def test_a_list_is_read_page_by_page(software: Software):
    made = [software("POST", "/items", STORY | {"check": False}).json()["id"] for _ in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = software("GET", f"/items?limit=2{f'&cursor={cursor}' if cursor else ''}").json()
        assert len(page["items"]) <= 2
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if len(seen) == 2:
            software("POST", "/items", STORY | {"check": False})  # what is added meanwhile shifts nothing
    assert seen == made[::-1]


def test_a_list_takes_the_same_number_of_queries_however_long(
    small: Desk, software: Software, editor: Software
):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor("GET", "/items").status_code == 200
        return len(queries)

    software("POST", "/items", STORY | {"check": False})
    asked()
    few = asked()
    for number in range(4):
        software("PUT", f"/items/by-external-id/cms/{number}", STORY | {"check": False})
    assert asked() == few


def test_a_list_can_be_of_one_medium(software: Software):
    software("POST", "/items", STORY | {"check": False})
    assert software("GET", "/items?medium=image").json()["items"] == []
    assert len(software("GET", "/items?medium=text").json()["items"]) == 1


def test_a_state_that_changed_meanwhile_is_not_overwritten(software: Software):
    first = software("POST", "/items", STORY)
    path, tag = f"/items/{first.json()['id']}", first["ETag"]
    new = STORY | {"content": {"name": "a.md", "text": "The river fell."}}
    second = software("PUT", path, new, If_Match=tag)
    assert second.status_code == 200
    late = software("PUT", path, STORY, If_Match=tag)
    assert late.status_code == 412
    assert late.json()["type"].endswith("precondition-failed")
    assert software("PUT", path, STORY, If_Match=f'"x", {second["ETag"]}').status_code == 200
    assert software("PUT", path, new, If_Match="*").status_code == 200


def test_an_ai_use_recorded_meanwhile_is_a_change_too(software: Software):
    first = software("POST", "/items", STORY)
    path, tag = f"/items/{first.json()['id']}", first["ETag"]
    recorded = software("POST", f"{path}/ai-uses", {"system": "Ink", "task": "editing", "tier": "T1"})
    assert recorded.status_code == 201
    assert recorded["ETag"] != tag
    new = STORY | {"content": {"name": "a.md", "text": "The river fell."}}
    assert software("POST", f"{path}/versions", new, If_Match=tag).status_code == 412


def test_a_name_can_be_asked_to_be_fresh(software: Software):
    path = "/items/by-external-id/cms/1"
    assert software("PUT", path, STORY, If_None_Match="*").status_code == 201
    assert software("PUT", path, STORY, If_None_Match="*").status_code == 412
    assert software("PUT", "/items/by-external-id/cms/2", STORY, If_Match="*").status_code == 412


@pytest.mark.parametrize(("method", "path"), [("POST", "/items"), ("PUT", "/items/by-external-id/cms/1")])
def test_a_picture_comes_as_a_file(software: Software, method: str, path: str):
    picture = (ROOT / "src/masthead/samples").rglob("*.jpg")
    content = SimpleUploadedFile("river.jpg", next(picture).read_bytes())
    notes = SimpleUploadedFile("notes.txt", b"Taken at the bridge.")
    data = {"title": "The river", "realistic": True}
    made = software.files(method, path, data, {"content": content, "source": [notes]})
    assert made.status_code == 201, made.content
    assert made.json()["medium"] == "image"
    assert [each["label"] for each in made.json()["version"]["sources"]] == ["notes.txt"]


def test_what_is_done_names_the_door(software: Software):
    software("POST", "/items", STORY | {"ai_uses": [{"system": "Ink", "task": "editing", "tier": "T1"}]})
    assert AIUse.objects.get().recorded_through == "api"
    assert "api" in {values_of(entry).get("through") for entry in Entry.objects.all()}


def test_findings_are_filtered_and_waived_by_who_may(software: Software, editor: Software):
    text = "It cost 4,321 euros, says the council of Haarlem."
    uses = [{"system": "Ink", "task": "drafting", "tier": "T2"}]
    notes = {"name": "notes.txt", "text": "The council met."}
    body = STORY | {"content": {"name": "a.md", "text": text}, "ai_uses": uses, "sources": [notes]}
    path = f"/items/{software('POST', '/items', body).json()['id']}"
    found = software("GET", f"{path}/findings").json()
    assert found["checked"]
    blocking = software("GET", f"{path}/findings?consequence=block&waived=false").json()["findings"]
    assert 0 < len(blocking) <= len(found["findings"])
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in blocking if each["quote"])
    one = blocking[0]["id"]
    waiver = {"reason": "witnessed", "note": "I was there."}
    assert software("POST", f"{path}/findings/{one}/waiver", waiver).status_code == 403
    waived = editor("POST", f"{path}/findings/{one}/waiver", waiver)
    assert waived.status_code == 201, waived.content
    assert "note" not in waived.json()
    assert software("GET", f"{path}/findings?waived=true").json()["findings"][0]["id"] == one
    assert editor("POST", f"{path}/findings/{one}/waiver", waiver).status_code == 409
    assert software("GET", f"{path}/findings?level=fatal").status_code == 422


def test_there_is_no_way_to_sign_off(editor: Software, software: Software):
    path = f"/items/{software('POST', '/items', STORY).json()['id']}"
    for verb in ("sign-off", "sign-offs", "signoff", "break-glass"):
        assert editor("POST", f"{path}/{verb}", {}).status_code == 404


def test_from_a_cms_to_the_audience_and_back(small: Desk, software: Software, editor: Software):
    approved(small)
    body = STORY | {
        "sources": [{"name": "notes.md", "text": f"{STORY['content']['text']} So."}],
        "ai_uses": [{"system": "Ink", "task": "editing", "tier": "T2"}],
        "public_interest": True,
    }
    item = software("PUT", "/items/by-external-id/cms/7", body).json()["id"]
    path = f"/items/{item}"
    assert editor("POST", f"{path}/publication").status_code == 409
    sign_off(small.editor, Version.objects.get())
    out = editor("POST", f"{path}/publication")
    assert out.status_code == 201, out.content
    assert "Ink" in str(out.json()["disclosure"])
    assert editor("GET", f"{path}/publication").json() == out.json()
    assert editor("GET", path).json()["stage"] == "published"
    change = body | {"content": {"name": "a.md", "text": "The river rose."}, "note": "It did not break."}
    unread = editor("POST", f"{path}/corrections", change)
    assert unread.status_code == 409
    assert "software publishes nothing unread" in unread.json()["detail"]
    editor("POST", f"{path}/versions", {key: value for key, value in change.items() if key != "note"})
    assert editor("POST", f"{path}/corrections", change).status_code == 409
    sign_off(small.other_editor, Version.objects.latest("number"))
    other = change | {"content": {"name": "a.md", "text": "The river fell."}}
    assert editor("POST", f"{path}/corrections", other).status_code == 409
    corrected = editor("POST", f"{path}/corrections", change)
    assert corrected.status_code == 201, corrected.content
    assert "It did not break." in str(corrected.json()["disclosure"]["details"])
    gone = editor("POST", f"{path}/withdrawal", {"reason": "It was another river."})
    assert (gone.status_code, gone.json()["stage"]) == (201, "withdrawn")
    assert editor("POST", f"{path}/withdrawal", {"reason": "Once more."}).status_code == 409


def test_what_is_on_record_and_not_signed_says_so(small: Desk, editor: Software):
    path = f"/items/{ready(small).item.public_id}"
    assert editor("POST", f"{path}/publication").status_code == 201
    key = small.home / keys.PRIVATE
    key.rename(key.with_name("away"))
    said = editor("POST", f"{path}/withdrawal", {"reason": "It was another river."})
    assert (said.status_code, said.json()["on_record"]) == (503, True)
    assert said.json()["detail"].startswith("It is on record, but the log's head over it is not signed")
    assert "What was withdrawn has left every folder it was in." in said.json()["detail"]
    key.with_name("away").rename(key)
    assert editor("POST", f"{path}/withdrawal", {"reason": "It was another river."}).status_code == 201


def test_no_text_goes_out_as_a_correction_by_token_that_nobody_read(small: Desk, editor: Software):
    item = ready(small, words="The river rose.").item
    path = f"/items/{item.public_id}"
    assert editor("POST", f"{path}/publication").status_code == 201
    change = {"content": {"name": "a.md", "text": "Anything at all."}, "note": "So."}
    assert editor("POST", f"{path}/corrections", change).status_code == 409
    assert Publication.objects.count() == 1
    assert item.versions.count() == 1


def test_who_may_write_may_not_correct(small: Desk, software: Software):
    version = ready(small, words="The river rose.")
    path = f"/items/{version.item.public_id}"
    change = STORY | {"note": "So."}
    assert software("POST", f"{path}/corrections", change).status_code == 403
    assert software("POST", f"{path}/withdrawal", {"reason": "So."}).status_code == 403


def test_the_register_is_read(small: Desk, software: Software):
    system = approved(small)
    [listed] = software("GET", "/systems").json()["systems"]
    assert (listed["name"], listed["status"], listed["accountable"]) == ("Ink", "approved", "Ada Steward")
    assert listed["use_cases"][0]["tier"] == "T3"
    assert listed["use_cases"][0]["unanswered"] is False
    assert "accountable" not in listed["use_cases"][0]
    assert software("GET", f"/systems/{system.pk}").json() == listed
    assert use().system == "Ink"


def test_a_source_that_is_there_is_refused_and_kept_once(software: Software):
    path = f"/items/{software('POST', '/items', STORY).json()['id']}"
    source = {"content": {"name": "a.txt", "text": "notes"}, "check": False}
    made = software("POST", f"{path}/sources", source)
    assert not made.json()["version"]["checked"]
    assert software("POST", f"{path}/checks").json()["version"]["checked"]
    assert software("POST", f"{path}/sources", source).status_code == 409
    assert len(software("GET", f"{path}/sources").json()["sources"]) == 1
    assert Item.objects.count() == 1
