"""The key of the log changes hands, is replaced and is revoked; whoever holds an earlier one can follow."""

import stat
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from tests.conftest import ORIGIN
from tests.evidence.desk import add_person, sealed_value

from masthead.errors import CannotRead, Damaged, NotAllowed, NotFound, NotReady, Refused
from masthead.newsroom.accounts.commands.log_keys import replace, revoke, rotate
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import damage, high_water, key_ring, keys, signing, watch
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import record
from masthead.newsroom.evidence.models import Checkpoint, Entry, KeyRevocation, LogHead, LogKey
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.setup import setup
from masthead.newsroom.evidence.verify import verify_log
from masthead.tlog import note
from masthead.tlog.handover import Followed, Ground, follow
from masthead.tlog.key_list import KeyList, State
from masthead.tlog.note import Note, VerifierKey


@pytest.fixture
def desk(home, small_mould):
    return small_mould.at(home)


@pytest.fixture
def steward(desk):
    return desk.steward


def current(home) -> VerifierKey:
    return VerifierKey.parse(keys.public_line(home))


def listed(home) -> KeyList:
    return KeyList.parse(key_ring.published(home))


def newest() -> Note:
    return note.parse(Checkpoint.objects.order_by("-size").first().note)


def newest_size() -> int:
    return Checkpoint.objects.order_by("-size").first().size


def signers(read: Note) -> list[bytes]:
    return [line.key_id for line in read.signatures]


def followed(home, key: VerifierKey) -> Followed:
    return follow(key, listed(home).notes)


def record_at(moment: datetime) -> None:
    def decide(r):
        person = r.add(Person(name=f"Person {r.place}", key=f"person {r.place}"))
        return {"person": str(person.id), "office": False, "roles": [], "through": "terminal"}

    record(Kind.PERSON_ADDED, actor=None, decide=decide, now=moment)


def test_a_rotation_is_signed_by_both_and_both_sign_from_there_on(home, steward):
    old = current(home)
    changed = rotate(steward)
    new = current(home)
    assert changed.key == new != old
    assert changed.previous == old
    assert changed.unpublished is None
    assert signers(newest()) == [old.key_id, new.key_id]
    assert note.verify(newest(), old)
    assert note.verify(newest(), new)
    assert verify_log().intact
    assert Entry.objects.order_by("-place").first().kind == Kind.KEY_ROTATED
    assert followed(home, old).keys == (old, new)
    assert [each.state for each in listed(home).keys] == [State.ALONG, State.CURRENT]


def test_a_new_key_is_a_file_of_its_own_that_its_owner_alone_can_read(home, steward):
    before = (home / keys.PRIVATE).read_bytes()
    changed = rotate(steward)
    assert changed.file == home / keys.named(changed.key)
    assert stat.S_IMODE(changed.file.stat().st_mode) == 0o600
    assert (home / keys.PRIVATE).read_bytes() == before
    assert keys.FileSigner(changed.file, ORIGIN).key == changed.key


def test_the_old_key_signs_along_as_long_as_was_said_on_the_log_s_own_clock(home, steward):
    old = current(home)
    rotate(steward, days=3)
    now = datetime.now(UTC)
    record_at(now + timedelta(days=2))
    publish_checkpoint()
    assert signers(newest()) == [old.key_id, current(home).key_id]
    record_at(now + timedelta(days=4))
    publish_checkpoint()
    assert signers(newest()) == [current(home).key_id]
    assert verify_log().intact
    assert [each.state for each in listed(home).keys] == [State.EARLIER, State.CURRENT]


def test_what_has_done_its_work_may_be_destroyed(home, steward):
    rotate(steward, days=0)
    (home / keys.PRIVATE).unlink()
    add_person("Grace")
    publish_checkpoint()
    setup(home, ORIGIN)
    assert verify_log().intact
    assert not (home / keys.PRIVATE).exists()


def test_a_key_put_back_under_the_first_name_signs(home, steward):
    changed = rotate(steward, days=0)
    changed.file.replace(home / keys.PRIVATE)
    add_person("Grace")
    publish_checkpoint()
    assert verify_log().intact


def test_while_it_signs_along_the_old_key_is_missed_and_the_way_on_is_said(home, steward):
    old = current(home)
    rotate(steward)
    (home / keys.PRIVATE).unlink()
    add_person("Grace")
    with pytest.raises(NotReady, match=rf"masthead key revoke {old.key_id.hex()} --reason lost"):
        publish_checkpoint()
    revoke(steward, old.key_id.hex(), Ground.LOST)
    assert signers(newest()) == [current(home).key_id]
    assert verify_log().intact


def test_where_both_are_missing_both_are_named_and_first_the_one_that_signs_now(home, steward):
    before = current(home)
    rotate(steward)
    now = current(home)
    for path in keys.all_files(home):
        path.unlink()
    with pytest.raises(signing.KeyMissing) as caught:
        signing.signers_now(home)
    said = str(caught.value.what)
    assert said.index(now.key_id.hex()) < said.index(before.key_id.hex())
    assert "key replace --reason lost" in str(caught.value.remedy)
    assert f"key revoke {before.key_id.hex()}" in str(caught.value.remedy)


