"""Bring the lines up to date with the log, in one idempotent way for every day and for recovery.

What is slow is read outside any transaction, by as many processes as like. Each then writes in one short
transaction that begins by moving `Reached.turn` on from what it was when the reading began; whoever comes
second there moves nothing, writes nothing and looks again. So a line never falls behind the place that
`Reached` names: what was recorded while it was made has an entry at that place or after. A kill leaves all of
a turn, or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, Q, QuerySet, Subquery

from masthead.newsroom.evidence.fields import said
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.items.models import Item
from masthead.newsroom.said import key
from masthead.newsroom.worklist.lines import COUNTING, Made, lines_of
from masthead.newsroom.worklist.models import Line, Maker, Reached, Used
from masthead.newsroom.worklist.step import FOLLOWED

ENTRIES = 500
"""Entries taken in at a time."""
ITEMS = 200
"""Lines made at a time: few enough that writing them holds up nobody."""

COLUMNS = [field.name for field in Line._meta.concrete_fields if not field.primary_key]


UP_TO_DATE = (
    f"SELECT NOT filling AND counting >= %s AND place = (SELECT size FROM {LogHead._meta.db_table})"  # noqa: S608 - own names
    f" AND NOT EXISTS (SELECT 1 FROM {Line._meta.db_table} WHERE due = %s), day FROM {Reached._meta.db_table}"
)


@dataclass(frozen=True, slots=True)
class State:
    """What there is to do: `Reached` as it was, and what it has not reached."""

    reached: Reached
    size: int
    waiting: bool


def catch_up(due: Q | None = None) -> None:
    """See `masthead.newsroom.worklist.catch_up`."""
    with told_plainly():
        if _up_to_date():
            return
        while (state := _state(due)) is not None and _advance(state, due):
            pass


def rebuild() -> None:
    """See `masthead.newsroom.worklist.rebuild`."""
    with told_plainly():
        with transaction.atomic():
            Reached.objects.all().delete()
            Line.objects.all().delete()
        catch_up()


def up_to_date() -> str:
    """The statement that says whether there is anything to do; in the very words of the index on `due`."""
    return UP_TO_DATE % (COUNTING, "1" if connection.vendor == "sqlite" else "TRUE")


def _up_to_date() -> bool:
    """Whether there is nothing at all to do: asked before every list, so in SQL that is not made anew."""
    with connection.cursor() as cursor:
        cursor.execute(up_to_date())
        row = cursor.fetchone()
    if row is None or not row[0]:
        return False
    day = row[1]
    return (date.fromisoformat(day) if isinstance(day, str) else day) >= _today().date()


def _state(due: Q | None) -> State | None:
    """How far the lines are, in one query; None before there is a log."""
    waiting = Exists(Line.objects.filter(due or Q(), due=True))
    head = Subquery(LogHead.objects.values("size")[:1])
    row = Reached.objects.annotate(size=head, waiting=waiting).first()
    if row is not None:
        return State(row, row.size, row.waiting)
    begun = LogHead.objects.values_list("size", flat=True).first()
    if begun is None:
        return None
    Reached.objects.get_or_create(pk=1, defaults={"place": begun, "day": _today(), "counting": COUNTING})
    return _state(due)


def _today() -> datetime:
    return datetime.now(UTC)


def _advance(state: State, due: Q | None) -> bool:
    """Do the next thing, if there is one; what someone else did meanwhile is left to them."""
    reached = state.reached
    if reached.counting < COUNTING:
        # An older program beside this one leaves what a newer one made as it is.
        _write(reached, counting=COUNTING, filling=True, after=None)
    elif reached.filling:
        _fill(reached)
    elif reached.place < state.size:
        _take_in(reached, min(state.size, reached.place + ENTRIES))
    elif reached.day < _today().date():
        today = _today().date()
        _write(reached, due=Q(stale_on__lte=today), day=today)
    elif state.waiting:
        _write(reached, _made(Line.objects.filter(due or Q(), due=True).values_list("item", flat=True)))
    else:
        return False
    return True


def _made(ids: "QuerySet[Line, UUID] | Sequence[UUID]") -> Made:
    return lines_of(list(ids[:ITEMS]), now=datetime.now(UTC))


def _fill(reached: Reached) -> None:
    """Make all lines, item by item in the order of their ids; those added meanwhile have entries."""
    items = Item.objects.order_by("pk").values_list("pk", flat=True)
    ids = list((items.filter(pk__gt=reached.after) if reached.after else items)[:ITEMS])
    _write(reached, _made(ids), filling=bool(ids), after=ids[-1] if ids else reached.after)


def _take_in(reached: Reached, end: int) -> None:
    """Take in the entries from the place reached up to `end`, at most as many as touch `ITEMS` items."""
    touched: dict[str, None] = {}
    systems: set[str] = set()
    everything = False
    # What an entry is about: an item, an AI system, or the controls of the checklist and so everything.
    for place, fields in said(range(reached.place, end), ("item", "system", "controls")).items():
        item, system = fields.get("item"), fields.get("system")
        if isinstance(item, str) and item not in touched:
            if len(touched) == ITEMS:
                end = place
                break
            touched[item] = None
        if isinstance(system, str):
            systems.add(key(system))
        everything = everything or "controls" in fields
    ids = list(Item.objects.filter(public_id__in=touched).values_list("pk", flat=True))
    due = Q(pk__in=Used.objects.filter(key__in=systems, out=False).values("line")) if systems else None
    _write(reached, _made(ids), due=Q() if everything else due, place=end)


def _write(reached: Reached, made: Made | None = None, due: Q | None = None, **moved: object) -> None:
    """Write lines, mark those followed that `due` selects, move on: all of it or, out of turn, nothing."""
    with transaction.atomic():
        turn = Reached.objects.filter(pk=reached.pk, turn=reached.turn)
        if turn.update(turn=F("turn") + 1, **moved) != 1:
            return
        if made is not None and made.lines:
            _replace(made)
        if due is not None:
            Line.objects.filter(due, step__in=FOLLOWED).update(due=True)


def _replace(made: Made) -> None:
    ids = [line.pk for line in made.lines]
    Line.objects.bulk_create(made.lines, update_conflicts=True, unique_fields=["item"], update_fields=COLUMNS)
    Maker.objects.filter(line__in=ids).delete()
    Maker.objects.bulk_create(made.makers)
    Used.objects.filter(line__in=ids).delete()
    Used.objects.bulk_create(made.used)
