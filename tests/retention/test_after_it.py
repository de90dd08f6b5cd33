"""An item whose newest versions went with old drafts once more, after an older copy was put back."""

import pytest
from tests.newsroom.desk import Desk, text
from tests.newsroom.logins import client_of
from tests.retention import planted
from tests.retention.test_erase_part import OF_DRAFTS, erase, went_out
from tests.retention.test_put_back import copied, correct

from masthead.errors import Stale
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.erased import Erased, is_erased
from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.retention import commands
from masthead.newsroom.retention.schedule import go_round
from masthead.newsroom.retention.setting import lift_hold, set_hold
from masthead.newsroom.retention.subjects import item_of
from masthead.newsroom.retention.words import Ground, Part
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.models import Finding
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.models import Line
from masthead.newsroom.worklist.step import Step
from masthead.vocabulary import WaiverReason

__all__ = ["copied"]

USES = {"use-0-task": "editing", "use-0-tier": "T2"}


@pytest.fixture
def out(small, copied) -> Item:
    """One that is out, with a newer draft that is gone."""
    item = went_out(small).item
    items.add_version(small.author, items.newest(item), text("Umberpier was loud."))
    put_back = copied(small.home)
    correct(small, item, "The quay was loud at dawn.")
    erase(small, item, Part.DRAFTS)
    put_back()
    assert go_round() == 1
    return item


@pytest.fixture
def lost(small, copied) -> Item:
    """One that never went out, of which no version is left."""
    item = planted.draft(small, planted.Words())
    put_back = copied(small.home)
    quiet = text("The quay was quiet.")
    items.add_version(small.author, items.newest(item), quiet, answers=items.Answers("Q"))
    erase(small, item, Part.DRAFTS)
    put_back()
    assert go_round() == 1
    return item


def seen(desk: Desk, item: Item, path: str = "", *, by: str = "editor") -> str:
    answer = client_of(getattr(desk, by)).get(f"/desk/items/{item.public_id}/{path}")
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def line(item: Item) -> Line:
    catch_up()
    return Line.objects.get(item=item)


@pytest.mark.parametrize("by", ["editor", "author", "steward"])
def test_its_page_says_what_is_out_and_what_was_erased_by_whom_and_why(small, out, by):
    page = seen(small, out, by=by)
    assert "The quay was loud." in page
    assert "<h1" in page
    assert "Quay</h1>" in page
    assert "Version 4 was erased" in page
    assert "the clock" in page
    assert "erased before, and brought back by an older backup" in page
    assert "Version 3 is out since" in page
    assert not [word for word in (*OF_DRAFTS, "Umberpier") if word in page]


def test_where_a_person_erased_it_it_is_they_who_are_named(small, lost):
    """Nobody but the clock erases a newest version; a later word of a steward about the rest is theirs."""
    assert "by the clock" in seen(small, lost)
    items.add_version(small.author, items.newest(lost), text("The quay was quiet."))
    items.add_version(small.author, items.newest(lost), text("The quay was quiet at noon."))
    assert "was erased" not in seen(small, lost)


def test_a_list_has_it_by_the_title_of_what_is_out(small, out):
    listed = line(out)
    assert (listed.title, listed.step) == ("Quay", Step.OUT)


def test_what_is_withdrawn_is_shown_as_withdrawn(small, out):
    public.withdraw(small.editor, out, "It was not so.", site_folder(out))
    page = seen(small, out)
    assert "Withdrawn" in page
    assert "is out since" not in page
    assert line(out).step == Step.GONE


def test_its_other_pages_open(small, out):
    for path in ("timeline", "difference", "difference?to=4", "disclosure", "correct", "publish"):
        assert "Umberpier" not in seen(small, out, path)
    assert "loud</ins>" in seen(small, out, "difference")


def test_a_new_version_begins_with_what_is_out(small, out):
    address = f"/desk/items/{out.public_id}/versions/new"
    client = client_of(small.author)
    assert "The quay was loud." in seen(small, out, "versions/new", by="author")
    gone = items.newest(out)
    same = client.post(address, USES | {"base": gone.number, "words": "The quay was loud."})
    assert same.status_code == 303
    kept = items.newest(out)
    assert (kept.number, is_erased(kept.sha256)) == (gone.number + 1, False)
    assert "was erased" not in seen(small, out)
    assert verify_log().intact


def test_nothing_is_left_and_the_page_says_how_to_go_on(small, lost):
    for by in ("editor", "author"):
        page = seen(small, lost, by=by)
        assert "Version 1 was erased" in page
        assert "No version of it is left" in page
        assert f"/desk/items/{lost.public_id}/versions/new" in page
    assert line(lost).step == Step.MEND
    for who, path in ((small.author, "/desk/"), (small.editor, "/desk/log/")):
        listed = client_of(who).get(path).content.decode()
        assert "Text without a title" in listed, path
        assert "Picture" not in listed, path


def test_what_lost_every_version_takes_a_new_one_and_goes_out(small, lost):
    address = f"/desk/items/{lost.public_id}/versions/new"
    client = client_of(small.author)
    assert client.get(address).status_code == 200
    assert client.post(address, USES | {"base": 1, "words": ""}).status_code == 422
    assert client.post(address, USES | {"base": 1, "words": "The quay was quiet."}).status_code == 303
    version = items.newest(lost)
    assert version.number == 2
    review.run_checks(small.author, version)
    for finding in Finding.objects.filter(run__version=version):
        review.waive(small.editor, version, finding, WaiverReason.WITNESSED)
    review.sign_off(small.other_editor, version)
    public.publish(small.editor, version, site_folder(lost))
    assert line(lost).step == Step.OUT
    assert verify_log().intact


def test_what_is_erased_itself_takes_none(small, lost):
    """Where the rest of it was erased since, it is no more."""
    commands.erase(small.steward, item_of(lost.public_id), Ground.OBJECTED)
    with pytest.raises(Erased):
        items.add_version(small.author, items.newest(lost), text("The quay was quiet."))
    answer = client_of(small.editor).get(f"/desk/items/{lost.public_id}/")
    assert answer.status_code == 404
    assert line(lost).step == Step.GONE


def test_whoever_had_an_older_version_before_them_is_told(small, out):
    """What is left is not the newest: a version on top of it is refused as of any item."""
    with pytest.raises(Stale):
        items.add_version(small.author, out.versions.get(number=3), text("The quay was loud at ten."))


def test_it_is_held_and_let_go_as_any_other(small, out):
    hold = set_hold(small.editor, item_of(out.public_id), "A claim.")
    assert seen(small, out)
    lift_hold(small.steward, hold, "Settled.")