def test_a_checkpoint_lost_in_a_crash_is_published_the_same_after_a_rotation(home, steward):
    add_person("Ada")
    published = publish_checkpoint()
    with lifted():
        Checkpoint.objects.filter(size=published.size).delete()
    rotate(steward)
    assert Checkpoint.objects.get(size=published.size).note == published.note
    both = publish_checkpoint()
    with lifted():
        Checkpoint.objects.filter(size=both.size).delete()
    rotate(steward, days=0)
    assert Checkpoint.objects.get(size=both.size).note == both.note
    assert verify_log().intact


def test_a_checkpoint_that_only_a_lost_key_could_sign_is_passed_over(home, steward):
    add_person("Ada")
    lost = publish_checkpoint().size
    with lifted():
        Checkpoint.objects.filter(size=lost).delete()
    (home / keys.PRIVATE).unlink()
    with pytest.raises(NotReady):
        publish_checkpoint()
    assert replace(steward, Ground.LOST).unpublished is None
    assert not Checkpoint.objects.filter(size=lost).exists()
    assert newest_size() == high_water.read(home).size > lost
    assert verify_log().intact


def test_the_public_line_is_put_right_by_the_next_checkpoint(home, steward):
    rotate(steward)
    new = current(home)
    for spoilt in (b"", b"something else\n"):
        (home / keys.PUBLIC).write_bytes(spoilt)
        add_person(f"Grace {len(spoilt)}")
        publish_checkpoint()
        assert current(home) == new


def test_a_lost_key_is_replaced_and_the_log_goes_on(home, steward):
    old, size = current(home), newest_size()
    seen = bytes(Checkpoint.objects.get(size=size).root)
    (home / keys.PRIVATE).unlink()
    with pytest.raises(NotReady, match="masthead key replace --reason lost"):
        rotate(steward)
    changed = replace(steward, Ground.LOST, since=date(2026, 1, 31))
    assert changed.unpublished is None
    assert signers(newest()) == [current(home).key_id]
    assert verify_log().intact
    assert bytes(Checkpoint.objects.get(size=size).root) == seen
    told = followed(home, old)
    assert told.keys == (old,)
    assert [(each.old, each.key, each.ground) for each in told.replaced] == [
        (old, current(home), Ground.LOST)
    ]
    gone, now = listed(home).keys
    assert (gone.state, gone.ground, gone.since) == (State.REVOKED, Ground.LOST, date(2026, 1, 31))
    assert now.size == gone.revoked_from == LogHead.objects.get().size


def test_a_stolen_key_says_against_itself_that_it_counts_no_longer(home, steward):
    old = current(home)
    replace(steward, Ground.STOLEN)
    told = followed(home, old)
    assert told.keys == (old,)
    assert [(each.key, each.ground) for each in told.revoked] == [(old, Ground.STOLEN)]
    assert not told.verifies(newest(), newest_size())
    assert verify_log().intact


def test_a_replacement_ends_what_signed_along_before_it(home, steward):
    rotate(steward)
    replace(steward, Ground.STOLEN)
    assert signers(newest()) == [current(home).key_id]
    rotate(steward)
    assert len(signers(newest())) == 2


def test_a_checkpoint_signed_with_a_revoked_key_fails(home, steward):
    thief = signing.signer_of(home, current(home))
    replace(steward, Ground.STOLEN)
    add_person("Grace")
    row = publish_checkpoint()
    for signed in (
        note.sign(note.parse(row.note).text, thief.key, thief.sign),
        note.sign_too(note.parse(row.note), thief.key, thief.sign),
    ):
        with lifted():
            Checkpoint.objects.filter(size=row.size).update(note=str(signed))
        verdict = verify_log()
        assert not verdict.intact
        assert verdict.first_failure.place == row.size - 1


def test_an_earlier_key_is_revoked_and_what_it_signed_before_stands(home, steward):
    old = current(home)
    rotate(steward)
    before = newest_size()
    revoke(steward, str(old), Ground.STOLEN, since=date(2026, 2, 1))
    gone = listed(home).keys[0]
    assert (gone.state, gone.revoked_from, gone.since) == (State.REVOKED, before + 1, date(2026, 2, 1))
    assert signers(newest()) == [current(home).key_id]
    assert [each.key for each in followed(home, old).revoked] == [old]
    assert followed(home, old).verifies(newest(), newest_size())
    assert verify_log().intact
    entry = Entry.objects.order_by("-place").first()
    assert entry.kind == Kind.KEY_REVOKED
    assert sealed_value(entry.place, "reason") == "stolen"


@pytest.mark.parametrize("times", [1, 5])
def test_from_the_first_key_the_newest_is_reached(home, steward, times):
    first = current(home)
    chain = [first, *(rotate(steward, days=days).key for days in range(times))]
    assert followed(home, first).keys == tuple(chain)
    assert followed(home, first).verifies(newest(), newest_size())
    assert verify_log().intact


