"""A head that somebody kept outlives the key that signed it: the log is held to it by what it holds."""

import pytest
from tests.evidence.longlog import grow
from tests.evidence.verifiers import Auditor

from masthead.newsroom.accounts.commands.log_keys import rotate
from masthead.newsroom.evidence import bundle, keys
from masthead.newsroom.evidence.attested import Broken, Given
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.export_check import check
from masthead.newsroom.evidence.keys import PRIVATE, FileSigner
from masthead.newsroom.evidence.live_check import vouched
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint as Said
from masthead.tlog.note import VerifierKey


@pytest.fixture
def changed(home, small_mould, tmp_path):
    """(head kept before, its key, a head that the old key signed of another tree) of a log with a new key."""
    desk = small_mould.at(home)
    first, row = keys.public_line(home), publish_checkpoint()
    signer = FileSigner(home / PRIVATE, VerifierKey.parse(first).name)
    forged = str(note.sign(str(Said(signer.key.name, row.size, bytes(32))), signer.key, signer.sign))
    rotate(desk.steward, days=0)
    export(tmp_path / "log")
    return row.note, first, forged


def test_the_record_knows_the_older_keys_of_its_log(changed):
    kept, first, forged = changed
    assert vouched(Given(kept=kept)).kept_checked
    assert vouched(Given(VerifierKey.parse(first), kept=kept)).kept_checked
    assert not vouched(Given(kept=unsigned(kept))).kept_checked
    with pytest.raises(Broken, match="does not hold what the checkpoint you kept stands for"):
        vouched(Given(kept=forged))
    with pytest.raises(Broken, match="an earlier key of the log"):
        vouched(Given(kept=unsigned(forged)))


def test_under_the_new_key_what_the_log_holds_is_the_answer_and_not_who_signed_the_head(
    home, changed, tmp_path
):
    kept, first, forged = changed
    new = Auditor(tmp_path, keys.public_line(home), kept=kept)
    assert new.answer(tmp_path / "log") == 0
    assert "Nothing changed since the checkpoint you kept" in new.said
    assert "was not checked" in new.said
    known = VerifierKey.parse(keys.public_line(home))
    assert not check(tmp_path / "log", Given(known, kept=kept)).kept_checked
    assert not check(tmp_path / "log", Given(kept=kept)).kept_checked
    assert check(tmp_path / "log", Given(VerifierKey.parse(first), kept=kept)).kept_checked
    # A hand-over does not name the old key: whoever has the list can sign it too. So nobody is accused.
    new.kept = forged
    assert new.answer(tmp_path / "log") == 1
    assert "an earlier key" in new.said
    assert "an earlier key" in new.why
    old = Auditor(tmp_path, first, kept=forged)
    assert old.answer(tmp_path / "log") == 1
    assert "does not hold what the checkpoint you kept stands for" in old.said
    assert "does not hold what the checkpoint you kept stands for" in old.why


def test_a_head_larger_than_the_log_is_no_proof_that_it_shrank_unless_the_log_signed_it(
    home, changed, tmp_path
):
    kept, _, _ = changed
    size = Checkpoint.objects.latest("size").size
    lines = kept.split("\n")
    larger = "\n".join([lines[0], str(size + 1), *lines[2:]])
    auditor = Auditor(tmp_path, keys.public_line(home), kept=larger)
    assert auditor.answer(tmp_path / "log") == 1
    assert "shorter" not in auditor.said + auditor.why


def test_a_bundle_from_before_under_the_new_key_says_which_key_to_give(log, tmp_path):
    from tests.evidence.desk import add_person, publish_item

    add_person("Ada")
    place = publish_item().place
    publish_checkpoint()
    made = bundle.build(place)
    other = keys.create(tmp_path / "other", "herald.example/log").key
    auditor = Auditor(tmp_path, str(other))
    assert auditor.answer(made) == 1
    assert "the key of its time" in auditor.said
    assert "the key of its time" in auditor.why


def test_a_head_of_another_log_is_one_whatever_it_holds(log, tmp_path):
    grow(3)
    kept = publish_checkpoint().note
    export(tmp_path / "log")
    auditor = Auditor(tmp_path, keys.public_line(log), kept=kept.replace("herald", "record"))
    assert auditor.answer(tmp_path / "log") == 1


def unsigned(kept):
    """The same head with a signature that is nobody's."""
    read = note.parse(kept)
    nobody = note.Signature(read.signatures[0].name, b"none", bytes(64))
    return str(note.Note(read.text, (nobody,)))
