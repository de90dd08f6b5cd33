"""The page of the log for people, and what opened in it on the page of an item."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.evidence.outsiders import Witness
from tests.newsroom.desk import ready, size
from tests.public.outlet import corrected, page_of, published

from masthead.language import LANGUAGES, Message, using
from masthead.newsroom.evidence import damage, watch
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import FIELDS, Kind, Opens, opening_of
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Stamp
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.public.drawing import chart
from masthead.newsroom.public.opened import KINDS, NAMES
from masthead.newsroom.public.showing.growth import shown
from masthead.newsroom.witness.commands import add_witness
from masthead.newsroom.witness.models import AskedWitness
from masthead.tlog.cosignature import CosignerKey

WITNESS = str(Witness("stopped.example/witness").key)


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).body.text(separator=" ").split())


def tree(response):
    return LexborHTMLParser(response.content.decode())


def witnessed(name: str, checkpoint: Checkpoint, at: datetime | None = None) -> None:
    """A cosignature on record, as the room of witnesses keeps it once it has verified it."""
    with lifted():
        Cosignature.objects.create(
            checkpoint=checkpoint, name=name, key_id=b"abcd", line="— x y", said_at=at or datetime.now(UTC)
        )


def test_before_anything_is_signed_it_says_so(small, reader):
    with lifted():
        Checkpoint.objects.all().delete()
    said = words(reader.get("/log/"))
    assert "Nothing is signed yet" in said
    assert "None. Nobody outside has signed" in said
    assert "How it has grown" not in said


def test_it_tells_the_newest_head_its_key_and_how_to_check(small, reader):
    published(small)
    response = reader.get("/log/")
    said = words(response)
    newest = Checkpoint.objects.order_by("-size")[0]
    assert f"{newest.size} entries, signed on" in said
    assert json.loads(reader.get("/log/index.json").content)["keys"][0] in said
    for part in (
        "Check it yourself",
        "What this does not prove",
        "verify_masthead.py",
        "That nothing was left out",
    ):
        assert part in said
    assert tree(response).css_first('a[href="/log/checkpoint"]')


def test_nothing_finer_than_a_day_stands_on_it(small, reader):
    published(small)
    newest = Checkpoint.objects.order_by("-size")[0]
    witnessed("harbour.example", newest)
    for address in ("/log/", "/log/index.json"):
        said = reader.get(address).content.decode()
        assert newest.signed_at.date().isoformat() in said
        assert newest.signed_at.strftime("%H:%M") not in said
        assert "T" + newest.signed_at.strftime("%H") not in said


def test_what_is_not_published_yet_is_not_counted(small, reader):
    published(small)
    out = Checkpoint.objects.order_by("-size")[0].size
    ready(small)
    told = json.loads(reader.get("/log/index.json").content)
    assert size() > out
    assert told["head"]["size"] == out
    assert told["growth"][-1]["size"] == out


def test_it_names_each_witness_once_with_the_newest_it_signed(small, reader):
    item = published(small)
    first = Checkpoint.objects.order_by("-size")[0]
    corrected(small, item)
    newest = publish_checkpoint()
    witnessed("harbour.example", first, datetime.now(UTC) - timedelta(days=9))
    witnessed("harbour.example", newest)
    witnessed("river.example", first)
    told = json.loads(reader.get("/log/index.json").content)
    assert {each["name"]: each["size"] for each in told["witnesses"]} == {
        "harbour.example": newest.size,
        "river.example": first.size,
    }
    said = words(reader.get("/log/"))
    assert "That everybody sees the same log: nobody" not in said
    assert "harbour.example, last on" in said


def test_a_time_stamp_is_told_by_whose_it_is(small, reader):
    published(small)
    newest = Checkpoint.objects.order_by("-size")[0]
    with lifted():
        Stamp.objects.create(
            checkpoint=newest, authority="https://tsa.example/tsr", token=b"x", said_at=newest.signed_at
        )
    assert "tsa.example, last on" in words(reader.get("/log/"))


def test_a_record_found_damaged_is_told_plainly(small, reader, settings):
    published(small)
    home = Path(settings.MASTHEAD_HOME)
    damage.note(home, damage.Found(Message("the entry is missing or cannot be read"), 3, "schedule"))
    assert "Something in this log did not agree" in words(reader.get("/log/"))
    assert json.loads(reader.get("/log/index.json").content)["damaged"] is True


def test_damage_seen_at_the_start_is_not_told_as_if_all_had_been_gone_through(small, reader):
    published(small)
    watch.verify()
    damage.note(small.home, damage.Found(Message("the head is torn"), None, "start"))
    said = words(reader.get("/log/"))
    assert "not everything agreed" not in said
    assert "nothing was changed" in said
    assert "was found at another look" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_has_its_words_and_its_figures_beside_it(small, reader, language):
    published(small)
    page = tree(reader.get(f"/{language}/log/"))
    for drawing in page.css("svg"):
        assert drawing.attributes["role"] == "img"
        for name in drawing.attributes["aria-labelledby"].split():
            assert page.css_first(f"#{name}").text().strip()
    ids = [each.attributes["id"] for each in page.css("[id]")]
    assert len(ids) == len(set(ids))
    row = [cell.text() for cell in page.css("tbody tr")[-1].css("td")]
    assert row[0] == str(Checkpoint.objects.order_by("-size")[0].size)


def test_a_drawing_stands_on_its_sheet_and_turns_with_the_language(small):
    published(small)
    found = shown(datetime.now(UTC).date()).found
    for rtl in (False, True):
        drawn = chart(found, 328, 220, rtl=rtl)
        assert all(0 <= x <= 328 and 0 <= y <= 220 for x, y in drawn.marks)
        assert (drawn.marks[-1][0] > 164) is not rtl


def test_it_weighs_little(small, reader):
    published(small)
    assert len(gzip.compress(reader.get("/log/").content)) < 8_000


def test_the_address_without_its_stroke_leads_to_it(small, reader):
    answer = reader.get("/fr/log")
    assert (answer.status_code, answer["Location"]) == (301, "/fr/log/")


def test_every_page_leads_to_it_and_so_does_the_proof_of_an_item(small, reader):
    item = published(small)
    for address in ("/", "/register", "/verify"):
        assert tree(reader.get(f"/fr{address}")).css_first('footer a[href="/fr/log/"]')
    assert tree(reader.get(page_of(item))).css_first('dd a[href="/log/"]')


def test_what_opens_has_its_words():
    kinds = {kind for kind in Kind if FIELDS[kind].opens_at_all}
    assert set(KINDS) == kinds
    fields = {
        name for kind in kinds for name in FIELDS[kind].opens if opening_of(kind, name) is not Opens.NEVER
    }
    assert set(NAMES) == {"recorded_on", *fields} - {"item"}


def test_the_page_of_an_item_shows_what_opened_as_its_proof_has_it(small, reader):
    item = published(small)
    here = page_of(item)
    bundle = json.loads(reader.get(f"{here}bundle.json").content)
    page = tree(reader.get(here))
    terms = [each.text() for each in page.css("#proof ~ details dt")]
    assert terms == [f"Entry {each['place']}" for each in bundle["entries"]]
    said = " ".join(page.css_first("#proof ~ details").text().split())
    for entry in bundle["entries"]:
        for field in entry["opened"]:
            if field["name"].endswith("sha256"):
                assert field["value"] in said
    assert "Role: editor" in said
    assert "the signed head of the log" in words(reader.get(here))
    told = json.loads(reader.get(f"{here}item.json").content)["proof"]["entries"]
    assert [each["place"] for each in told] == [each["place"] for each in bundle["entries"]]


def test_what_opened_is_said_in_the_language_of_the_page(small, reader):
    item = published(small)
    with using("fr"):
        called = str(NAMES["role"])
    assert called in tree(reader.get(f"/fr{page_of(item)}")).css_first("#proof ~ details").text()


def test_the_proof_names_who_countersigned_a_head_with_it(small, reader):
    item = published(small)
    here = page_of(item)
    assert "nobody outside has countersigned it yet" in words(reader.get(here))
    witnessed("harbour.example", Checkpoint.objects.order_by("-size")[0])
    corrected(small, item)
    said = words(reader.get(here))
    assert "nobody outside has countersigned it yet" in said, "it signed before this came in"
    witnessed("harbour.example", Checkpoint.objects.order_by("-size")[0])
    assert "Countersigned by harbour.example" in words(reader.get(here))
    assert f"at {Checkpoint.objects.latest('size').size} entries" in words(reader.get(here))


def test_a_witness_that_stopped_long_ago_is_told_as_such(small, reader):
    published(small)
    newest = Checkpoint.objects.latest("size")
    now = datetime.now(UTC)
    add_witness(small.steward, WITNESS, "https://stopped.example/witness")
    party = AskedWitness.objects.get()
    with lifted():
        AskedWitness.objects.update(added_at=now - timedelta(days=60))
        Cosignature.objects.create(
            checkpoint=newest,
            name=party.name,
            key_id=CosignerKey.parse(party.key).key_id,
            line="\u2014 x y",
            said_at=now - timedelta(days=30),
        )
        for n in range(1, 203):
            row = Checkpoint.objects.create(
                size=newest.size + n, root=bytes(32), note=newest.note, signed_at=now
            )
            Cosignature.objects.create(
                checkpoint=row, name="fresh.example/w", key_id=b"abcd", line="\u2014 x y", said_at=now
            )
    told = {each["name"]: each for each in json.loads(reader.get("/log/index.json").content)["witnesses"]}
    assert told[party.name]["size"] == newest.size
    assert told[party.name]["but"] == "that is too long ago"
    assert told["fresh.example/w"]["but"] == "no longer asked"
    assert f"{party.name}, last on" in words(reader.get("/log/"))


def test_who_is_asked_and_has_signed_nothing_is_no_witness_yet(small, reader):
    published(small)
    add_witness(small.steward, WITNESS, "https://stopped.example/witness")
    said = words(reader.get("/log/"))
    assert "asked, and has signed nothing yet" in said
    assert "signed nothing yet Nobody outside has signed" in said
