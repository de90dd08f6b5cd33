"""An item that is not out can be erased: nothing of what it said is left, and what was proved stays so."""

import json

import pytest
from django.db import connection
from tests.evidence.verifiers import Auditor
from tests.newsroom.logins import client_of
from tests.retention import planted
from tests.retention.traces import traces

from masthead.errors import MastheadError, NotAllowed, Refused
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.erased import Erased
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.public.projection import contents
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.models import Remains
from masthead.newsroom.retention.subjects import item_of, question_of
from masthead.newsroom.retention.words import Ground
from masthead.newsroom.review.commands import run_checks, sign_off, waive
from masthead.newsroom.review.models import Finding
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.models import Line
from masthead.vocabulary import WaiverReason

ASKED = Ground.OBJECTED


def erase(desk, item):
    return commands.erase(desk.steward, item_of(item.public_id), ASKED)


def test_nothing_of_a_draft_is_left_in_any_byte(small):
    words = planted.Words()
    item = planted.draft(small, words)
    catch_up()
    assert Line.objects.get(item=item).title == words.title
    assert {each.split(": ")[1] for each in traces(small.home, *words.all)} == set(words.all)
    report = erase(small, item)
    assert report.left == 0
    assert traces(small.home, *words.all) == []
    assert verify_log().intact
    assert Line.objects.get(item=item).title == ""


def test_what_went_is_told_with_its_places_and_what_stays_with_its_ground(small):
    item = planted.draft(small, planted.Words())
    report = erase(small, item)
    told = {where for each in report.removed for where in each.where}
    assert {
        "blobs/",
        "items_version.title",
        "items_source.label",
        "items_aiuse.quote",
        "evidence_entry",
    } <= told
    assert {each.why.value for each in report.kept} == {"legal claims", "outside this software"}
    entry = Entry.objects.get(place=report.place)
    assert entry.kind == Kind.DATA_ERASED
    json.dumps(report.to_json())


def test_a_look_says_the_same_and_changes_nothing(small):
    item = planted.draft(small, planted.Words())
    size = Entry.objects.count()
    seen = commands.look(small.steward, item_of(item.public_id), ASKED).to_json()
    assert Entry.objects.count() == size
    done = erase(small, item).to_json()
    assert done.pop("entry") == size
    assert seen.pop("entry") is None
    assert seen == done


def test_erasing_again_changes_nothing(small):
    item = planted.draft(small, planted.Words())
    erase(small, item)
    size = Entry.objects.count()
    again = erase(small, item)
    assert (again.removed, again.place, again.left) == ((), None, 0)
    assert Entry.objects.count() == size


def test_what_is_out_is_withdrawn_first(small):
    item = planted.leaver(small).items[0]
    with pytest.raises(Refused, match="Withdraw"):
        erase(small, item)


def test_of_what_was_withdrawn_stays_what_the_audience_was_told(small, tmp_path):
    words = planted.Words()
    item = planted.withdrawn(small, words)
    before = contents(item)["bundle.json"]
    report = erase(small, item)
    assert report.left == 0
    assert traces(small.home, *words.all) == []
    assert verify_log().intact
    item.refresh_from_db()
    page = (site_folder(item) / "index.html").read_text()
    assert "It was not so." in page
    auditor = Auditor(tmp_path, keys.public_line(small.home))
    assert auditor.answer(before) == 0
    publish_checkpoint()
    assert auditor.answer(contents(item)["bundle.json"]) == 0


def test_of_its_drafts_no_hash_stays_by_which_a_guess_could_be_confirmed(small):
    draft = planted.draft(small, planted.Words())
    hashes = set(draft.versions.values_list("sha256", "canonical_sha256")[0])
    version = items.add_version(small.author, items.newest(draft), planted.text("The quay was quiet."))
    run_checks(small.author, version)
    for finding in Finding.objects.filter(run__version=version):
        waive(small.editor, version, finding, WaiverReason.WITNESSED)
    sign_off(small.editor, version)
    public.publish(small.editor, version, site_folder(draft))
    public.withdraw(small.editor, draft, "It was not so.", site_folder(draft))
    erase(small, draft)
    sealed = b"".join(map(bytes, Entry.objects.values_list("sealed", flat=True))).decode()
    assert not [each for each in hashes if each in sealed]
    assert version.canonical_sha256 in sealed


def test_questions_about_it_go_with_it(small):
    words = planted.Words()
    item = planted.withdrawn(small, planted.Words(title="Another", story="Words of 1234.", label="a.md"))
    assert item
    out = planted.leaver(small).items[0]
    asked = planted.question(small, out, words)
    report = commands.erase(small.steward, question_of(asked.public_id), ASKED)
    assert report.left == 0
    assert traces(small.home, "Cormorantfigure", words.reach) == []
    assert verify_log().intact


def test_nothing_more_is_done_with_what_is_erased(small):
    item = planted.draft(small, planted.Words())
    erase(small, item)
    version = items.newest(item)
    with pytest.raises(Erased):
        items.add_source(small.author, version, planted.text("more", "more.md"))
    with pytest.raises(Erased):
        run_checks(small.author, version)
    with pytest.raises(MastheadError):
        sign_off(small.editor, version)


def test_its_pages_at_the_desk_open_and_say_nothing_of_it(small):
    words = planted.Words()
    item = planted.draft(small, words)
    client = client_of(small.editor)
    address = f"/desk/items/{item.public_id}/"
    assert words.title in client.get(address).content.decode()
    erase(small, item)
    for path in (address, "/desk/", "/desk/log/", "/desk/search/?q=scandal"):
        answer = client.get(path)
        assert answer.status_code == (404 if path == address else 200), path
        assert ("was erased" in answer.content.decode()) == (path == address)
        assert not [word for word in words.all if word in answer.content.decode()], path


def test_only_a_steward_erases(small):
    item = planted.draft(small, planted.Words())
    with pytest.raises(NotAllowed):
        commands.erase(small.editor, item_of(item.public_id), ASKED)
    with pytest.raises(NotAllowed):
        commands.look(small.author, item_of(item.public_id), ASKED)
    assert not Remains.objects.exists()


def test_it_is_said_what_the_database_keeps_out_of_our_reach(small):
    report = erase(small, planted.draft(small, planted.Words()))
    said = [str(each.what) for each in report.kept]
    assert any("writes ahead" in each for each in said) == (connection.vendor == "postgresql")
