"""What was altered past the log is never vouched for by the command that changes it next: it is refused."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests.cli.terminal import Desk as Terminal
from tests.faults import everything, flipping
from tests.faults.hurting import put_back, rename_somebody, run
from tests.faults.test_flipped_bits import seed
from tests.newsroom.desk import approved, ready, size, text, use
from tests.witness.conftest import reach

from masthead.errors import ReadOnly
from masthead.newsroom.accounts.commands import end_role, grant_role, set_end
from masthead.newsroom.accounts.models import Person, RoleGrant
from masthead.newsroom.evidence import damage, erasing, rows
from masthead.newsroom.evidence.as_vouched import Altered
from masthead.newsroom.evidence.head import locked_head
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.evidence.models import KeptDamage, RowDigest
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.vouched import Mutable, new_id
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.register.commands import decide_on, record_terms
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.retention.commands import erase
from masthead.newsroom.retention.models import Hold
from masthead.newsroom.retention.setting import lift_hold, set_hold
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Ground, On
from masthead.vocabulary import Role, SystemStatus

__all__ = ["reach"]

AGAIN = 20
"""How often another bit of a column is tried where the database does not let one be stored."""


def alter(model, column, value):
    run(f'UPDATE "{model._meta.db_table}" SET {column} = %s', value)


def newest(row):
    """The entry that vouches for a row."""
    said = RowDigest.objects.filter(table=row._meta.db_table, row=row.pk)
    return said.order_by("-entry").values_list("entry_id", flat=True).first()


def change(row, **fields):
    def decide(r):
        r.change(row, **fields)
        return dict.fromkeys(FIELDS[Kind.ROLE_GRANTED].opens)

    return record(Kind.ROLE_GRANTED, actor=None, decide=decide)


def ann():
    return Person.objects.get(name="Ann Author")


def terms(desk):
    record_terms(desk.steward, AISystem.objects.first(), date(2026, 11, 1), training_opt_out=True)


def pause(desk):
    decide_on(desk.steward, AISystem.objects.first(), SystemStatus.PAUSED, reason="An error.")


def last_day(desk):
    set_end(desk.steward, ann(), datetime.now(UTC).date())


def no_contributor(desk):
    end_role(desk.steward, ann(), Role.CONTRIBUTOR)


def protect(desk):
    items.protect(desk.editor, Item.objects.first(), protected=True)


def erase_the_draft(desk):
    draft = Version.objects.get(title="Bank").item
    erase(desk.steward, Subject(On.ITEM, draft.pk), Ground.NO_LONGER_NEEDED)


def lift(desk):
    lift_hold(desk.steward, Hold.objects.get(), "It is over.")


TRIED = {
    "a system whose terms are read": (AISystem, "provider", "Evil Corp", terms),
    "a system that is paused": (AISystem, "provider", "Evil Corp", pause),
    "a use case that is paused with its system": (UseCase, "stage", "internal", pause),
    "a person who leaves": (Person, "office", True, last_day),
    "a role that ends": (RoleGrant, "granted_at", "2020-01-01 00:00:00", no_contributor),
    "an item that is protected": (Item, "medium", "image", protect),
    "a version that is erased": (Version, "media_type", "text/plain", erase_the_draft),
    "a hold that is lifted": (Hold, "reason", "A whim.", lift),
}


@pytest.mark.parametrize("case", sorted(TRIED))
def test_what_was_altered_is_refused_named_and_kept_by_whoever_is_about_to_change_it(small, case):
    model, column, value, command = TRIED[case]
    approved(small)
    ready(small, use())
    items.add_item(small.author, text("The bank broke."), title="Bank", language="en")
    if model is Hold:
        set_hold(small.steward, Subject(On.EVERYTHING), "A court asked.")
    alter(model, column, value)
    vouching = {newest(each) for each in model.objects.all()}
    before, stored = size(), [*model.objects.order_by("pk").values()]
    with pytest.raises(Altered, match="is not as it wrote it") as refused:
        command(small)
    place, why = refused.value.failure.place, refused.value.failure.why
    assert place in vouching
    assert f"entry {place}: a row of {model._meta.db_table} is not as it wrote it" in str(refused.value)
    assert "Nothing was recorded" in str(refused.value)
    assert "`masthead log verify`" in str(refused.value)
    assert (size(), [*model.objects.order_by("pk").values()]) == (before, stored)
    (kept,) = damage.known(small.home)
    assert (kept.place, kept.found_by, str(kept.why)) == (place, "command", str(why))
    assert KeptDamage.objects.exists() is (connection.vendor == "postgresql")
    with pytest.raises(ReadOnly):
        items.add_item(small.author, text(), language="en")
    failure = verify_log().first_failure
    assert (failure.place in vouching, str(failure.why)) == (True, str(why))


def test_a_role_that_was_raised_by_hand_and_used_is_not_ended_unsaid(small):
    grant = RoleGrant.objects.get(person=ann(), role=Role.CONTRIBUTOR)
    run("UPDATE accounts_rolegrant SET role = 'steward' WHERE id = %s", at(grant))
    # Who acts by it is not asked for here: see decision 20.
    grant_role(small.author, Person.objects.get(name="Ed Editor"), Role.FACILITATOR)
    with pytest.raises(Altered) as refused:
        end_role(small.steward, ann(), Role.STEWARD)
    assert refused.value.failure.place == newest(grant)
    assert verify_log().first_failure.place == newest(grant)


def at(row):
    return row.pk.hex if connection.vendor == "sqlite" else row.pk


def test_a_row_that_was_put_in_is_not_taken_for_one_of_ours_once_it_is_changed(small):
    grant = RoleGrant.objects.get(person=ann(), role=Role.CONTRIBUTOR)
    columns = [field.column for field in RoleGrant._meta.concrete_fields if field.name not in ("id", "role")]
    named = ", ".join(columns)
    run(
        f"INSERT INTO accounts_rolegrant (id, role, {named})"
        f" SELECT %s, 'steward', {named} FROM accounts_rolegrant WHERE id = %s",
        at(RoleGrant(pk=new_id())),
        at(grant),
    )
    with pytest.raises(Altered, match="accounts_rolegrant has a row that no entry vouches for"):
        end_role(small.steward, ann(), Role.STEWARD)
    assert "no entry vouches for" in str(verify_log().first_failure.why)


def test_a_row_that_was_taken_away_is_named(small):
    grant = RoleGrant.objects.get(person=ann(), role=Role.CONTRIBUTOR)
    place = newest(grant)
    run("DELETE FROM accounts_rolegrant WHERE id = %s", at(grant))
    with pytest.raises(Altered, match=f"entry {place}: a row of accounts_rolegrant .* is gone"):
        change(grant, ended_at=datetime.now(UTC))


def test_a_word_on_a_row_that_is_to_come_is_not_believed(small):
    """Somebody alters a row, and says at a place of no entry that this is how it was written."""
    person = ann()
    run("UPDATE accounts_person SET office = %s WHERE id = %s", True, at(person))
    person.refresh_from_db()
    shape, salt = rows.shape_of(Person), bytes(16)
    (values,) = rows.read_again(Person, [person.pk])
    run(
        'INSERT INTO evidence_rowdigest (place, "table", "row", salt, digest) VALUES (%s, %s, %s, %s, %s)',
        size() + 9,
        "accounts_person",
        at(person),
        salt,
        shape.digest(salt, values),
    )
    with pytest.raises(Altered):
        set_end(small.steward, person, datetime.now(UTC).date())


def test_once_it_is_put_right_the_same_command_goes_through(small):
    rename_somebody()
    eve = Person.objects.get(name="Eve Author")
    today = datetime.now(UTC).date()
    with pytest.raises(Altered):
        set_end(small.steward, eve, today)
    put_back()
    with pytest.raises(ReadOnly):
        set_end(small.steward, ann(), today)
    acknowledge(small.steward, "Somebody was in the database.")
    set_end(small.steward, ann(), today)
    assert ann().ends_on == today
    assert verify_log().intact


def test_the_terminal_says_what_was_altered_and_what_to_do(small, terminal: Terminal):
    approved(small)
    alter(AISystem, "provider", "Evil Corp")
    for told in ("a row of register_aisystem is not as it wrote it", "read-only"):
        done = terminal("register", "pause", AISystem.objects.first().name, "--by", "Ada Steward")
        assert done.code == 1
        assert told in done.err
    assert "Evil" not in (small.home / damage.FILE).read_text()


def test_a_row_is_changed_over_and_over_also_in_the_entry_that_added_it(small):
    person = Person(name="Zoe Newcomer", key="zoe newcomer")

    def decide(r: Recording):
        r.add(person)
        r.change(person, office=True)
        r.change(person, ends_on=date(2030, 1, 1))
        return dict.fromkeys(FIELDS[Kind.PERSON_ADDED].opens)

    record(Kind.PERSON_ADDED, actor=None, decide=decide)
    change(person, ends_on=None)
    change(person, office=False)
    assert verify_log().intact


def test_what_was_erased_of_a_row_is_no_alteration_and_it_changes_on(small):
    person = ann()

    def decide(r: Recording):
        erasing.blank(r, Person, {person.pk: {"name": "gone", "key": "gone"}})
        erasing.blank(r, Person, {person.pk: {"office": True}})
        return dict.fromkeys(FIELDS[Kind.DATA_ERASED].opens) | {"removed": {}}

    for _ in range(2):
        record(Kind.DATA_ERASED, actor=None, decide=decide)
        person.refresh_from_db()
        change(person, ends_on=date(2030, 1, 1))
    assert verify_log().intact
    run("UPDATE accounts_person SET name = 'back' WHERE id = %s", at(person))
    with pytest.raises(Altered):
        record(Kind.DATA_ERASED, actor=None, decide=decide)


def test_what_was_not_looked_at_is_not_vouched_for_as_erased(small):
    person = ann()

    def decide(r: Recording):
        r.vouch_as_erased(Person, person.pk)

    with pytest.raises(RuntimeError, match="before it is erased"):
        record(Kind.DATA_ERASED, actor=None, decide=decide)


def test_many_rows_of_a_table_are_looked_at_in_one_question(small):
    people = [*Person.objects.all()]
    said = []

    def seen(execute, sql, *args):
        said.append(sql)
        return execute(sql, *args)

    def decide(r: Recording):
        r.change_all(people, ends_on=date(2030, 1, 1))
        return dict.fromkeys(FIELDS[Kind.ROLE_GRANTED].opens)

    with connection.execute_wrapper(seen):
        record(Kind.ROLE_GRANTED, actor=None, decide=decide)
    assert len(people) > 2
    assert len([sql for sql in said if "LEFT JOIN" in sql and "evidence_rowdigest" in sql]) == 1
    assert verify_log().intact


@pytest.mark.long
def test_any_turned_bit_of_any_row_that_commands_change_is_noticed_before_it_is_changed(
    small, reach, monkeypatch, tmp_path
):
    """Of every column of every such table, past every condition."""
    flipping.forget()
    everything.fill(small, reach, monkeypatch, tmp_path)
    chance = seed()
    models = [model for model in apps.get_models() if issubclass(model, Mutable)]
    tried, missed = set(), []
    for name, cells in flipping.cells(models).items():
        for _ in range(AGAIN):
            cell = chance.choice(cells)
            row = stored(cell)
            before = as_read(row)
            with flipping.flipped(cell, chance) as changed:
                if changed is None:
                    continue
                tried.add(name)
                if not refused(row) and as_read(row) != before:
                    missed.append((name, cell.value, changed))
            break
    assert not missed, missed[:5]
    assert {name.partition(".")[0] for name in tried} == {model._meta.db_table for model in models}
    assert verify_log().intact


def stored(cell):
    return cell.model._base_manager.get(pk=cell.row["id"])


def as_read(row):
    try:
        return [*rows.read_again(type(row), [row.pk])]
    except Exception:  # noqa: BLE001 - whatever cannot be read is another
        return None


def refused(row):
    """Whether the row is refused, changed as a command would, to what it was."""
    kept = {"id", "entry_id", "revision"}
    name = next(field.attname for field in row._meta.concrete_fields if field.attname not in kept)
    try:
        with transaction.atomic():
            locked_head()
            Recording(size(), datetime.now(UTC), None).change(row, **{name: getattr(row, name)})
            transaction.set_rollback(True)
    except Altered as error:
        return error.failure.place == newest(row)
    return False
