"""Filters find what fits, and tell nobody of what they may not see."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from tests.desk.log.test_log import LOG, auditor, html, lines
from tests.newsroom.desk import TEXT, approved, ready, size, text, use
from tests.newsroom.logins import client_of

from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.items.models import Version
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review import commands
from masthead.newsroom.witness.commands import add_witness
from masthead.newsroom.witness.models import Alarm
from masthead.tlog.cosignature import CosignerKey
from masthead.vocabulary import WaiverReason


def titled(desk, title: str, *uses) -> Version:
    """A version that the gate clears, under this title."""
    version = add_item(desk.author, text(f"{TEXT} {title}."), uses=uses, title=title, language="en")
    run = commands.run_checks(desk.author, version)
    for finding in run.findings.all():
        commands.waive(desk.editor, version, finding, WaiverReason.CHECK_MISTAKEN)
    commands.sign_off(desk.editor, version)
    return version


def test_an_item_is_found_by_words_of_its_title(small):
    version = titled(small, "River high, dam holds")
    titled(small, "River low")
    client = client_of(small.editor)
    assert {line.item for line in lines(client, item="dam RIVER")} == {version.item.public_id}
    assert "More than one item" in html(client, item="river")
    assert "No item that you may see" in html(client, item="lake")


def test_an_accent_without_a_letter_finds_nothing(small):
    titled(small, "River")
    assert "No item that you may see" in html(client_of(small.editor), item="\u0301")


def test_a_title_that_is_not_out_finds_nothing_for_who_sees_no_drafts(small):
    approved(small)
    out = titled(small, "River", use())
    commands.publish(small.author, out)
    add_version(small.author, out, text("# Scandal at the dam\n\nSo."), language="en")
    hidden = titled(small, "Lake")
    commands.publish(small.author, hidden)
    protect(small.editor, hidden.item, protected=True)
    client = auditor(small)
    assert lines(client, item="river")
    refusals = {html(client, item=words).split("<main")[1].count("No item that you may see")
                for words in ("scandal", "lake", "nowhere")}  # fmt: skip
    assert refusals == {html(client, item="nowhere").split("<main")[1].count("No item that you may see")}


def test_a_system_is_found_in_the_register_and_where_it_was_used(small):
    approved(small)
    version = ready(small, use())
    ready(small)
    system = AISystem.objects.get()
    found = lines(client_of(small.editor), system=str(system.pk))
    assert {line.item for line in found} == {"", version.item.public_id}
    assert Kind.SYSTEM_REGISTERED in {line.kind for line in found}


def test_a_filter_by_system_does_not_tell_an_auditor_what_made_a_draft(small):
    approved(small)
    draft, out = ready(small, use()), ready(small, use())
    commands.publish(small.author, out)
    found = lines(auditor(small), system=str(AISystem.objects.get().pk))
    assert draft.item.public_id not in {line.item for line in found}
    assert not any(line.hidden or line.kind in (Kind.ITEM_ADDED, Kind.VERSION_ADDED) for line in found)


def test_days_in_the_wrong_order_are_said_at_their_field(small):
    page = html(client_of(small.editor), since="2026-11-22", until="2026-11-01")
    assert 'id="id_until_error"' in page


def test_who_sees_little_is_shown_a_page_after_so_many_places_whatever_fits(small, monkeypatch):
    """Where a page ends must not tell how many entries fitted that they may not see."""
    monkeypatch.setattr("masthead.desk.log.finding.REACH", 4)
    approved(small)
    for _ in range(3):
        ready(small)
    client, before, ends, today = auditor(small), "", [], datetime.now(UTC).date().isoformat()
    end = size()
    while True:
        answer = client.get(LOG, {"since": today, "before": before})
        before = answer.context["older"]
        if not before:
            break
        ends.append(int(before))
    assert ends == list(range(end - 4, 0, -4))
    editor = client_of(small.editor).get(LOG, {"since": today})
    assert len(editor.context["lines"]) > 4


def test_an_empty_page_on_the_way_says_to_go_on(small, monkeypatch):
    monkeypatch.setattr("masthead.desk.log.finding.REACH", 2)
    client = auditor(small)
    ready(small)
    page = html(client, since=datetime.now(UTC).date().isoformat())
    assert "Look further back" in page
    assert 'rel="next"' in page


@pytest.mark.parametrize("asked", [{}, {"kind": "18"}, {"since": "2020-01-01"}, {"item": "x" * 26}])
def test_how_it_stands_is_beside_every_list(small, asked):
    ready(small)
    head = publish_checkpoint()
    with lifted():
        Cosignature.objects.create(
            checkpoint=head, name="harbour.example", key_id=b"abcd", line="— x y", said_at=datetime.now(UTC)
        )
    page = LexborHTMLParser(html(client_of(small.editor), **asked))
    said = " ".join(page.css_first("#standing").text().split())
    assert f"{head.size} entries, signed on" in said
    assert "harbour.example, last on" in said
    assert page.css_first("#standing svg[role=img]")


def test_where_nobody_is_asked_it_says_what_that_means_and_what_to_do(small):
    said = html(client_of(small.editor))
    assert "nobody outside could tell. Ask another newsroom" in said
    assert "until an authority for time stamps is set" in said


def test_how_it_stands_is_as_many_questions_however_long_the_log_is(small):
    client = client_of(small.editor)

    def asked() -> int:
        client.get(LOG)
        with CaptureQueriesContext(connection) as queries:
            client.get(LOG)
        return len(queries)

    head, few = publish_checkpoint(), asked()
    with lifted():
        rows = [
            Checkpoint(size=10_000 + n, root=bytes(32), note="x\n", signed_at=head.signed_at)
            for n in range(500)
        ]
        Checkpoint.objects.bulk_create(rows)
        Cosignature.objects.bulk_create(
            Cosignature(checkpoint=row, name=f"w{n}.example", key_id=b"abcd", line="", said_at=row.signed_at)
            for n in range(3)
            for row in rows
        )
    assert asked() == few


def test_the_proof_of_an_entry_is_read_by_others(small):
    import base64

    import aics_tlog

    version = ready(small)
    client = client_of(small.editor)
    place = Entry.objects.get(kind=Kind.SIGNED_OFF).place
    assert client.get(f"{LOG}{place}/proof").status_code == 404
    head = publish_checkpoint()
    answer = client.get(f"{LOG}{place}/proof")
    said = answer.content.decode()
    top, note = said.split("\n\n", 1)
    form, extra, index, *path = top.split("\n")
    assert form == "c2sp.org/tlog-proof@v1"
    assert index == f"index {place}"
    leaf = aics_tlog.leaf_hash(base64.b64decode(extra.removeprefix("extra ")))
    hashes = [base64.b64decode(each) for each in path]
    assert aics_tlog.verify_inclusion(leaf, place, head.size, hashes, bytes(head.root))
    assert note == head.note
    for never in (version.sha256, version.canonical_sha256, "Ed Editor", "River"):
        assert never not in said
    assert client.get(f"{LOG}999999/proof").status_code == 404


def test_the_page_of_an_entry_says_who_vouches_for_a_head_with_it(small):
    ready(small)
    head, client = publish_checkpoint(), client_of(small.editor)
    assert "Nobody outside has signed a head with this entry in it" in html(client, f"{LOG}3/")
    with lifted():
        Cosignature.objects.create(
            checkpoint=head, name="harbour.example", key_id=b"abcd", line="— x y", said_at=datetime.now(UTC)
        )
    ready(small)
    publish_checkpoint()
    page = LexborHTMLParser(html(client, f"{LOG}3/"))
    assert "harbour.example, first on" in page.body.text()
    assert len(page.css("svg[role=img] rect")) == len(page.css("tbody tr")) > 0
    assert "harbour.example" not in html(client, f"{LOG}{size() - 1}/")


def test_a_search_reads_an_index_and_not_the_whole_log_by_system_and_days(small):
    """As the planner of the database sees it, in a log of some years."""
    from masthead.desk.log.finding import telling_of

    approved(small)
    ready(small, use())
    first, now = size(), datetime.now(UTC)
    with lifted():
        Entry.objects.bulk_create(
            (
                Entry(
                    place=first + number,
                    kind=Kind.CHECKS_RUN,
                    recorded_at=now - timedelta(days=9, minutes=number),
                    commitment=bytes(32),
                    leaf_hash=bytes(32),
                    sealed=b"",
                )
                for number in range(20_000)
            ),
            batch_size=2000,
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    system = AISystem.objects.get()
    plan = Entry.objects.filter(telling_of(system)).order_by("-place")[:26].explain()
    assert "SCAN evidence_entry" not in plan, plan
    assert "Seq Scan on evidence_entry" not in plan, plan


def test_who_was_asked_and_has_not_signed_stands_there_with_what_it_means(small):
    witness = CosignerKey("harbour.example", Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    add_witness(small.steward, str(witness), "https://harbour.example/log/witness")
    said = LexborHTMLParser(html(client_of(small.editor))).css_first("#standing").text()
    assert "harbour.example: has cosigned nothing yet" in " ".join(said.split())
    assert "nobody outside could tell" not in said


@pytest.mark.parametrize("ours", [True, False])
def test_an_alarm_stands_above_everything(small, ours):
    origin = LogHead.objects.get().origin if ours else "harbour.example/log"
    with lifted():
        Alarm.objects.create(
            entry=Entry.objects.get(place=0),
            public_id="x" * 22,
            origin=origin,
            fault="fork",
            known="a",
            shown="b",
            proof=[],
            key="k",
            told_by="river.example",
            raised_at=datetime.now(UTC),
        )
    page = LexborHTMLParser(html(client_of(small.editor)))
    alert = page.css_first("main [role=alert]").text()
    assert ("Alarm about this log" if ours else f"Alarm about the log {origin}") in alert
    assert "as shown by river.example" in alert
    assert page.css_first(f'main [role=alert] a[href="/log/witness/alarms/{"x" * 22}.json"]')
