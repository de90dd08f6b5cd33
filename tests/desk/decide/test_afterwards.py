"""Correcting and taking back in the browser: never gated, and shown before it goes."""

from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.desk.decide.pages import SCRIPT, at, brought_in, get, looked_at, page, post, someone_who
from tests.newsroom.desk import Desk, kinds, ready, size, text
from tests.newsroom.logins import client_of
from tests.reading.files import picture

from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.items.commands import add_item, add_version
from masthead.newsroom.items.given import Answers, Given
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.models import Correction, Publication, Withdrawal
from masthead.vocabulary import Role


def out(desk: Desk, words: str = "# One\n\nTwelve streets, it said.\n\nThe rest.\n") -> Item:
    """An item that is out."""
    version = ready(desk, words=words)
    commands.publish(desk.author, version, desk.home / "public" / version.item.public_id)
    return version.item


def test_a_correction_is_seen_and_then_sent(small: Desk) -> None:
    item = out(small)
    client = client_of(small.editor)
    form = get(client, "correct", item).form_of("note")
    assert "Twelve streets" in form["words"]
    form |= {"words": form["words"].replace("Twelve", "Twenty"), "note": "Twenty streets, not twelve."}
    since = size()
    look = looked_at(client, post(client, "correct", item, form))
    assert look.status_code == 200
    assert size() == since
    shown = page(look)
    for said in ("Corrected on", "Twenty streets, not twelve.", "nobody has checked the correction of"):
        assert said in shown.text, said
    assert "</del>" in look.content.decode()
    send = shown.form_with("send")
    response = post(client, "correct", item, send)
    assert (response.status_code, response["Location"]) == (303, at("disclosure", item))
    assert list(kinds(since)) == [Kind.CORRECTED, Kind.CHECKS_RUN]
    assert Correction.objects.get().note == "Twenty streets, not twelve."
    # Pressed twice, or sent again after going back: it is out once.
    assert post(client, "correct", item, send).status_code == 303
    assert Correction.objects.count() == 1


def test_what_was_typed_is_there_again_when_somebody_goes_back(small: Desk) -> None:
    item = out(small)
    client = client_of(small.editor)
    form = get(client, "correct", item).form_of("note")
    form |= {"words": "# One\n\nOther words.\n", "note": f"All of it. {SCRIPT}", "system-0": "Ink"}
    form |= {"task-0": "editing", "tier-0": "T1"}
    shown = page(looked_at(client, post(client, "correct", item, form)))
    assert shown.form_with("send")
    again = page(client.get(at("correct", item) + "?change")).form_of("note")
    for name in ("note", "system-0", "task-0", "tier-0"):
        assert again[name] == form[name], name
    assert again["words"].strip() == form["words"].strip()


def test_a_note_that_gives_someone_away_is_warned_of_and_may_go_all_the_same(small: Desk) -> None:
    item = out(small)
    client = client_of(small.editor)
    form = get(client, "correct", item).form_of("note")
    form |= {"words": "# One\n\nOther.\n", "note": "Write to jane.miller@example.org about it."}
    shown = page(looked_at(client, post(client, "correct", item, form)))
    assert "An e-mail address stands in the text." in shown.text
    assert post(client, "correct", item, shown.form_with("send")).status_code == 303


def test_what_is_wrong_with_a_correction_stands_beside_it(small: Desk) -> None:
    item = out(small)
    client = client_of(small.editor)
    form = get(client, "correct", item).form_of("note")
    since = size()
    for wrong in ({"note": ""}, {"note": "x", "words": " "}, {"note": "x", "system-0": "Ink"}):
        assert post(client, "correct", item, {**form, **wrong}).status_code == 422
    unreadable = SimpleUploadedFile("a.docx", b"PK\x03\x04 no")
    assert post(client, "correct", item, {**form, "note": "x", "file": unreadable}).status_code == 422
    # Nothing changed: the command says so when it is sent.
    shown = page(looked_at(client, post(client, "correct", item, {**form, "note": "Nothing."})))
    assert post(client, "correct", item, shown.form_with("send")).status_code == 409
    assert size() == since


def test_what_one_person_handed_in_is_sent_by_no_other_and_for_no_other_item(small: Desk) -> None:
    item, other = out(small), out(small, words="# Two\n\nWords.\n")
    client = client_of(small.editor)
    form = get(client, "correct", item).form_of("note")
    look = post(client, "correct", item, {**form, "words": "# X\n\nY.\n", "note": "Z."})
    send = page(looked_at(client, look)).form_with("send")
    since = size()
    for someone, where in ((small.other_editor, item), (small.editor, other)):
        response = post(client_of(someone), "correct", where, send)
        assert response.status_code in (409, 422)
    assert post(client, "correct", item, {**send, "kept": send["kept"][:-2]}).status_code == 422
    assert size() == since


