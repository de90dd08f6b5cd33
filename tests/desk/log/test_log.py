"""The evidence log as each reader may read it, and an entry's proof."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from tests.newsroom.desk import TEXT, approved, ready, size, text, use
from tests.newsroom.logins import client_of

from masthead.desk.log.naming import NAMES
from masthead.desk.log.words import USED, WORDS
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.register.commands import decide_on
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, SystemStatus

LOG = "/desk/log/"


def auditor(desk) -> Client:
    return client_of(Actor(add_person(desk.steward, "Al Auditor", [Role.AUDITOR]).id))


def html(client: Client, address: str = LOG, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def lines(client: Client, **asked: str) -> list:
    return list(client.get(LOG, asked).context["lines"])


def goes(client: Client, **asked: str) -> list[tuple[str, str, list[str]]]:
    """Who did what to which item, as the page tells it: by whom, the title, and each thing done."""
    found = []
    for go in LexborHTMLParser(html(client, **asked)).css("section:first-of-type .facts > div"):
        who, title = go.css_first("dt b"), go.css_first("dd > a:not(.meta)")
        done = [" ".join(each.text(deep=False).split()) for each in go.css("dd.small")]
        found.append((who.text() if who else "", title.text() if title else "", done))
    return found


def test_every_kind_has_its_words():
    assert set(WORDS) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.name)
def test_a_sentence_needs_nothing_that_its_kind_does_not_have(kind):
    words = WORDS[kind]
    templates = [words.says.template, *([words.unless[1].template] if words.unless else [])]
    for template in templates:
        for name in re.findall(r"%\((\w+)\)s", template):
            assert name == "who" or (name in FIELDS[kind].opens and name in USED), template
    if words.unless:
        assert words.unless[0] in FIELDS[kind].opens


def test_an_editor_reads_who_did_what_to_which_item(small):
    system = approved(small)
    version = ready(small, use())
    commands.publish(small.author, version)
    decide_on(small.editor, system, SystemStatus.PAUSED, reason="It invents.")
    told = goes(client_of(small.editor))
    assert ("Ed Editor", "", ["Paused Ink."]) in told
    assert ("Ann Author, contributor", "River", ["Published the item."]) in told
    assert ("Ed Editor, editor", "River", ["Read the item and signed it off."]) in told
    assert ("Ann Author", "River", ["Had the checks run.", "Brought the item in."]) in told


def test_entries_are_shown_only_of_a_kind_a_person_an_item_or_a_day(small):
    approved(small)
    version, other = ready(small), ready(small)
    client = client_of(small.editor)
    kind = str(Kind.SIGNED_OFF.value)
    assert {line.kind for line in lines(client, kind=kind)} == {Kind.SIGNED_OFF}
    mine = lines(client, person=str(small.editor.person_id))
    assert {line.kind for line in mine} == {Kind.SIGNED_OFF}
    about = lines(client, item=version.item.public_id)
    assert {line.item for line in about} == {version.item.public_id}
    assert [line.kind for line in about] == [Kind.SIGNED_OFF, Kind.CHECKS_RUN, Kind.ITEM_ADDED]
    day = Entry.objects.get(place=0).recorded_at.date().isoformat()
    assert lines(client, since=day, until=day)
    assert lines(client, until="1999-01-01") == []
    assert lines(client, since="2999-01-01") == []
    assert "No entry fits" in html(client, until="1999-01-01")
    assert other


@pytest.mark.parametrize("typed", ["River", "x" * 26, "x" * 99, "a\0b"])
def test_an_id_of_no_item_is_said_at_its_field_and_the_page_stays(small, typed):
    page = html(client_of(small.editor), item=typed)
    assert "There is a problem" in page
    assert "Evidence log" in page
    assert 'id="id_item_error"' in page


def test_the_pages_hold_every_entry_once(small, monkeypatch):
    monkeypatch.setattr("masthead.desk.log.finding.SIZE", 7)
    ready(small)
    client, seen, before = client_of(small.editor), [], ""
    for _ in range(9):
        answer = client.get(LOG, {"before": before})
        seen += [line.place for line in answer.context["lines"]]
        before = answer.context["older"]
        if not before:
            break
    assert seen == list(range(size() - 1, -1, -1))
    assert client.get(LOG, {"before": "'; --"}).status_code == 200


def test_neither_a_short_page_nor_its_end_tells_an_auditor_of_drafts(small, monkeypatch):
    monkeypatch.setattr("masthead.desk.log.finding.SIZE", 2)
    approved(small)
    out = ready(small, use())
    commands.publish(small.author, out)
    for words in ("# One\n\nSo.", "# Two\n\nSo.", "# Three\n\nSo."):
        out = add_version(small.author, out, text(words), language="en")
    client = auditor(small)
    today = Entry.objects.get(place=0).recorded_at.date().isoformat()
    for asked in ({"item": out.item.public_id}, {"since": today, "until": today}):
        before, places = "", []
        while True:
            answer = client.get(LOG, {**asked, "before": before})
            page = list(answer.context["lines"])
            assert not any(line.hidden for line in page)
            places += [line.place for line in page]
            before = answer.context["older"]
            if not before:
                break
            assert len(page) == 2
            assert before == str(places[-1])
        assert places
    drafts = Entry.objects.filter(kind=Kind.VERSION_ADDED).values_list("place", flat=True)
    assert not set(places) & set(drafts)


def test_an_auditor_sees_no_names_no_drafts_and_nothing_protected(small):
    approved(small)
    out = ready(small, use())
    commands.publish(small.author, out)
    add_version(small.author, out, text("# Scandal at the dam\n\nSo."), language="en")
    hidden = ready(small)
    commands.publish(small.author, hidden)
    protect(small.editor, hidden.item, protected=True)
    add_item(small.author, text(TEXT), title="A draft", language="en")
    client = auditor(small)
    page = html(client) + html(client, before="25")
    for never in ("Ann", "Ed Editor", "Ada", "A draft", "Scandal", hidden.item.public_id):
        assert never not in page
    shown = [line for line in [*lines(client), *lines(client, before="25")] if line.item]
    assert {line.item for line in shown} == {out.item.public_id}
    assert {line.kind for line in shown} == {
        Kind.ITEM_ADDED,
        Kind.CHECKS_RUN,
        Kind.SIGNED_OFF,
        Kind.PUBLISHED,
    }
    assert all(line.at is None and line.on is not None for line in shown)
    assert 'id="id_item_error"' in html(client, item=hidden.item.public_id)
    says = {line.kind: str(line.says) for line in shown}
    assert says[Kind.SIGNED_OFF] == "Someone (editor) read the item and signed it off."
    assert says[Kind.PUBLISHED] == "Someone (contributor) published the item."


def test_an_auditor_reads_the_second_review_of_what_is_out(small):
    broken = add_item(small.author, text("Water is rising."), title="Flood", language="en")
    commands.run_checks(small.author, broken)
    glass = commands.break_glass(
        small.editor, broken, reason="Bob at the dam says so.", review_within=timedelta(hours=24)
    )
    commands.publish(small.editor, broken)
    commands.review_break_glass(small.other_editor, glass, upheld=True, note="Bob was right.")
    client = auditor(small)
    line = next(line for line in lines(client) if line.kind is Kind.SECOND_REVIEW)
    assert str(line.says) == "Someone (editor) reviewed what went out past the gate: it stands."
    assert line.item == broken.item.public_id
    page = html(client, f"{LOG}{line.place}/")
    assert "Whether it stands" in page
    assert "Bob" not in page
    protect(small.editor, broken.item, protected=True)
    assert broken.item.public_id not in html(client)


def test_every_field_has_its_words():
    assert set(NAMES) == {*IMPLICIT, *(name for fields in FIELDS.values() for name in fields.opens)}


def test_no_entry_page_tells_an_auditor_more_than_the_audience_may_know(small):
    system = approved(small)
    out = ready(small, use())
    commands.publish(small.author, out)
    version = ready(small)
    decide_on(small.editor, system, SystemStatus.PAUSED, reason="Because of Bob.")
    protect(small.editor, version.item, protected=True)
    client = auditor(small)
    secrets = [str(small.author.person_id), str(small.editor.person_id), "Because of Bob", version.sha256]
    secrets += [version.item.public_id, "Ann Author", "rows"]
    for place in range(size()):
        page = html(client, f"{LOG}{place}/")
        assert not [each for each in secrets if f">{each}<" in page or each in page.split("<main")[1]]


def test_a_steward_reads_nothing_of_a_protected_item(small):
    version = ready(small)
    protect(small.editor, version.item, protected=True)
    steward = client_of(Actor(add_person(small.steward, "Stu Steward", [Role.STEWARD]).id))
    assert version.item.public_id not in html(steward)
    place = Entry.objects.get(kind=Kind.ITEM_ADDED).place
    page = html(steward, f"{LOG}{place}/")
    assert version.sha256 not in page
    assert "something you may not see" in page


def test_an_entry_shows_its_fields_its_place_and_its_proof(small):
    version = ready(small)
    publish_checkpoint()
    entry = Entry.objects.get(kind=Kind.SIGNED_OFF)
    page = html(client_of(small.editor), f"{LOG}{entry.place}/")
    assert bytes(entry.leaf_hash).hex() in page
    assert version.canonical_sha256 in page
    assert "It is what it was, and its hash is published" in page
    assert "What this does not prove" in page
    assert "Ed Editor" in page


def test_before_a_checkpoint_it_says_that_nobody_outside_can_hold_the_log_to_it(small):
    ready(small)
    page = html(client_of(small.editor), f"{LOG}{size() - 1}/")
    assert "No checkpoint has been published since" in page


def test_the_only_entry_of_a_log_is_proved_too(small):
    publish_checkpoint()
    assert "It is what it was, and its hash is published" in html(client_of(small.editor), f"{LOG}0/")


def test_a_field_changed_behind_the_logs_back_is_found(small):
    ready(small)
    publish_checkpoint()
    place = Entry.objects.get(kind=Kind.SIGNED_OFF).place
    with lifted():
        lines = Entry.objects.get(place=place).sealed.replace(b'"role","editor"', b'"role","steward"')
        Entry.objects.filter(place=place).update(sealed=lines)
    page = html(client_of(small.editor), f"{LOG}{place}/")
    assert "It does not hold" in page
    assert "its sealed fields were changed" in page


@pytest.mark.parametrize("place", ["999999", "9" * 30])
def test_a_place_beyond_the_log_has_no_entry(small, place):
    assert client_of(small.editor).get(f"{LOG}{place}/").status_code == 404


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ADMINISTRATOR, Role.FACILITATOR])
def test_who_may_not_see_the_log_is_refused(small, role):
    person = Actor(add_person(small.steward, "Pat Person", [role]).id)
    assert client_of(person).get(LOG).status_code == 403
    assert client_of(person).get(f"{LOG}0/").status_code == 403


def test_the_queries_of_the_log_do_not_grow_with_it(small):
    def asked() -> int:
        client = client_of(small.editor)
        client.get(LOG)
        with CaptureQueriesContext(connection) as queries:
            client.get(LOG)
        return len(queries)

    ready(small)
    few = asked()
    for _ in range(6):
        commands.publish(small.author, ready(small))
    assert asked() == few


def test_a_search_reads_an_index_and_not_the_whole_log(small):
    """As the planner of the database sees it, in a log of some years."""
    first, now = size(), datetime.now(UTC)
    with lifted():
        Entry.objects.bulk_create(
            (
                Entry(
                    place=first + number,
                    kind=Kind.CHECKS_RUN,
                    recorded_at=now - timedelta(days=9, minutes=number),
                    actor=small.author.person_id,
                    commitment=bytes(32),
                    leaf_hash=bytes(32),
                )
                for number in range(20_000)
            ),
            batch_size=2000,
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for said, index in (
        ({"kind": Kind.POLICY_ADOPTED}, "entry_by_kind"),
        ({"actor": small.other_editor.person_id}, "entry_by_actor"),
        ({"recorded_at__gte": now - timedelta(days=1), "recorded_at__lte": now}, "entry_by_time"),
    ):
        assert index in Entry.objects.filter(**said).order_by("-place")[:26].explain()
