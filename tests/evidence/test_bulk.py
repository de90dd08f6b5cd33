"""Thousands of entries at once: the same log, the same verification, nothing lost or doubled."""

import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import batched
from typing import Any

import pytest
from django.db import IntegrityError, connection
from tests import databases
from tests.evidence.desk import add_person
from tests.evidence.test_crash import NEVER, in_child, settled
from tests.newsroom.desk import ready

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.evidence import bulk, rows, written
from masthead.newsroom.evidence.bulk import Made, record_all, recorded_before
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.guard import NotRecorded, lifted
from masthead.newsroom.evidence.kinds import FIELDS, Kind
from masthead.newsroom.evidence.log import recorded
from masthead.newsroom.evidence.models import Entry, LogHead, Node, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.evidence.vouched import id_of
from masthead.newsroom.items.models import AIUse
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.said import key


def row(name: str) -> dict[str, Any]:
    """The columns of a new person."""
    return {
        "id": id_of("person", name),
        "name": name,
        "key": key(name),
        "office": False,
        "ends_on": None,
        "erased_on": None,
        "revision": 0,
    }


def decide(names: Sequence[str], now: datetime) -> Iterable[Made]:
    known = recorded_before(Person, [id_of("person", name) for name in names])
    for name in dict.fromkeys(names):
        if (new := row(name))["id"] not in known:
            said = {"person": str(new["id"]), "office": False, "roles": [], "through": "terminal"}
            yield Made(said, [(Person, new)])


def add(names: Iterable[str], **more: Any) -> list[range]:
    taken = record_all(Kind.PERSON_ADDED, names, actor=None, decide=decide, **more)
    return [batch.places for batch in taken]


def names(count: int, start: int = 0) -> list[str]:
    return [f"Zoë “{number}”\t𝛼" for number in range(start, start + count)]


def small_parts(monkeypatch, rows: int) -> None:
    """Parts and whole statements of a few rows, and COPY for as few."""
    monkeypatch.setattr(bulk, "TOGETHER", rows)
    monkeypatch.setattr(written, "IN_A_STATEMENT", rows)
    monkeypatch.setattr(written, "MANY", rows)


def test_each_record_gets_an_entry_of_its_own(log):
    add_person("Ada")
    then = datetime(2026, 8, 2, 12, tzinfo=UTC)
    assert add(names(600), at_once=500, now=then) == [range(1, 501), range(501, 601)]
    assert LogHead.objects.get().size == Entry.objects.count() == 601
    assert Node.objects.count() == 2
    last = Entry.objects.get(place=600)
    assert values_of(last)["person"] == str(id_of("person", names(600)[-1]))
    assert (last.recorded_at, values_of(last)["recorded_on"]) == (then, "2026-08-02")
    assert Person.objects.get(entry=last).name == names(600)[-1]
    assert verify_log().intact
    add_person("Grace")
    publish_checkpoint()
    assert verify_log().size == 602


def test_what_is_written_at_once_is_found_when_it_is_changed(log):
    add(names(300))
    with lifted():
        Person.objects.filter(pk=id_of("person", names(300)[200])).update(name="Eve")
    assert verify_log().first_failure.place == 200


def test_the_same_records_again_add_nothing(log):
    add(names(30), at_once=7)
    assert add(names(50), at_once=20) == [range(30, 30), range(30, 40), range(40, 50)]
    assert add(names(50)) == [range(50, 50)]
    assert add([*names(1, 50), *names(1, 50)]) == [range(50, 51)]
    assert verify_log().intact


def test_records_are_taken_as_they_are_needed_and_no_further(log):
    asked = []

    def endless():
        for number in range(10**9):
            asked.append(number)
            yield f"Person {number}"

    taken = record_all(Kind.PERSON_ADDED, endless(), actor=None, decide=decide, at_once=10)
    assert next(taken).places == range(10)
    assert next(taken).places == range(10, 20)
    taken.close()
    assert len(asked) == 20
    assert LogHead.objects.get().size == 20
    assert verify_log().intact


def test_what_decide_raises_undoes_its_batch_alone(log):
    def fussy(some, now):
        if "bad" in some:
            raise Refused(Message("No."), Message("Look again."))
        return decide(some, now)

    taken = record_all(Kind.PERSON_ADDED, ["a", "b", "c", "bad"], actor=None, decide=fussy, at_once=2)
    assert next(taken).places == range(2)
    with pytest.raises(Refused):
        next(taken)
    assert LogHead.objects.get().size == 2
    assert Person.objects.count() == 2
    assert verify_log().intact


