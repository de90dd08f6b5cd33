"""Signing off in the browser: what was on the page is what is signed."""

import pytest
from django.test import Client
from tests.desk.decide.pages import SCRIPT, at, brought_in, get, page, post, someone_who
from tests.newsroom.desk import Desk, kinds, size, text, use
from tests.newsroom.logins import client_of, login_of

from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.items.commands import add_version, protect, record_use
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import SentBack, SignOff
from masthead.vocabulary import Role, Task, Tier


def test_an_editor_reads_what_is_signed_and_signs(small: Desk) -> None:
    version = brought_in(small, use())
    client = client_of(small.editor)
    shown = get(client, "sign_off", version.item)
    for said in (
        "I read this version, its AI use is as recorded, and my organisation answers for it.",
        "Signed: Ed Editor, editor, for The Herald.",
        "Ink: editing, material (T2)",
        "notes.md",
        "An editor checked it.",
        "Nobody was harmed.",
    ):
        assert said in shown.text, said
    response = post(client, "sign_off", version.item, shown.form_with("sign"))
    assert (response.status_code, response["Location"]) == (303, at("publish", version.item))
    signed = SignOff.objects.get()
    assert (signed.version_id, signed.person_id) == (version.id, small.editor.person_id)


def test_a_text_that_was_not_shown_is_signed_only_by_who_says_to_have_read_it(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = brought_in(small, use())
    monkeypatch.setattr("masthead.desk.decide.content.LONG", 10)
    client = client_of(small.editor)
    shown = get(client, "sign_off", version.item)
    assert "I have read the file" in shown.text
    fields = shown.form_with("sign")
    assert "read" not in fields, "nobody ticked it"
    refused = post(client, "sign_off", version.item, fields)
    assert refused.status_code == 409
    assert "you did not say that you read the file" in page(refused).text
    assert SignOff.objects.count() == 0
    assert post(client, "sign_off", version.item, fields | {"read": "yes"}).status_code == 303
    assert SignOff.objects.count() == 1


def test_who_may_not_sign_signs_nothing(small: Desk) -> None:
    version = brought_in(small)
    fields = get(client_of(small.editor), "sign_off", version.item).form_with("sign")
    auditor = someone_who(small, "Al Auditor", Role.AUDITOR)
    since = size()
    for actor in (small.author, auditor):
        client = client_of(actor)
        assert client.get(at("sign_off", version.item)).status_code == 403
        assert post(client, "sign_off", version.item, fields).status_code == 403
    assert size() == since


def test_a_newer_version_is_shown_with_its_difference_and_nothing_is_signed(small: Desk) -> None:
    version = brought_in(small, words="# One\n\nTwelve streets.\n")
    client = client_of(small.editor)
    fields = get(client, "sign_off", version.item).form_with("sign")
    add_version(small.author, version, text("# One\n\nTwenty streets.\n"))
    since = size()
    response = post(client, "sign_off", version.item, fields)
    assert response.status_code == 409
    assert size() == since
    answer = page(response)
    assert "Someone added a version of this item meanwhile." in answer.text
    assert "<del>" in response.content.decode()
    assert "What changed since version 1" in answer.text
    # One look at the difference, one click.
    assert post(client, "sign_off", version.item, answer.form_with("sign")).status_code == 303
    assert SignOff.objects.get().version.number == 2


def test_an_ai_use_recorded_meanwhile_is_shown_and_nothing_is_signed(small: Desk) -> None:
    version = brought_in(small)
    client = client_of(small.editor)
    fields = get(client, "sign_off", version.item).form_with("sign")
    record_use(small.author, version, use("Quill", Task.DRAFTING, Tier.T3))
    since = size()
    response = post(client, "sign_off", version.item, fields)
    assert response.status_code == 409
    assert size() == since
    answer = page(response)
    assert "Recorded while you looked" in answer.text
    assert "Quill: drafting, autonomous (T3)" in answer.text
    assert post(client, "sign_off", version.item, answer.form_with("sign")).status_code == 303


def test_a_sign_off_that_died_needs_one_look_and_one_click(small: Desk) -> None:
    version = brought_in(small, words="# One\n\nTwelve streets.\n\nAnd more.\n")
    commands.sign_off(small.editor, version)
    add_version(small.author, version, text("# One\n\nTwenty streets.\n\nAnd more.\n"))
    client = client_of(small.editor)
    shown = get(client, "sign_off", version.item)
    assert "What changed since version 1" in shown.text
    assert post(client, "sign_off", version.item, shown.form_with("sign")).status_code == 303
    assert SignOff.objects.count() == 2


def test_pressing_twice_signs_once(small: Desk) -> None:
    version = brought_in(small)
    client = client_of(small.editor)
    fields = get(client, "sign_off", version.item).form_with("sign")
    first, second = (post(client, "sign_off", version.item, fields) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert SignOff.objects.count() == 1
    assert "You had signed off version 1 already." in client.get(at("publish", version.item)).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"version": "1"},
        {"version": "1", "said": ""},
        {"version": "x", "said": "0" * 64},
        {"version": "9" * 30, "said": "0" * 64},
        {"version": "-1", "said": "\x00"},
        {"version": "1", "said": "0" * 64, "uses": "9" * 50},
    ],
)
def test_a_form_that_says_nothing_of_what_was_shown_signs_nothing(
    small: Desk, fields: dict[str, str]
) -> None:
    version = brought_in(small)
    since = size()
    response = post(client_of(small.editor), "sign_off", version.item, {"decision": "sign", **fields})
    assert response.status_code == 409
    assert size() == since


