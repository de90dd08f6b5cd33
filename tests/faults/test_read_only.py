"""What is found damaged is kept, the record is read and not written, and a person ends it."""

import json
import subprocess
import sys
import time

import pytest
from django.db import connection
from tests.api.software import STORY, cms
from tests.cli.terminal import Desk as Terminal
from tests.faults.hurting import put_back, rename_somebody
from tests.newsroom.desk import ready, size, text
from tests.newsroom.logins import client_of
from tests.public.outlet import page_of, published

from masthead.errors import Damaged, ReadOnly, Refused
from masthead.language import Message
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import damage, high_water, watch
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Checkpoint, Entry, LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.integrity import commands
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.integrity.models import Restoration
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.site.serving import preparing
from masthead.newsroom.site.serving.clock import Verifying


def found(home, why="a row of x is not as it wrote it", place=3):
    return damage.note(home, damage.Found(Message(why), place, "schedule"))


def test_what_a_verification_finds_is_kept_with_the_entry_and_the_newest_checkpoint(small):
    publish_checkpoint()
    rename_somebody()
    verdict = watch.verify()
    (kept,) = damage.known(small.home)
    assert (kept.place, str(kept.why)) == (verdict.first_failure.place, str(verdict.first_failure.why))
    said = json.loads((small.home / damage.FILE).read_bytes())
    assert said["size"] == size()
    assert said["checkpoint"] == Checkpoint.objects.order_by("-size").first().note
    assert said["high_water"]["size"] == high_water.read(small.home).size
    assert said["found_by"] == "schedule"
    assert "Eve" not in json.dumps(said)
    assert (small.home / damage.FILE).stat().st_mode & 0o077 == 0


def test_what_was_found_first_is_never_written_again_and_something_else_stands_beside_it(small):
    first = found(small.home)
    content = first.read_bytes()
    assert found(small.home) is None
    second = found(small.home, place=4)
    assert (first.name, second.name) == ("damage.json", "damage.2.json")
    assert first.read_bytes() == content
    assert [each.place for each in damage.known(small.home)] == [3, 4]
    assert not list(small.home.glob("*.new"))


def test_of_two_processes_that_find_something_at_once_neither_takes_the_others_place(small):
    script = (
        "import sys; from pathlib import Path; from masthead.language import Message;"
        "from masthead.newsroom.evidence import damage;"
        "damage.note(Path(sys.argv[1]), damage.Found(Message('x'), int(sys.argv[2]), 'schedule'))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(small.home), str(place)]) for place in range(4)
    ]
    assert [each.wait(60) for each in both] == [0] * 4
    assert sorted(each.place for each in damage.known(small.home)) == [0, 1, 2, 3]


def test_nothing_is_recorded_or_signed_while_it_is_there(small):
    before, signed = size(), Checkpoint.objects.count()
    found(small.home)
    with pytest.raises(ReadOnly, match="read-only"):
        add_item(small.author, text(), language="en")
    with pytest.raises(ReadOnly):
        publish_checkpoint()
    assert (size(), Checkpoint.objects.count()) == (before, signed)
    assert verify_log().intact


def test_a_command_that_waited_for_the_lock_meanwhile_records_nothing(small):
    before = size()

    def locking(execute, sql, *args):
        if "evidence_loghead" in sql:
            found(small.home)
        return execute(sql, *args)

    with connection.execute_wrapper(locking), pytest.raises(ReadOnly):
        add_item(small.author, text(), language="en")
    assert size() == before


def test_to_look_for_it_takes_next_to_nothing(small):
    begun = time.process_time()
    for _ in range(1000):
        damage.refuse(small.home)
    print("µs for one look:", round((time.process_time() - begun) * 1000, 2))


def test_a_start_looks_and_serves_read_only(small):
    assert watch.look()
    assert not preparing.prepare().read_only
    mark = high_water.read(small.home)
    high_water.write(small.home, high_water.HighWater(mark.origin, mark.size + 9, mark.root))
    assert preparing.prepare().read_only
    (kept,) = damage.known(small.home)
    assert "older copy" in str(kept.why)
    assert kept.found_by == "start"


def test_a_start_finds_an_empty_database_under_a_folder_that_published(small):
    publish_checkpoint()
    with lifted():
        LogHead.objects.all().delete()
    assert not watch.look()
    assert "holds no log" in str(damage.known(small.home)[0].why)


def test_the_clock_verifies_in_a_process_of_its_own(small):
    rename_somebody()
    verifying = Verifying()
    verifying()
    verifying()
    assert verifying.process.wait(60) == 0
    (kept,) = damage.known(small.home)
    assert kept.found_by == "schedule"
    assert watch.last(small.home)["intact"] is False