@pytest.mark.parametrize(
    ("made", "error"),
    [
        (lambda new: Made({"person": "x"}, [(Person, new)]), ValueError),
        (lambda new: Made(dict.fromkeys(FIELDS[Kind.PERSON_ADDED].opens, ""), []), NotRecorded),
        (
            lambda new: Made(
                dict.fromkeys(FIELDS[Kind.PERSON_ADDED].opens, ""), [(Person, {"id": new["id"]})]
            ),
            KeyError,
        ),
    ],
)
def test_half_an_entry_is_refused(log, made, error):
    taken = record_all(Kind.PERSON_ADDED, ["Ada"], actor=None, decide=lambda *_: [made(row("Ada"))])
    with pytest.raises(error):
        list(taken)
    assert not Person.objects.exists()
    assert LogHead.objects.get().size == 0


def test_what_is_wrong_with_a_late_entry_leaves_nothing_of_those_written_before_it(log):
    def wrong(some, now):
        made = list(decide(some, now))
        return [*made[:700], Made({"person": "x"}, made[700].rows), *made[701:]]

    with pytest.raises(ValueError, match="PERSON_ADDED"):
        list(record_all(Kind.PERSON_ADDED, names(1000), actor=None, decide=wrong))
    assert LogHead.objects.get().size == Entry.objects.count() == Person.objects.count() == 0
    assert add(names(1000)) == [range(1000)]
    assert verify_log().intact


@pytest.mark.parametrize("many", [1, 2, 3, 4, 6, 8])
def test_rows_of_whole_statements_and_beyond_are_written_alike_and_in_order(log, monkeypatch, many):
    small_parts(monkeypatch, 3)
    assert add(names(many)) == [range(many)]
    kept = Person.objects.order_by("entry__place").values("entry__place", *row(""))
    assert list(kept) == [row(name) | {"entry__place": at} for at, name in enumerate(names(many))]
    assert list(Entry.objects.order_by("place").values_list("place", flat=True)) == list(range(many))
    assert verify_log().intact


def test_one_wrong_row_of_a_whole_statement_leaves_nothing(log, monkeypatch):
    small_parts(monkeypatch, 3)

    def wrong(some, now):
        made = list(decide(some, now))
        return [*made[:4], made[0], *made[5:]]

    with pytest.raises(IntegrityError):
        list(record_all(Kind.PERSON_ADDED, names(8), actor=None, decide=wrong))
    assert LogHead.objects.get().size == Entry.objects.count() == RowDigest.objects.count() == 0
    assert add(names(8)) == [range(8)]
    assert verify_log().intact


def test_what_a_later_part_says_wrongly_leaves_nothing_of_those_before(log, monkeypatch):
    small_parts(monkeypatch, 20)

    def wrong(some, now):
        made = list(decide(some, now))
        return [*made[:45], Made({}, made[45].rows), *made[46:]]

    with pytest.raises(ValueError, match="not in the table of kinds"):
        list(record_all(Kind.PERSON_ADDED, names(60), actor=None, decide=wrong))
    assert LogHead.objects.get().size == Entry.objects.count() == 0
    assert add(names(60)) == [range(60)]
    assert verify_log().intact


def test_rows_of_several_tables_and_more_than_one_an_entry_are_vouched_for_each(log):
    def twice(some, now):
        for one, other in batched(decide(some, now), 2):
            yield Made(one.fields, [*other.rows, *one.rows])

    list(record_all(Kind.PERSON_ADDED, names(600), actor=None, decide=twice))
    assert (LogHead.objects.get().size, Person.objects.count(), RowDigest.objects.count()) == (300, 600, 600)
    assert verify_log().intact


def test_equal_values_of_other_types_are_written_each_as_it_is(log):
    columns = [(True, 1, True), ("a", "a", "a"), (None, None, None), (None, 1, 2)]
    made = [written._column(column, repr) for column in columns]
    assert made == [("True", "1", "True"), ("'a'",) * 3, (None,) * 3, (None, "1", "2")]


