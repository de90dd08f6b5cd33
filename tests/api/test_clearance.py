"""May this be published, and if not why not."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from tests.api.software import Software, cms
from tests.newsroom.desk import Desk, approved, ready, use

from masthead.gate.signed import NotVerified, verify_clearance
from masthead.newsroom.evidence import keys
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import add_version
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Version
from masthead.newsroom.register.commands import decide_on, system_named
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.commands import publish, withdraw
from masthead.tlog.note import VerifierKey
from masthead.vocabulary import SystemStatus


@pytest.fixture
def version(small: Desk) -> Version:
    approved(small)
    return ready(small, use())


@pytest.fixture
def software(small: Desk) -> Software:
    return cms(small, small.editor)


def at(version: Version) -> str:
    return f"/items/{version.item.public_id}/clearance"


def log_key(desk: Desk) -> VerifierKey:
    return VerifierKey.parse(keys.public_line(desk.home))


def test_a_signed_version_is_clear(small: Desk, version: Version, software: Software):
    answer = software("GET", at(version)).json()
    assert (answer["clear"], answer["obstacles"], answer["match"]) == (True, [], "content")
    said = verify_clearance(
        answer["signed"], log_key(small), content_sha256=version.sha256, now=datetime.now(UTC)
    )
    assert said.clear
    assert (said.item, said.version) == (version.item.public_id, version.number)
    assert said.canonical_sha256 == version.canonical_sha256
    assert said.log_size == answer["log_size"]


def test_a_pause_takes_effect_on_the_next_question(small: Desk, version: Version, software: Software):
    assert software("GET", at(version)).json()["clear"]
    decide_on(small.editor, system_named("Ink"), SystemStatus.PAUSED)
    answer = software("GET", at(version)).json()
    assert not answer["clear"]
    [obstacle] = answer["obstacles"]
    assert obstacle["code"] == "system_paused"
    assert obstacle["system"] == "Ink"
    assert obstacle["ways_out"]
    said = verify_clearance(
        answer["signed"], log_key(small), content_sha256=version.sha256, now=datetime.now(UTC)
    )
    assert not said.clear


def test_every_obstacle_names_its_way_out(small: Desk, software: Software):
    body = {
        "content": {"name": "story.md", "text": "It cost 4,321 euros, says the council."},
        "language": "en",
        "ai_uses": [{"system": "Quill", "tier": "T2"}],
    }
    item = cms(small, small.author)("POST", "/items", body).json()
    answer = software("GET", f"/items/{item['id']}/clearance").json()
    codes = {each["code"] for each in answer["obstacles"]}
    assert {"finding", "no_sign_off", "task_missing", "system_unregistered"} <= codes
    assert all(each["ways_out"] and each["message"] for each in answer["obstacles"])
    assert any(each["finding"] for each in answer["obstacles"])
    assert any(each["commitments"] and each["control"] for each in answer["obstacles"])


def test_the_words_are_in_the_language_asked_for(small: Desk, version: Version, software: Software):
    decide_on(small.editor, system_named("Ink"), SystemStatus.PAUSED)
    english = software("GET", at(version)).json()["obstacles"][0]
    french = software("GET", at(version), Accept_Language="fr-BE").json()["obstacles"][0]
    assert english["code"] == french["code"]
    assert english["message"] != french["message"]


def test_other_bytes_are_not_cleared(small: Desk, version: Version, software: Software):
    digest = sha256(b"Something else.").hexdigest()
    answer = software("GET", f"{at(version)}?content_sha256={digest}").json()
    assert not answer["clear"]
    assert answer["match"] == "none"
    assert [each["code"] for each in answer["obstacles"]] == ["other_content"]
    said = verify_clearance(answer["signed"], log_key(small), content_sha256=digest, now=datetime.now(UTC))
    assert not said.clear
    with pytest.raises(NotVerified):
        verify_clearance(
            answer["signed"], log_key(small), content_sha256=version.sha256, now=datetime.now(UTC)
        )


HOSTILE = "<script>document.write('War was declared.')</script>"


def test_a_clearance_never_covers_markup_that_nobody_saw(small: Desk, version: Version, software: Software):
    words = blobs.fetch(version.sha256).decode()
    page = f"<p>{words}</p>"
    asked = {"content": {"name": "a.html", "text": f"{page}{HOSTILE}"}}
    answer = software("POST", at(version), asked).json()
    assert (answer["clear"], answer["match"]) == (False, "canonical form")
    [obstacle] = answer["obstacles"]
    assert obstacle["code"] == "more_than_words"
    assert not verify_clearance(
        answer["signed"],
        log_key(small),
        content_sha256=sha256(f"{page}{HOSTILE}".encode()).hexdigest(),
        now=datetime.now(UTC),
    ).clear
    instead = answer["instead"]
    assert "script" not in instead["text"]
    again = {"content": {"name": "a.html", "text": instead["text"]}}
    answer = software("POST", at(version), again).json()
    assert (answer["clear"], answer["instead"]) == (True, None)
    assert answer["content_sha256"] == instead["content_sha256"]


def test_a_sign_off_on_the_words_does_not_cover_a_later_file_with_more(
    small: Desk, version: Version, software: Software
):
    words = blobs.fetch(version.sha256).decode()
    later = add_version(small.author, version, Given("a.html", f"<p>{words}</p>{HOSTILE}".encode()))
    review.run_checks(small.author, later)
    answer = software("GET", at(later)).json()
    assert (answer["clear"], answer["match"]) == (False, "content")
    assert [each["code"] for each in answer["obstacles"]] == ["more_than_words"]
    review.sign_off(small.editor, later)
    assert software("GET", at(later)).json()["clear"]


def test_other_quotation_marks_are_the_same_text(small: Desk, version: Version, software: Software):
    words = blobs.fetch(version.sha256).decode()
    smart = words.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    assert smart != words
    answer = software("POST", at(version), {"content": {"name": "a.html", "text": f"<p>{smart}</p>"}}).json()
    assert (answer["clear"], answer["match"]) == (True, "canonical form")
    assert answer["content_sha256"] == sha256(f"<p>{smart}</p>".encode()).hexdigest()
    other = software("POST", at(version), {"content": {"name": "a.html", "text": f"<p>{smart} Not.</p>"}})
    assert not other.json()["clear"]


def test_what_cannot_be_read_is_not_cleared(small: Desk, version: Version, software: Software):
    answer = software("POST", at(version), {"content": {"name": "a.jpg", "base64": "AAAA"}}).json()
    assert (answer["clear"], answer["match"]) == (False, "none")


def test_content_may_come_as_a_file(small: Desk, version: Version, software: Software):
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = SimpleUploadedFile("story.md", blobs.fetch(version.sha256))
    answer = software.files("POST", at(version), {}, {"content": content}).json()
    assert (answer["clear"], answer["match"]) == (True, "content")


def test_published_bytes_are_known_and_a_withdrawal_ends_it(
    small: Desk, version: Version, software: Software
):
    out = publish(small.editor, version)
    path = f"{at(version)}?content_sha256={out.content_sha256}"
    assert software("GET", path).json()["clear"]
    withdraw(small.editor, version.item, "It was not so.")
    answer = software("GET", path).json()
    assert not answer["clear"]
    assert [each["code"] for each in answer["obstacles"]] == ["withdrawn"]


def test_asking_records_nothing(small: Desk, version: Version, software: Software):
    before = software("GET", at(version)).json()["log_size"]
    software("POST", at(version), {"content": {"name": "a.txt", "text": "x"}})
    assert software("GET", at(version)).json()["log_size"] == before


def test_a_misspelt_question_is_not_answered(version: Version, software: Software):
    wrong = software("GET", f"{at(version)}?content_sha265={'0' * 64}")
    assert wrong.status_code == 422