@pytest.mark.parametrize("which", ["steward", "author", "editor"])
def test_only_who_looks_after_keys_changes_them(home, desk, which):
    actor, files = getattr(desk, which), keys.all_files(home)
    if which == "steward":
        rotate(actor)
        return
    for command in (
        lambda: rotate(actor),
        lambda: replace(actor, Ground.STOLEN),
        lambda: revoke(actor, str(current(home)), Ground.OTHER),
    ):
        with pytest.raises(NotAllowed):
            command()
    assert keys.all_files(home) == files
    assert not LogKey.objects.exists()


def test_what_makes_no_sense_is_refused_and_changes_nothing(home, steward):
    old = current(home)
    with pytest.raises(Refused, match="key rotate"):
        replace(steward, Ground.LOST)
    with pytest.raises(Refused, match="key replace"):
        revoke(steward, old.key_id.hex(), Ground.STOLEN)
    with pytest.raises(NotFound):
        revoke(steward, "00000000", Ground.STOLEN)
    assert not LogKey.objects.exists()
    rotate(steward)
    revoke(steward, old.key_id.hex(), Ground.OTHER)
    with pytest.raises(Refused, match="already"):
        revoke(steward, old.key_id.hex(), Ground.OTHER)
    assert KeyRevocation.objects.count() == 1


def test_a_folder_without_any_key_is_helped_by_the_line_as_it_was_published(home, steward):
    old, files = current(home), (home / keys.PRIVATE, home / keys.PUBLIC)
    for file in files:
        file.unlink()
    with pytest.raises(NotReady, match="--old LINE"):
        replace(steward, Ground.LOST)
    with pytest.raises(CannotRead):
        replace(steward, Ground.LOST, old_line="no key")
    other = VerifierKey(old.name, bytes(range(1, 33)))
    with pytest.raises(Refused, match="did not sign"):
        replace(steward, Ground.LOST, old_line=str(other))
    assert not any(file.exists() for file in files)
    replace(steward, Ground.LOST, old_line=str(old))
    assert [each.key for each in listed(home).keys] == [old, current(home)]
    assert verify_log().intact


def test_another_log_s_key_in_its_place_signs_nothing(home, steward, tmp_path):
    keys.create(tmp_path, ORIGIN)
    for file in (keys.PRIVATE, keys.PUBLIC):
        (home / file).write_bytes((tmp_path / file).read_bytes())
    before = Checkpoint.objects.count()
    add_person("Grace")
    with pytest.raises(NotReady, match="not the one that signed"):
        publish_checkpoint()
    assert Checkpoint.objects.count() == before


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o620, 0o666])
def test_a_key_that_others_get_at_signs_nothing(home, steward, mode):
    (home / keys.PRIVATE).chmod(mode)
    add_person("Grace")
    with pytest.raises(NotReady, match="chmod 600"):
        publish_checkpoint()
    (home / keys.PRIVATE).chmod(0o640)
    publish_checkpoint()


def test_a_changed_statement_about_a_key_is_found(home, steward):
    old = current(home)
    rotate(steward)
    row = LogKey.objects.get()
    alone = note.sign(note.parse(row.statement).text, old, signing.signer_of(home, old).sign)
    with lifted():
        LogKey.objects.update(statement=str(alone))
    verdict = verify_log()
    assert not verdict.intact
    assert verdict.first_failure.place == row.entry.place


def test_what_vouches_for_a_key_and_cannot_be_read_is_found_and_nothing_is_signed(home, steward):
    if connection.vendor != "sqlite":
        pytest.skip("a server keeps to the type of a column")
    rotate(steward)
    place = LogKey.objects.get().entry.place
    add_person("Grace")
    with lifted(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evidence_rowdigest SET row = '!' || substr(row, 2) WHERE \"table\" = %s",
            [LogKey._meta.db_table],
        )
    assert verify_log().first_failure.place == place
    assert not watch.look()
    assert damage.filed(home)[0].place == place
    (home / damage.FILE).unlink()
    with pytest.raises(Damaged, match=f"entry {place}"):
        publish_checkpoint()


def test_the_log_verifies_with_any_of_its_keys_and_with_no_other(home, steward):
    old = current(home)
    rotate(steward)
    assert verify_log(old).intact
    assert verify_log(current(home)).intact
    assert not verify_log(VerifierKey(old.name, bytes(range(1, 33)))).intact


def test_nothing_private_is_published_recorded_or_said(home, steward):
    (home / keys.PRIVATE).chmod(0o600)
    secrets = []
    rotate(steward)
    for file in keys.all_files(home):
        pem = file.read_text()
        secrets += [*pem.splitlines()[1:-1], keys.FileSigner(file, ORIGIN)._private.private_bytes_raw().hex()]
    said = key_ring.published(home) + keys.public_line(home)
    said += "".join(bytes(each).decode() for each in Entry.objects.values_list("sealed", flat=True))
    for file in keys.all_files(home):
        file.write_text("-----BEGIN PRIVATE KEY-----\n" + secrets[0] + "\n")
        file.chmod(0o600)
        try:
            signing.signers_now(home)
        except Exception as error:  # noqa: BLE001 - whatever it says
            said += f"{error} {error!r} {error.__cause__!r}"
    assert "-----BEGIN" not in said
    assert not any(secret in said for secret in secrets)