def test_the_databases_own_constraints_hold(log):
    add(["Ada"])
    doubled = record_all(
        Kind.PERSON_ADDED,
        ["x"],
        actor=None,
        decide=lambda *_: [
            Made(
                {"person": "x", "office": False, "roles": [], "through": "y"},
                [(Person, {**row("ada"), "id": id_of("other")})],
            )
        ],
    )
    with pytest.raises(IntegrityError):
        list(doubled)
    assert LogHead.objects.get().size == 1


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_row_that_refers_to_none_leaves_nothing_of_any_part(home, small_mould, monkeypatch, part):
    small = small_mould.at(home)
    small_parts(monkeypatch, 20)
    version = ready(small)
    size, uses = LogHead.objects.get().size, AIUse.objects.count()
    given = {"system": "Scribe", "task": "summary", "tier": "T1", "start": None, "end": None, "quote": ""}
    given |= {"recorded_by_id": small.author.person_id, "recorded_through": "gateway"}

    def decide_on(some, now):
        for number in some:
            of = id_of("nowhere") if number == 20 * part else version.id
            said = {"item": version.item.public_id, "uses": [], "through": "gateway"}
            yield Made(said, [(AIUse, {"id": id_of("use", str(number)), "version_id": of, **given})])

    def run(numbers):
        return [
            batch.places for batch in record_all(Kind.AI_USE_RECORDED, numbers, actor=None, decide=decide_on)
        ]

    with pytest.raises(IntegrityError):
        run(range(60))
    assert LogHead.objects.get().size == Entry.objects.count() == size
    assert AIUse.objects.count() == uses
    assert run(range(61, 120)) == [range(size, size + 59)]
    assert verify_log().intact


def test_the_guard_sees_what_is_written_past_the_orm(log):
    add(["Ada"])
    if connection.vendor == "postgresql":
        with pytest.raises(NotRecorded):
            written._copy('COPY "accounts_person" FROM STDIN (FORMAT binary)', ["uuid"], [[id_of("Ada")]])
    else:
        with pytest.raises(NotRecorded):
            written._insert('INSERT INTO "accounts_person" ("id") VALUES ', [["x"] * written.IN_A_STATEMENT])
    with connection.cursor() as cursor, pytest.raises(NotRecorded):
        cursor.executemany("UPDATE accounts_person SET name = %s", [("x",)])


def test_listeners_are_told_once_for_a_batch(log):
    told = []

    def listen(receipt, **_):
        told.append(receipt.place)

    recorded.connect(listen)
    try:
        add(names(30), at_once=20)
    finally:
        recorded.disconnect(listen)
    assert told == [19, 29]


@pytest.mark.parametrize("model", [Person, PolicyRevision, RowDigest])
def test_a_row_is_hashed_as_its_shape_says(log, model):
    add(names(3))
    add_person("Ada")
    if not issubclass(model, rows.Vouched):
        model = Person
    shape = rows.shape_of(model)
    for row_id, kept in rows.stored_rows(model, model.objects.values_list("pk", flat=True)):
        values = [kept[column] for column in shape.columns]
        assert shape.digest(b"salt", values) == rows.row_digest(b"salt", kept), row_id
    listed = list(model.objects.values_list(*shape.attributes))
    assert shape.texts(listed) == [shape.text(each) for each in listed]


def test_a_kill_anywhere_leaves_whole_batches_and_the_same_run_goes_on(log, tally, monkeypatch):
    """Killed at every statement and around every COMMIT; what was acknowledged is there, once."""
    small_parts(monkeypatch, 15)
    publish_checkpoint()
    wanted: list[str] = []

    def work(acknowledge):
        for batch in record_all(Kind.PERSON_ADDED, wanted, actor=None, decide=decide, at_once=20):
            acknowledge(f"places {batch.places.start} {batch.places.stop}")

    wanted = names(45, 100_000)
    steps, said = in_child(work, NEVER)
    assert said == ["places 0 20", "places 20 40", "places 40 45"]
    assert steps > 20
    for last in range(steps):
        wanted = names(45, 45 * last)
        before = LogHead.objects.get().size
        _, said = in_child(work, last)
        size = settled()
        acknowledged = max((int(line.split()[2]) for line in said), default=before)
        assert acknowledged <= size <= acknowledged + 20
        assert size - before in (0, 20, 40, 45)
        assert Person.objects.filter(name__in=wanted).count() == size - before
        assert verify_log().intact, last
        # Recovery is the same run again.
        work(lambda said: None)
        assert LogHead.objects.get().size == before + 45
        assert Person.objects.filter(name__in=wanted).count() == 45
    assert verify_log().intact
    tally(f"{steps:5} kills in batches: nothing acknowledged lost or doubled, the same run goes on")


def test_batches_commands_and_publishers_at_once_lose_and_double_no_place(log):
    places: list[int] = []
    trouble: list[Exception] = []

    def batches(start):
        for part in add(names(60, start), at_once=30):
            places.extend(part)

    def commands(start):
        places.extend(add_person(f"Person {start} {number}")[1].place for number in range(10))

    def publishing(_):
        for _ in range(5):
            publish_checkpoint()

    def run(work, start):
        try:
            work(start)
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            trouble.append(error)
        finally:
            databases.close()

    works = [(batches, 0), (batches, 100), (batches, 0), (commands, 1), (commands, 2), (publishing, 0)]
    threads = [threading.Thread(target=run, args=each) for each in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert sorted(places) == list(range(140))
    publish_checkpoint()
    assert verify_log().intact
