"""What others have said of a checkpoint is verified with the log; what nobody can verify is told."""

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tests.evidence.desk import add_person
from tests.newsroom.conftest import small
from tests.witness.authority import Authority
from tests.witness.others import Witness, key_of

from masthead.newsroom.evidence import as_kept
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Stamp
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.said_of_it import keep_cosignature, keep_stamp
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.witness.commands import add_witness, end
from masthead.newsroom.witness.models import AskedWitness
from masthead.tlog import cosignature, note
from masthead.tlog.stamp import query

__all__ = ["small"]

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADDRESS = "https://tsa.example/tsr"


@pytest.fixture
def published(small) -> Checkpoint:
    add_witness(small.steward, str(Witness().key), "https://93.184.215.14/w")
    return publish_checkpoint()


def cosign(published: Checkpoint, witness: Witness, at: datetime = NOW) -> None:
    text = note.parse(published.note).text
    line = cosignature.cosign(text, witness.key, witness.private.sign, int(at.timestamp()))
    keep_cosignature(published, line, at)


@pytest.fixture
def authority(published, monkeypatch, tmp_path) -> Authority:
    """Its stamp is kept, and its root is named in the settings."""
    made = Authority(at=datetime.now(UTC).replace(microsecond=0))
    token = made.answer(query(note.parse(published.note).text).content)
    keep_stamp(published, ADDRESS, token, made.at)
    root = str(made.root_in(tmp_path))
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, tsa=ADDRESS, tsa_root=root))
    return made


def change(model, **columns) -> None:
    """Change a row past everything, as somebody does who sees to its hash too."""
    row = model.objects.get()
    for name, value in columns.items():
        setattr(row, name, value)
    with lifted():
        model.objects.update(**columns, as_kept=as_kept.digest_of(row))


def said() -> str:
    return str(verify_log().why or "")


def test_a_cosignature_and_a_stamp_are_verified(published, authority):
    cosign(published, Witness())
    verdict = verify_log()
    assert verdict.intact
    assert (verdict.said.cosignatures, verdict.said.stamps) == (1, 1)
    assert verdict.to_json()["not_looked_at"] == []


def test_a_cosignature_of_a_witness_whose_key_nobody_knows_is_told_as_not_looked_at(published):
    other = Witness("gazette.example/w")
    cosign(published, other)
    verdict = verify_log()
    assert verdict.intact
    assert verdict.to_json()["not_looked_at"] == [f"{other.key.name}+{other.key.key_id.hex()}"]


def test_a_witness_that_is_asked_no_longer_is_known_all_the_same(published, small):
    cosign(published, Witness())
    end(small.steward, AskedWitness.objects.get())
    verdict = verify_log()
    assert verdict.intact
    assert not verdict.said.not_looked_at


def test_a_cosignature_that_another_key_made_is_named_with_its_checkpoint(published):
    cosign(published, Witness())
    text, witness = note.parse(published.note).text, Witness()
    forged = cosignature.cosign(text, witness.key, key_of("another").sign, int(NOW.timestamp()))
    change(Cosignature, line=str(forged))
    assert said() == (
        f"the cosignature of {witness.name} on the checkpoint of {published.size} entries: it does not verify"
    )


def test_a_cosignature_of_another_checkpoint_is_found(published):
    cosign(published, Witness())
    add_person("Grace")
    change(Cosignature, checkpoint_id=publish_checkpoint().size)
    assert "it does not verify" in said()


@pytest.mark.parametrize(
    "columns",
    [
        {"said_at": NOW + timedelta(seconds=1)},
        {"said_at": NOW + timedelta(microseconds=1)},
        {"name": "gazette.example/w"},
        {"key_id": b"1234"},
        {"line": "-"},
        {"line": "\N{EM DASH} tribune.example/w AAAAAAA="},
    ],
)
def test_columns_that_say_something_else_than_the_line_are_found(published, columns):
    cosign(published, Witness())
    change(Cosignature, **columns)
    assert "on the checkpoint of" in said()
    assert "it is not as it was kept" in said()


def test_a_later_word_of_the_same_witness_is_verified_too(published):
    cosign(published, Witness())
    cosign(published, Witness(), NOW + timedelta(days=1))
    assert Cosignature.objects.get().said_at == NOW + timedelta(days=1)
    assert verify_log().intact


def test_a_line_with_a_time_beyond_all_calendars_is_as_another(published):
    cosign(published, Witness())
    start, content = Cosignature.objects.get().line.rsplit(" ", 1)
    late = b64decode(content)
    late = late[:4] + (2**52).to_bytes(8, "big") + late[12:]
    change(Cosignature, line=f"{start} {b64encode(late).decode()}")
    assert "as it was kept" in str(verify_log().first_failure.why)


@pytest.mark.parametrize(
    "columns", [{"said_at": NOW}, {"token": b"1"}, {"token": b"0" * 200_000}], ids=["time", "short", "long"]
)
def test_a_stamp_that_is_not_of_its_checkpoint_is_named(authority, published, columns):
    change(Stamp, **columns)
    assert f"the time stamp from {ADDRESS} on the checkpoint of {published.size} entries: it is not" in said()


def test_a_stamp_of_another_checkpoint_is_found(authority):
    add_person("Grace")
    change(Stamp, checkpoint_id=publish_checkpoint().size)
    assert "it is not of this checkpoint" in said()


def test_a_stamp_that_leads_to_no_root_that_is_known_is_told_as_not_looked_at(
    authority, monkeypatch, tmp_path
):
    (tmp_path / "other").mkdir()
    for root in ("", "/nowhere", str(Authority().root_in(tmp_path / "other"))):
        monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, tsa_root=root))
        verdict = verify_log()
        assert verdict.intact
        assert verdict.said.not_looked_at == {ADDRESS}


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Stamp, {"authority": "https://tsb.example/tsr"}),
        (Cosignature, {"id": "01a206191f9b703bb132495120385d50"}),
        (Checkpoint, {"signed_at": NOW}),
    ],
)
def test_what_nobody_has_signed_is_held_to_the_hash_beside_it(authority, published, model, columns):
    cosign(published, Witness())
    with lifted():
        model.objects.filter(**{"size" if model is Checkpoint else "checkpoint": published.size}).update(
            **columns
        )
    assert "it is not as it was kept" in said()
    assert f"checkpoint of {published.size} entries" in said()
    with lifted():
        model.objects.update(as_kept=None)
    assert "it is not as it was kept" in said()


@pytest.mark.parametrize("model", [Stamp, Cosignature, Checkpoint])
def test_a_row_from_before_there_was_a_hash_beside_it_gets_one(authority, published, model):
    cosign(published, Witness())
    with lifted():
        call_command("migrate", "evidence", "0010", verbosity=0)
        model.objects.update(as_kept=None)
    assert verify_log().intact, "of tables that are yet to be brought up to date, nothing is known"
    with lifted():
        call_command("migrate", verbosity=0)
    assert not model.objects.filter(as_kept=None).exists()
    assert verify_log().intact
    with lifted():
        model.objects.update(as_kept=None)
    assert "it is not as it was kept" in said()


def test_one_that_cannot_be_read_keeps_no_table_from_being_brought_up_to_date(published):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no other sort of value")
    with lifted():
        call_command("migrate", "evidence", "0010", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE evidence_checkpoint SET as_kept = NULL, signed_at = 'soon'")
        call_command("migrate", verbosity=0)
    assert not verify_log().intact