def test_someone_elses_correction_meanwhile_is_not_written_over_unseen(small: Desk) -> None:
    item = out(small)
    client, other = client_of(small.editor), client_of(small.other_editor)
    form = get(client, "correct", item).form_of("note")
    look = post(client, "correct", item, {**form, "words": "# X\n\nMine.\n", "note": "Mine."})
    mine = page(looked_at(client, look))
    look = post(other, "correct", item, {**form, "words": "# X\n\nTheirs.\n", "note": "Theirs."})
    theirs = page(looked_at(other, look))
    assert post(other, "correct", item, theirs.form_with("send")).status_code == 303
    response = post(client, "correct", item, mine.form_with("send"))
    assert response.status_code == 409
    shown = page(response)
    assert "Your correction has not gone out." in shown.text
    assert "Theirs." in shown.text
    assert post(client, "correct", item, shown.form_with("send")).status_code == 303
    assert [each.note for each in Correction.objects.all()] == ["Theirs.", "Mine."]


def test_what_is_withdrawn_and_not_signed_is_said_and_finished_from_there(small: Desk) -> None:
    item = out(small)
    client = client_of(small.editor)
    form = get(client, "withdraw", item).form_of("reason")
    asked = looked_at(client, post(client, "withdraw", item, {**form, "reason": "It was not true."}))
    key = small.home / keys.PRIVATE
    key.rename(key.with_name("away"))
    answer = post(client, "withdraw", item, page(asked).form_of("sure"))
    told = page(answer)
    assert answer.status_code == 409
    assert "It is on record, but the log's head over it is not signed" in told.text
    assert "What was withdrawn has left every folder it was in." in told.text
    key.with_name("away").rename(key)
    assert post(client, "withdraw", item, told.form_of("sure")).status_code == 303
    assert Withdrawal.objects.count() == 1


def test_taking_back_is_asked_twice_and_done_once(small: Desk) -> None:
    item = out(small)
    client = client_of(small.editor)
    form = get(client, "withdraw", item).form_of("reason")
    since = size()
    asked = looked_at(
        client, post(client, "withdraw", item, {**form, "reason": f"It was not true. {SCRIPT}"})
    )
    assert (asked.status_code, size()) == (200, since)
    assert SCRIPT not in asked.content.decode()
    sure = page(asked).form_of("sure")
    answers = [post(client, "withdraw", item, sure).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert list(kinds(since)) == [Kind.WITHDRAWN]
    assert Withdrawal.objects.get().reason == f"It was not true. {SCRIPT}"
    assert client.get(at("withdraw", item)).status_code == 409
    assert client.get(at("correct", item)).status_code == 409
    assert "What was withdrawn does not go out again." in get(client, "publish", item).text


def test_who_may_correct_and_take_back(small: Desk) -> None:
    item = out(small)
    auditor = someone_who(small, "Al Auditor", Role.AUDITOR)
    since = size()
    for actor in (small.author, auditor):
        for name in ("correct", "withdraw"):
            fields = {"reason": "No.", "note": "No.", "sure": "1", "decision": "send"}
            assert post(client_of(actor), name, item, fields).status_code == 403
    assert size() == since
    assert Publication.objects.count() == 1


def test_what_is_not_out_has_nothing_to_correct(small: Desk) -> None:
    version = brought_in(small)
    client = client_of(small.editor)
    for name in ("correct", "withdraw"):
        response = client.get(at(name, version.item))
        assert response.status_code == 409
        assert "This item is not out" in response.content.decode()


def test_a_correction_begins_with_the_newer_version_that_was_signed_and_stays_signed(small: Desk) -> None:
    item = out(small)
    changed = add_version(
        small.author,
        item.versions.get(),
        text("# One\n\nTwenty streets, it said.\n\nThe rest.\n"),
        language="en",
    )
    client = client_of(small.editor)
    assert "Twelve" in get(client, "correct", item).form_of("note")["words"]
    review.run_checks(small.author, changed)
    review.sign_off(small.editor, changed)
    begun = get(client, "correct", item)
    assert "Twenty" in begun.form_of("note")["words"]
    assert "Below is version 2, which is signed off." in begun.text
    form = begun.form_of("note") | {"note": "Twenty streets, not twelve."}
    shown = page(looked_at(client, post(client, "correct", item, form)))
    assert "nobody has checked the correction" not in shown.text
    assert post(client, "correct", item, shown.form_with("send")).status_code == 303
    told = Publication.objects.exclude(correction=None).get().facts
    assert (told["reviewed"], told["self_signed"]) == (True, False)


def test_a_correction_of_a_picture_begins_with_the_one_that_is_out(small: Desk) -> None:
    whose = Answers(realistic=False, public_interest=False)
    first = picture("PNG", (32, 24))
    version = add_item(small.author, Given("p.png", first), title="Dusk", realistic=False)
    review.run_checks(small.author, version)
    review.sign_off(small.editor, version)
    commands.publish(small.author, version, small.home / "public" / version.item.public_id)
    signed = add_version(small.author, version, Given("p.png", picture("PNG", (64, 48))), answers=whose)
    review.run_checks(small.author, signed)
    review.sign_off(small.editor, signed)
    client = client_of(small.editor)
    form = get(client, "correct", version.item).form_of("note") | {"note": "It was dawn.", "title": "Dawn"}
    shown = page(looked_at(client, post(client, "correct", version.item, form)))
    assert post(client, "correct", version.item, shown.form_with("send")).status_code == 303
    corrected = Publication.objects.exclude(correction=None).get()
    assert (corrected.version.title, corrected.version.sha256) == ("Dawn", sha256(first).hexdigest())
