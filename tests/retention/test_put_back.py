"""An older copy is put back: the parts that were erased since go once more, and nothing that came after."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from tests import databases, moulds
from tests.newsroom.desk import Desk, text
from tests.newsroom.logins import client_of
from tests.retention import planted
from tests.retention.test_erase_part import erase, went_out
from tests.retention.traces import traces

from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.models import Item, Source
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.retention import outside
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.setting import lift_hold, set_hold
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Part
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.models import Finding, SentBack
from masthead.vocabulary import WaiverReason

_numbers = count()

type Copies = Callable[[Path], Callable[[], Path]]


@pytest.fixture
def copied(
    database: databases.SQLite | databases.PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Copies]:
    """Copies home and database; what it gives puts them back, with the list of erasures as it is by then."""
    with ExitStack() as opened:
        homes = [tmp_path / "home"]

        def copy(home: Path) -> Callable[[], Path]:
            name = f"copy_{next(_numbers)}"
            database.keep(name)
            kept = tmp_path / name
            shutil.copytree(home, kept, ignore=shutil.ignore_patterns("db.sqlite3*"))

            def put_back() -> Path:
                there = tmp_path / f"back-{next(_numbers)}"
                shutil.copytree(kept, there)
                shutil.copyfile(homes[-1] / outside.FILE, there / outside.FILE)
                homes.append(there)
                moulds.move_in(monkeypatch, there, opened.enter_context(database.fresh(there, name)))
                return there

            return put_back

        yield copy


def correct(desk: Desk, item: Item, words: str, *sources: str) -> None:
    given = tuple(text(each, f"{each.split()[0].lower()}.md") for each in sources)
    public.correct(
        desk.editor, item, text(words), "It was so.", uses=(), sources=given, folder=site_folder(item)
    )


def erasures() -> list[Entry]:
    return list(Entry.objects.filter(kind=Kind.PART_ERASED).order_by("place"))


def test_a_source_that_came_after_the_copy_was_put_back_stays(small, copied):
    out = went_out(small)
    put_back = copied(small.home)
    erase(small, out.item, Part.SOURCES)
    there = put_back()
    assert "nightjarwitness-tape" in str(traces(there, "nightjarwitness-tape"))
    correct(small, out.item, "The quay was loud at night.", "Ultramarineledger of the harbour.")
    review.send_back(small.other_editor, items.newest(out.item), "Thank Celadonclerk.")
    assert go_round() == 1
    assert traces(there, "Nightjarwitness", "nightjarwitness-tape", "nightjarwitness-notes") == []
    kept = Source.objects.get(version=items.newest(out.item), label="ultramarineledger.md")
    assert items.document_of(kept).text.startswith("Ultramarineledger")
    assert SentBack.objects.filter(note="Thank Celadonclerk.").exists()
    assert [values_of(each)["ground"] for each in erasures()] == ["restored"]
    assert verify_log().intact
    assert outside.brought_back() == {}


def test_it_is_done_once_in_a_copy_and_once_in_one_that_is_older_still(small, copied):
    out = went_out(small)
    older = copied(small.home)
    correct(small, out.item, "The quay was loud at dawn.")
    newer = copied(small.home)
    erase(small, out.item, Part.SOURCES)
    for put_back in (newer, older):
        there = put_back()
        assert go_round() == 1
        assert traces(there, "Nightjarwitness", "nightjarwitness-tape") == []
        correct(small, out.item, "The quay was loud at noon.", "Ultramarineledger of the harbour.")
        assert (go_round(), len(erasures())) == (0, 1)
        assert not Source.objects.get(label="ultramarineledger.md").erased
        assert verify_log().intact


def test_while_a_hold_stands_it_waits_and_then_takes_no_more(small, copied):
    out = went_out(small)
    put_back = copied(small.home)
    erase(small, out.item, Part.SOURCES)
    put_back()
    hold = set_hold(small.editor, item_of(out.item.public_id), "A claim.")
    assert go_round() == 0
    correct(small, out.item, "The quay was loud at noon.", "Ultramarineledger of the harbour.")
    lift_hold(small.steward, hold, "Settled.")
    assert go_round() == 1
    assert [row.label for row in Source.objects.filter(version__item=out.item) if not row.erased] == [
        "ultramarineledger.md"
    ]


def test_a_draft_that_is_the_newest_in_the_copy_goes_too_and_later_ones_stay(small, copied):
    item = planted.draft(small, planted.Words())
    put_back = copied(small.home)
    quiet = text("The quay was quiet.")
    items.add_version(small.author, items.newest(item), quiet, answers=items.Answers("Q"))
    erase(small, item, Part.DRAFTS)
    there = put_back()
    assert go_round() == 1
    assert is_erased(items.newest(item).sha256)
    assert traces(there, "Marigoldstreet", "Vermilionquay", "Obsidianlead") == []
    assert (go_round(), len(erasures())) == (0, 1)
    assert verify_log().intact


def test_a_version_that_came_after_the_copy_was_put_back_stays_and_so_does_the_work(small, copied):
    """What is out can still be corrected, though the newest draft of the copy went."""
    out = went_out(small)
    draft = items.add_version(small.author, items.newest(out.item), text("Umberpier was loud."))
    put_back = copied(small.home)
    correct(small, out.item, "The quay was loud at dawn.")
    erase(small, out.item, Part.DRAFTS)
    there = put_back()
    assert go_round() == 1
    assert is_erased(items.newest(out.item).sha256)
    assert items.newest(out.item).pk == draft.pk
    assert traces(there, "Umberpier", "Marigoldstreet") == []
    assert client_of(small.editor).get("/desk/").status_code == 200
    assert client_of(small.editor).get(f"/desk/items/{out.item.public_id}/correct").status_code == 200
    correct(small, out.item, "The quay was loud at noon.")
    items.add_version(small.author, items.newest(out.item), text("The quay was loud at night."))
    correct(small, out.item, "The quay was loud at ten.")
    assert (go_round(), len(erasures())) == (0, 1)
    assert [is_erased(each.sha256) for each in out.item.versions.order_by("-number")[:3]] == [False] * 3
    assert verify_log().intact


def test_a_draft_that_went_out_since_stays(small, copied):
    item = planted.draft(small, planted.Words())
    put_back = copied(small.home)
    quiet = text("The quay was quiet.")
    items.add_version(small.author, items.newest(item), quiet, answers=items.Answers("Q"))
    erase(small, item, Part.DRAFTS)
    put_back()
    version = items.newest(item)
    review.sign_off(small.other_editor, version)
    _waived(small, item)
    public.publish(small.editor, version, site_folder(item))
    go_round()
    assert not is_erased(items.newest(item).sha256)
    assert verify_log().intact


def _waived(desk: Desk, item: Item) -> None:
    for finding in Finding.objects.filter(run__version__item=item):
        if not item.waivers.filter(fingerprint=finding.fingerprint).exists():
            review.waive(desk.editor, finding.run.version, finding, WaiverReason.WITNESSED)


def without_ids(path: Path) -> None:
    """As the list was written before it said what of a part went."""
    lines = [json.loads(line) for line in path.read_text().splitlines() if line]
    kept = [{name: said[name] for name in said if name not in ("rows", "fields")} for said in lines]
    path.write_text("".join(f"{json.dumps(said)}\n" for said in kept))


@pytest.mark.parametrize("marked", [True, False])
def test_a_line_that_lists_no_rows_is_replayed_once_only(small, copied, marked):
    out = went_out(small)
    put_back = copied(small.home)
    erase(small, out.item, Part.SOURCES)
    path = small.home / outside.FILE
    without_ids(path)
    there = put_back()
    assert go_round() == 1
    if not marked:
        # Killed between the entry and the line that says so.
        lines = (there / outside.FILE).read_text().splitlines()
        (there / outside.FILE).write_text("\n".join(line for line in lines if "replayed" not in line))
    correct(small, out.item, "The quay was loud at noon.", "Ultramarineledger of the harbour.")
    assert (go_round(), len(erasures())) == (0, 1)
    assert not Source.objects.get(label="ultramarineledger.md").erased


def test_a_line_whose_entry_is_here_is_written_again_with_what_went(small):
    out = went_out(small)
    erase(small, out.item, Part.SOURCES)
    (whole,) = outside.listed()
    assert whole["rows"]
    assert whole["fields"]
    without_ids(small.home / outside.FILE)
    assert outside.note() == 1
    assert outside.listed() == [whole]
    assert outside.note() == 0