def test_who_made_it_is_told_what_the_audience_will_be_told(solo: Desk) -> None:
    version = brought_in(solo)
    shown = get(client_of(solo.editor), "sign_off", version.item)
    assert "You had a hand in this version" not in shown.text
    own = add_version(solo.steward, version, text("# One\n\nMine.\n"))
    shown = get(client_of(solo.steward), "sign_off", own.item)
    assert "You had a hand in this version" in shown.text
    assert "Self-signed: the person who made it checked it, and nobody else did." in shown.text


def test_what_a_sign_off_leaves_in_the_way_is_said_before(small: Desk) -> None:
    version = brought_in(small, use("Unknown", Task.DRAFTING, Tier.T2))
    shown = get(client_of(small.editor), "sign_off", version.item)
    assert "Your sign-off leaves 1 thing in the way" in shown.text
    assert "Unknown is not in the register of AI systems." in shown.text


def test_sending_back_says_what_is_to_be_done(small: Desk) -> None:
    version = brought_in(small)
    client = client_of(small.editor)
    fields = get(client, "sign_off", version.item).form_with("back")
    note = f"Where is the source? {SCRIPT}\nSecond line."
    since = size()
    response = post(client, "sign_off", version.item, {**fields, "note": note})
    assert (response.status_code, response["Location"]) == (303, at("item", version.item))
    assert list(kinds(since)) == [Kind.SENT_BACK]
    shown = client.get(at("sign_off", version.item)).content.decode()
    assert "Sent back by Ed Editor" in shown
    assert SCRIPT not in shown
    assert "&lt;script&gt;" in shown


def test_a_note_that_is_refused_stays_as_typed(small: Desk) -> None:
    version = brought_in(small)
    client = client_of(small.editor)
    fields = get(client, "sign_off", version.item).form_with("back")
    for note in ("", " \n ", "x" * 2001):
        response = post(client, "sign_off", version.item, {**fields, "note": note})
        assert response.status_code == 422
        assert page(response).form_with("back")["note"].strip() == note.strip()
    assert SentBack.objects.count() == 0


def test_an_item_that_is_not_there_or_hidden_is_the_same(small: Desk) -> None:
    version = brought_in(small)
    steward_and_editor = small.editor
    protect(small.editor, version.item, protected=True)
    outsider = client_of(someone_who(small, "Sue Steward", Role.STEWARD))
    assert outsider.get(at("difference", version.item)).status_code == 404
    assert outsider.get(at("difference", "a" * 26)).status_code == 404
    assert client_of(steward_and_editor).get(at("sign_off", version.item)).status_code == 200


def test_a_form_without_its_token_signs_nothing(small: Desk) -> None:
    version = brought_in(small)
    fields = get(client_of(small.editor), "sign_off", version.item).form_with("sign")
    client = Client(enforce_csrf_checks=True)
    client.force_login(login_of(small.editor))
    since = size()
    assert post(client, "sign_off", version.item, fields).status_code == 403
    assert size() == since


def test_whatever_a_title_says_is_shown_and_does_nothing(small: Desk) -> None:
    version = brought_in(small, use(SCRIPT), title=SCRIPT)
    html = client_of(small.editor).get(at("sign_off", version.item)).content.decode()
    assert SCRIPT not in html
