"""Sources alone, or old drafts alone, of an item that is out: what readers have, and its proof, stay."""

from dataclasses import dataclass, replace

import pytest
from django.urls import reverse
from tests.evidence.verifiers import Auditor
from tests.newsroom.desk import Desk, text
from tests.newsroom.logins import client_of
from tests.retention import planted
from tests.retention.traces import traces

from masthead.errors import NotAllowed, Refused
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.models import Item, Source
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.public.projection import contents
from masthead.newsroom.retention import commands, outside
from masthead.newsroom.retention.holding import Held
from masthead.newsroom.retention.report import Report
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.setting import lift_hold, set_hold
from masthead.newsroom.retention.subjects import Subject, item_of
from masthead.newsroom.retention.words import Ground, Part
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.models import Finding
from masthead.newsroom.review.standing import live_sign_off
from masthead.vocabulary import WaiverReason

OF_SOURCES = (
    "Nightjarwitness", "nightjarwitness-tape", "nightjarwitness-notes", "Pellucidsource", "Obsidianlead",
)  # fmt: skip
OF_DRAFTS = ("Vermilionquay", "Marigoldstreet", "Obsidianlead")


@dataclass
class Out:
    """An item that went out after a draft that said more, and was corrected since."""

    item: Item
    words: planted.Words


def went_out(desk: Desk) -> Out:
    words = planted.Words()
    item = planted.draft(desk, words)
    source = text("The Nightjarwitness of the quay saw 4711 barrels.", "nightjarwitness-notes.md")
    items.add_source(desk.author, items.newest(item), source)
    quiet, loud = text("The quay was quiet."), text("The quay was loud.")
    version = items.add_version(desk.author, items.newest(item), quiet, answers=items.Answers("Quay"))
    through_the_gate(desk, item)
    public.publish(desk.editor, version, site_folder(item))
    public.correct(
        desk.editor, item, loud, "A word was wrong.", uses=(), sources=(), folder=site_folder(item)
    )
    return Out(item, words)


def out_of(desk: Desk, item: Item) -> Item:
    """The same, once its newest version went out with a sign-off."""
    through_the_gate(desk, item)
    public.publish(desk.editor, items.newest(item), site_folder(item))
    return item


def through_the_gate(desk: Desk, item: Item) -> None:
    version = items.newest(item)
    review.run_checks(desk.author, version)
    for finding in Finding.objects.filter(run__version=version):
        if not item.waivers.filter(fingerprint=finding.fingerprint).exists():
            review.waive(desk.editor, version, finding, WaiverReason.WITNESSED, "Pellucidsource knows.")
    review.sign_off(desk.other_editor, version)


def erase(desk: Desk, item: Item, part: Part) -> Report:
    return commands.erase(desk.other_editor, item_of(item.public_id, part), Ground.OBJECTED)


def pages(item: Item) -> dict[str, bytes]:
    """What readers have of it, but for how the proof of it grew since."""
    folder = site_folder(item)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("part", "words"), [(Part.SOURCES, OF_SOURCES), (Part.DRAFTS, OF_DRAFTS)])
def test_nothing_of_it_is_left_in_any_byte(small, part, words):
    out = went_out(small)
    assert {each.split(": ")[1] for each in traces(small.home, *words)} == set(words)
    report = erase(small, out.item, part)
    assert report.left == 0
    assert traces(small.home, *words) == []
    assert verify_log().intact


@pytest.mark.parametrize("part", Part)
def test_what_went_out_its_page_and_its_proof_stay(small, part, tmp_path):
    out = went_out(small)
    before, bundle = pages(out.item), contents(out.item)["bundle.json"]
    assert before
    versions = list(out.item.versions.filter(publication__isnull=False).values("sha256", "title"))
    told = contents(out.item)["index.html"]
    erase(small, out.item, part)
    assert pages(out.item) == before
    assert contents(out.item)["index.html"] == told
    assert list(out.item.versions.filter(publication__isnull=False).values("sha256", "title")) == versions
    auditor = Auditor(tmp_path, keys.public_line(small.home))
    assert auditor.answer(bundle) == 0
    assert auditor.answer(contents(out.item)["bundle.json"]) == 0


@pytest.mark.parametrize("part", Part)
def test_it_is_said_what_went_what_stays_and_on_what_ground(small, part):
    out = went_out(small)
    seen = commands.look(small.other_editor, item_of(out.item.public_id, part), Ground.OBJECTED).to_json()
    assert not Entry.objects.filter(kind=Kind.PART_ERASED).exists()
    done = erase(small, out.item, part).to_json()
    assert seen | {"entry": done["entry"]} == done
    assert (done["about"], done["part"]) == ("item", part.value)
    assert {each["ground"] for each in done["kept"]} >= {"freedom of expression", "legal claims"}
    entry = Entry.objects.get(kind=Kind.PART_ERASED)
    said = values_of(entry)
    assert (said["item"], said["part"], said["role"]) == (out.item.public_id, part.value, "editor")
    size = Entry.objects.count()
    again = erase(small, out.item, part)
    assert (again.removed, again.place, Entry.objects.count()) == ((), None, size)


