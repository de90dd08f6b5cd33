"""Publishing in the browser, past the gate or not, and what is copied elsewhere."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from tests.desk.decide.pages import SCRIPT, Page, at, brought_in, get, looked_at, page, post, someone_who
from tests.newsroom.desk import Desk, approved, kinds, ready, size, text, use
from tests.newsroom.logins import client_of, login_of

from masthead.desk.decide.pasting import HINTS, NAMES, Pasted
from masthead.labels.disclosure import disclose
from masthead.labels.places import Form, Place
from masthead.language import using
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.items.commands import add_version
from masthead.newsroom.items.models import Version
from masthead.newsroom.register.commands import decide_on
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import BreakGlass, Publication
from masthead.newsroom.review.telling import as_published
from masthead.vocabulary import Role, SystemStatus, Task, Tier


def published(desk: Desk, client: Client, version: Version) -> None:
    shown = get(client, "publish", version.item)
    assert post(client, "publish", version.item, shown.form_of("version")).status_code == 303


def test_a_cleared_version_goes_out_with_one_button(small: Desk) -> None:
    approved(small)
    version = ready(small, use())
    client = client_of(small.author)
    shown = get(client, "publish", version.item)
    address = f"http://testserver/items/{version.item.public_id}/"
    for said in ("Cleared: nothing is in the way", address, "An editor checked it.", "Un éditeur"[:2]):
        assert said in shown.text, said
    response = post(client, "publish", version.item, shown.form_of("version"))
    assert (response.status_code, response["Location"]) == (303, at("disclosure", version.item))
    assert Publication.objects.get().version_id == version.id
    assert (small.home / "public" / version.item.public_id / "bundle.json").is_file()


def test_pressing_twice_publishes_once(small: Desk) -> None:
    version = ready(small)
    client = client_of(small.author)
    fields = get(client, "publish", version.item).form_of("version")
    answers = [post(client, "publish", version.item, fields).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert Publication.objects.count() == 1
    assert "This version has been out since" in get(client, "publish", version.item).text


def test_what_is_not_cleared_shows_what_is_in_the_way_and_publishes_nothing(small: Desk) -> None:
    version = brought_in(small, use())
    client = client_of(small.editor)
    shown = get(client, "publish", version.item)
    assert "Not cleared yet: 1 thing to mend, then a sign-off" in shown.text
    assert "Ink is not in the register of AI systems." in shown.text
    since = size()
    response = post(client, "publish", version.item, {"version": "1"})
    assert response.status_code == 409
    assert size() == since


def test_a_pause_meanwhile_stops_it_and_says_so(small: Desk) -> None:
    system = approved(small)
    version = ready(small, use())
    client = client_of(small.author)
    fields = get(client, "publish", version.item).form_of("version")
    decide_on(small.steward, system, SystemStatus.PAUSED, reason="It invents.")
    response = post(client, "publish", version.item, fields)
    assert response.status_code == 409
    assert "Ink is paused." in page(response).text
    assert Publication.objects.count() == 0


@pytest.mark.parametrize("number", ["", "0", "7", "x", "1' OR 1=1"])
def test_a_version_that_is_not_there_is_not_published(small: Desk, number: str) -> None:
    version = ready(small)
    assert post(client_of(small.author), "publish", version.item, {"version": number}).status_code == 409
    assert Publication.objects.count() == 0


def test_a_newer_version_meanwhile_is_not_published_unseen(small: Desk) -> None:
    version = ready(small)
    client = client_of(small.author)
    fields = get(client, "publish", version.item).form_of("version")
    add_version(small.author, version, text("# Other\n\nWords.\n"))
    assert post(client, "publish", version.item, fields).status_code == 409
    assert Publication.objects.count() == 0


def test_nobody_publishes_for_another(small: Desk) -> None:
    version = ready(small)
    other = someone_who(small, "Olga Other", Role.CONTRIBUTOR)
    steward = someone_who(small, "Sue Steward", Role.STEWARD)
    assert post(client_of(other), "publish", version.item, {"version": "1"}).status_code == 404
    assert post(client_of(steward), "publish", version.item, {"version": "1"}).status_code == 403
    client = Client(enforce_csrf_checks=True)
    client.force_login(login_of(small.author))
    assert post(client, "publish", version.item, {"version": "1"}).status_code == 403
    assert Publication.objects.count() == 0


def test_what_is_copied_is_what_is_told_in_each_language(small: Desk) -> None:
    approved(small)
    version = ready(small, use(SCRIPT[:20], Task.SUMMARY, Tier.T1), use())
    client = client_of(small.author)
    assert "Nothing of this item is out yet." in get(client, "disclosure", version.item).text
    published(small, client, version)
    response = client.get(at("disclosure", version.item) + "?in=fr")
    shown = areas(response.content.decode())
    out = Publication.objects.get()
    from masthead.language import using

    with using("fr"):
        line = disclose(as_published(out, today=out.published_at.date())).line
    assert len(shown) == 5
    assert line in shown["facebook"]
    assert f"/fr/items/{version.item.public_id}/" in shown["whatsapp"]
    assert "\n" not in shown["print"]
    assert json.loads(shown["site"].split('ld+json">')[1].split("</script>")[0])["@context"]


def areas(html: str) -> dict[str, str]:
    """What stands in the fields to copy from."""
    found = {}
    for part in html.split("<textarea")[1:]:
        head, _, rest = part.partition(">")
        name = head.split('id="paste-')[1].split('"')[0]
        found[name] = "".join(
            Page(f"<form><textarea name=a>{rest.split('</textarea>')[0]}</textarea>").forms[0].fields["a"]
        )
    return found


def test_past_the_gate_takes_a_reason_and_a_second_page(small: Desk) -> None:
    version = brought_in(small, use())
    client = client_of(small.editor)
    shown = get(client, "break_glass", version.item)
    assert "You pass over 2 things" in shown.text
    assert "before an editor had checked it" in shown.text
    since = size()
    fields = {**shown.form_of("reason"), "reason": f"Flood. {SCRIPT}"}
    asked = looked_at(client, post(client, "break_glass", version.item, fields))
    assert asked.status_code == 200
    assert size() == since
    assert SCRIPT not in asked.content.decode()
    sure = page(asked).form_of("sure")
    assert sure["reason"] == f"Flood. {SCRIPT}"
    response = post(client, "break_glass", version.item, sure)
    assert (response.status_code, response["Location"]) == (303, at("disclosure", version.item))
    assert list(kinds(since)) == [Kind.BREAK_GLASS, Kind.PUBLISHED]
    # Pressed again, it is out already, and is out once.
    assert post(client, "break_glass", version.item, sure).status_code == 303
    assert Publication.objects.count() == 1


def test_what_nobody_may_pass_over_is_not_offered(small: Desk) -> None:
    version = brought_in(small, use(tier=Tier.TX))
    client = client_of(small.editor)
    assert "This cannot be passed over" in get(client, "break_glass", version.item).text
    since = size()
    fields = {"version": "1", "reason": "Now", "sure": "1"}
    assert post(client, "break_glass", version.item, fields).status_code == 422
    assert size() == since


def test_who_may_break_the_glass(small: Desk) -> None:
    version = brought_in(small)
    fields = {"version": "1", "reason": "Now", "sure": "1"}
    assert post(client_of(small.author), "break_glass", version.item, fields).status_code == 403
    assert (
        post(client_of(small.editor), "break_glass", version.item, {**fields, "reason": " "}).status_code
        == 422
    )
    assert BreakGlass.objects.count() == 0


def test_someone_else_reviews_what_went_past_the_gate(small: Desk) -> None:
    version = brought_in(small, use())
    commands.break_glass(small.editor, version, "Flood.", review_within=timedelta(hours=1))
    own, other = client_of(small.editor), client_of(small.other_editor)
    assert "Someone else reviews this" in get(own, "second_review", version.item).text
    assert post(own, "second_review", version.item, {"verdict": "uphold"}).status_code == 422
    shown = get(other, "second_review", version.item).text
    for said in ("Flood.", "Ed Editor", "An AI system was used that is not in the register.", "Due by"):
        assert said in shown, said
    since = size()
    assert post(other, "second_review", version.item, {"verdict": "maybe"}).status_code == 422
    assert size() == since
    answers = [
        post(other, "second_review", version.item, {"verdict": "object", "note": "x"}) for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [303, 422]
    assert "it should not have gone out" in get(other, "second_review", version.item).text
    assert list(kinds(since)) == [Kind.SECOND_REVIEW]


def test_an_overdue_review_is_said_plainly(small: Desk) -> None:
    version = brought_in(small, use())
    commands.break_glass(small.editor, version, "Flood.", review_within=timedelta(microseconds=1))
    shown = get(client_of(small.other_editor), "second_review", version.item)
    assert "This review is overdue" in shown.text


def test_how_long_a_text_is_stands_as_the_reader_writes_numbers() -> None:
    def size(length: int, limit: int | None) -> str:
        form = Form(Place.SITE, "x" * length, limit)
        return str(Pasted(form, NAMES[Place.SITE], HINTS[Place.SITE]).size)

    assert size(1395, None) == "Characters: 1,395"
    assert size(1395, 2000) == "Characters: 1,395 of at most 2,000"
    assert size(1, None) == "Characters: 1"
    with using("fr"):
        assert "1\N{NARROW NO-BREAK SPACE}395" in size(1395, None)
