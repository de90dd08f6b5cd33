"""The bundle of an item as it is served: made on asking, with what outsiders say of the log by then."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.evidence.desk import erase
from tests.evidence.outsiders import Authority, Witness
from tests.evidence.verifiers import Auditor
from tests.newsroom.desk import ready
from tests.public.outlet import page_of, published, withdrawn

from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.public.serving.kept import store


def asked(reader, item):
    answer = reader.get(f"{page_of(item)}bundle.json")
    assert answer.status_code == 200
    return answer.content


def test_a_witness_who_cosigns_later_is_in_the_next_bundle_though_nothing_was_recorded(
    small, reader, tmp_path
):
    item = published(small)
    before = asked(reader, item)
    witness = Witness("archive.example/witness")
    auditor = Auditor(tmp_path, keys.public_line(small.home), (str(witness.key),))
    assert auditor.answer(before) == 1
    witness.cosign(Checkpoint.objects.latest("size"))
    assert auditor.answer(asked(reader, item)) == 0
    # Who kept the older one has lost nothing.
    assert Auditor(tmp_path, auditor.key).answer(before) == 0


def test_a_stamp_and_a_newer_head_are_in_the_next_bundle(small, reader, tmp_path):
    item = published(small)
    first = json.loads(asked(reader, item))
    ready(small)
    assert json.loads(asked(reader, item)) == first, "what is not signed yet changes nothing"
    newest = publish_checkpoint()
    second = json.loads(asked(reader, item))
    assert second["checkpoint"] == newest.note != first["checkpoint"]
    Authority(tmp_path / "tsa").stamp(newest)
    (stamp,) = json.loads(asked(reader, item))["stamps"]
    assert stamp["authority"] == "http://tsa.example/"


def test_while_nobody_says_more_it_is_kept(small, reader):
    item = published(small)
    asked(reader, item)
    with CaptureQueriesContext(connection) as queries:
        asked(reader, item)
    assert len(queries) <= 5
    assert not any("sealed" in each["sql"] for each in queries)


def test_a_withdrawn_item_has_the_bundle_of_its_withdrawal(small, reader, tmp_path):
    item = published(small)
    asked(reader, item)
    withdrawn(small, item)
    made = asked(reader, item)
    assert json.loads(made)["content"] is None
    assert Auditor(tmp_path, keys.public_line(small.home)).answer(made) == 0


def test_where_something_that_opens_was_erased_there_is_no_new_bundle_and_the_page_stays(small, reader):
    item = published(small)
    places = [each["place"] for each in json.loads(asked(reader, item))["entries"]]
    erase(places[-1], "role")
    ready(small)
    store.clear()
    assert reader.get(f"{page_of(item)}bundle.json").status_code == 404
    page = reader.get(page_of(item))
    assert page.status_code == 200
    assert b"bundle.json" not in page.content