@pytest.mark.parametrize("part", Part)
def test_a_hold_suspends_it(small, part):
    out = went_out(small)
    hold = set_hold(small.editor, item_of(out.item.public_id), "A claim.")
    with pytest.raises(Held):
        erase(small, out.item, part)
    lift_hold(small.steward, hold, "Settled.")
    assert erase(small, out.item, part).place is not None


def test_who_wrote_it_does_not_erase_it(small):
    out = went_out(small)
    for part in Part:
        with pytest.raises(NotAllowed):
            commands.erase(small.author, item_of(out.item.public_id, part), Ground.OBJECTED)


@pytest.mark.parametrize("part", Part)
def test_the_work_goes_on(small, part):
    """A new version is brought in, checked, signed off and goes out; the pages of the desk open."""
    out = went_out(small)
    erase(small, out.item, part)
    client = client_of(small.editor)
    item = f"/desk/items/{out.item.public_id}/"
    for path in ("", "timeline", "difference", "disclosure"):
        page = client.get(item + path)
        assert page.status_code == 200, path
        assert not [word for word in OF_SOURCES[:3] if part is Part.SOURCES and word in page.content.decode()]
    version = items.add_version(small.author, items.newest(out.item), text("The quay was loud again."))
    through_the_gate(small, out.item)
    public.publish(small.editor, version, site_folder(out.item))
    assert client.get(item).status_code == 200
    assert verify_log().intact


@pytest.mark.parametrize("part", Part)
def test_an_editor_alone_does_not_destroy_the_reasons_they_gave(small, part):
    """They waived a finding and sent the item back: why, somebody else decides about."""
    out = went_out(small)
    subject = item_of(out.item.public_id, part)
    size = Entry.objects.count()
    for attempt in (commands.look, commands.erase):
        with pytest.raises(Refused, match="you wrote"):
            attempt(small.editor, subject, Ground.OBJECTED)
    assert Entry.objects.count() == size
    assert out.item.waivers.exclude(note="").exists()
    assert commands.erase(small.steward, subject, Ground.OBJECTED).place is not None
    # Nothing of theirs is left that could go.
    assert commands.erase(small.editor, subject, Ground.OBJECTED).place is None


def test_who_wrote_no_note_of_it_erases_at_once(small):
    out = went_out(small)
    assert erase(small, out.item, Part.SOURCES).place is not None


def test_one_who_is_editor_and_steward_erases_what_they_made_the_reasons_for(solo):
    """Where one person is all there is, a source at risk does not wait either."""
    version = items.add_item(solo.steward, text("The river rose."), sources=[text("It rose.")], title="River")
    review.send_back(solo.steward, version, "Ask again.")
    subject = item_of(version.item.public_id, Part.SOURCES)
    assert commands.erase(solo.steward, subject, Ground.OBJECTED).place is not None


def test_sources_that_another_item_has_too_keep_their_file(small):
    out = went_out(small)
    shared = text("The Nightjarwitness of the quay saw 4711 barrels.", "theirs.md")
    other = items.add_item(small.author, text("Another story."), sources=[shared], title="Other")
    report = erase(small, out.item, Part.SOURCES)
    assert any("something else on record" in str(each.what) for each in report.kept)
    assert items.document_of(other.sources.get())


def test_what_was_signed_and_waived_counts_as_before(small):
    out = went_out(small)
    newest = items.newest(out.item)
    review.sign_off(small.other_editor, newest)
    before = contents(out.item)["disclosure.json"]
    for part in Part:
        erase(small, out.item, part)
    assert live_sign_off(newest) is not None
    assert contents(out.item)["disclosure.json"] == before


def test_a_source_is_no_longer_handed_out(small):
    out = went_out(small)
    source = Source.objects.filter(version=items.newest(out.item)).first()
    client = client_of(small.editor)
    address = f"/desk/items/{out.item.public_id}/"
    file = reverse("desk:source_file", args=[out.item.public_id, source.pk])
    assert client.get(file).status_code == 200
    assert file in client.get(address).content.decode()
    erase(small, out.item, Part.SOURCES)
    page = client.get(address).content.decode()
    assert "A source that was erased" in page
    assert file not in page
    assert client.get(file).status_code == 404


def test_what_an_older_copy_brought_back_goes_again_and_no_more(small):
    out = went_out(small)
    erase(small, out.item, Part.SOURCES)
    (line,) = outside.listed()
    assert line["part"] == "sources"
    path = small.home / outside.FILE
    path.write_text(path.read_text().replace(line["entry"], "0" * 8 + line["entry"][8:]))
    (subject,) = outside.brought_back()
    assert replace(subject, listed=None) == Subject(*_ids(out.item), Part.SOURCES)
    go_round()
    assert outside.brought_back() == {}
    assert not is_erased(items.newest(out.item).sha256)
    assert not out.item.versions.filter(sha256__startswith="0" * 48).exists()


def _ids(item: Item):
    subject = item_of(item.public_id)
    return subject.on, subject.id


def test_the_rest_of_a_withdrawn_item_goes_too(small):
    out = went_out(small)
    for part in Part:
        erase(small, out.item, part)
    public.withdraw(small.editor, out.item, "It was not so.", site_folder(out.item))
    report = commands.erase(small.steward, item_of(out.item.public_id), Ground.OBJECTED)
    assert report.place is not None
    assert traces(small.home, "The quay was", "loud") == []
    assert verify_log().intact