def test_the_way_out_is_a_log_that_verifies_and_a_person_who_says_so(small):
    rename_somebody()
    watch.verify()
    kept = damage.known(small.home)
    with pytest.raises(Damaged, match="does not verify"):
        acknowledge(small.steward)
    put_back()
    with pytest.raises(Refused):
        acknowledge(small.author)
    done = acknowledge(small.steward, "The disk was changed.")
    assert done.place == size() - 1
    assert Entry.objects.get(place=done.place).kind == Kind.RESTORED
    assert Restoration.objects.get().damage == [kept[0].sha256]
    assert not damage.is_there(small.home)
    assert [path.stem for path in (small.home / damage.KEPT).iterdir()] == [kept[0].sha256]
    assert ready(small)
    publish_checkpoint()
    assert verify_log().intact
    with pytest.raises(Refused, match="Nothing was found"):
        acknowledge(small.steward)


def test_an_acknowledgement_that_was_cut_off_is_finished_without_a_second_entry(small, monkeypatch):
    found(small.home)
    found(small.home, place=5)

    def cut(home, found):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(damage, "put_away", cut)
        with pytest.raises(KeyboardInterrupt):
            acknowledge(small.steward)
    assert damage.is_there(small.home)
    before = size()
    assert acknowledge(small.steward).place is None
    assert size() == before
    assert len(list((small.home / damage.KEPT).iterdir())) == 2
    assert Restoration.objects.count() == 1


def test_what_is_found_while_somebody_acknowledges_stays_and_so_does_read_only(small, monkeypatch):
    found(small.home)
    real = commands._recorded

    def meanwhile(*words):
        place = real(*words)
        found(small.home, place=7)
        return place

    with monkeypatch.context() as patch:
        patch.setattr(commands, "_recorded", meanwhile)
        done = acknowledge(small.steward)
    assert done.left
    assert [each.place for each in done.found] == [3]
    assert [each.place for each in damage.known(small.home)] == [7]
    assert len(list((small.home / damage.KEPT).iterdir())) == 1
    with pytest.raises(ReadOnly):
        ready(small)
    assert not acknowledge(small.steward).left
    assert not damage.is_there(small.home)
    assert ready(small)


def test_each_page_of_the_desk_says_so_and_what_was_typed_stays(small):
    version = ready(small)
    browser = client_of(small.editor)
    address = f"/desk/items/{version.item.public_id}/"
    assert "Read-only" not in browser.get(address).content.decode()
    found(small.home)
    for path in (address, "/desk/", "/desk/log/", "/desk/people/"):
        shown = browser.get(path)
        assert shown.status_code == 200
        assert "Read-only" in shown.content.decode(), path
        assert "entry 3" in shown.content.decode(), path
    assert "entry 3" not in client_of(small.author).get(address).content.decode()
    typed = "A long text that somebody wrote all morning.\n" * 5
    answer = browser.post("/desk/items/new", {"text": typed, "title": "Morning"})
    assert answer.status_code == 422
    assert typed.splitlines()[0] in answer.content.decode()
    assert "nothing was recorded" in answer.content.decode()
    # Where a command stands behind no form of its own, what was sent is laid before its sender again.
    said = {"protect": "yes", "note": typed}
    untaken = browser.post(f"{address}protect", said, headers={"Origin": "http://testserver"})
    assert untaken.status_code == 503
    assert typed.splitlines()[0] in untaken.content.decode()
    assert "Send it again" in untaken.content.decode()


def test_software_is_told_by_a_type_of_its_own(small):
    here = cms(small, small.author)
    found(small.home)
    answer = here("POST", "/items", STORY, Idempotency_Key="one")
    assert answer.status_code == 503
    assert json.loads(answer.content)["type"] == "urn:masthead:problem:read-only"
    assert int(answer["Retry-After"]) >= 600
    assert here("GET", "/items").status_code == 200


def test_readers_go_on_reading_and_a_question_is_laid_before_its_sender_again(small, reader):
    item = published(small)
    found(small.home)
    assert reader.get(page_of(item)).status_code == 200
    answer = reader.post(f"{page_of(item)}ask", {"text": "Which tool wrote this?"})
    assert answer.status_code == 503
    said = answer.content.decode()
    assert "Questions cannot be taken just now" in said
    assert "Which tool wrote this?" in said
    assert "damage" not in said


def test_who_looks_after_the_server_is_told(small, client):
    assert client.get("/health").json() == {"ok": True}
    found(small.home)
    assert client.get("/health").json() == {"ok": True, "read_only": True}
    ready = client.get("/ready")
    assert ready.status_code == 503
    assert ready.json()["checks"]["log"] is False


def test_at_the_terminal(small, terminal: Terminal):
    rename_somebody()
    said = terminal("log", "verify")
    assert said.code == 1
    assert "Nothing was repaired" in said.out
    assert damage.known(small.home)[0].found_by == "person"
    refused = terminal("person", "add", "Zoe", "--role", "editor", "--by", "Ada Steward")
    assert refused.code == 1
    assert "masthead log acknowledge" in refused.err
    assert not Person.objects.filter(name="Zoe").exists()
    assert terminal("log", "acknowledge", "--by", "Ada Steward").code == 1
    put_back()
    done = terminal.json("log", "acknowledge", "--by", "Ada Steward", "--note", "A bad disk")
    assert done["place"] == size() - 1
    assert done["found"][0]["place"] is not None
    assert terminal("log", "verify").code == 0
