"""How the published log has grown: spans that fit, sizes that never shrink, work that does not grow."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from masthead.newsroom.evidence.growth import MOST, Span, growth, spans
from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.evidence.models import Checkpoint

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
NOW = datetime(2026, 11, 22, 13, 54, tzinfo=UTC)


@given(DAYS, DAYS)
def test_the_spans_are_few_and_without_a_gap_from_the_first_day_to_the_last(one, other):
    first, last = sorted((one, other))
    _, begins = spans(first, last)
    assert 2 <= len(begins) <= MOST + 1
    assert begins == sorted(set(begins))
    assert begins[0] <= first
    assert begins[-2] <= last < begins[-1]


@pytest.mark.parametrize(
    ("days", "span"),
    [(0, Span.DAY), (11, Span.DAY), (12, Span.WEEK), (76, Span.WEEK), (90, Span.MONTH), (330, Span.MONTH),
     (400, Span.QUARTER), (1000, Span.QUARTER), (1200, Span.YEARS), (9000, Span.YEARS)],
)  # fmt: skip
def test_days_become_weeks_months_quarters_and_years(days, span):
    last = date(2026, 11, 22)
    assert spans(last - timedelta(days=days), last)[0] is span


def checkpoints(*sizes: tuple[int, float]) -> None:
    """Checkpoints of these sizes, so many days ago."""
    with lifted():
        Checkpoint.objects.bulk_create(
            Checkpoint(size=size, root=bytes(32), note="x\n", signed_at=NOW - timedelta(days=ago))
            for size, ago in sizes
        )


def test_nothing_published_has_not_grown(log):
    assert growth(NOW.date()).grown == ()


def test_each_day_says_how_many_were_published_by_its_end(log):
    checkpoints((4, 3), (9, 1), (12, 0.01))
    found = growth(NOW.date())
    assert found.before == 0
    assert [(each.on.day, each.size, each.added) for each in found.grown] == [
        (19, 4, 4), (20, 4, 0), (21, 9, 5), (22, 12, 3),
    ]  # fmt: skip


def test_a_clock_that_was_set_back_makes_no_log_shrink(log):
    checkpoints((4, 2), (9, 0.1), (12, 1), (15, -1))
    sizes = [each.size for each in growth(NOW.date()).grown]
    assert sizes == sorted(sizes)


def test_the_span_under_way_ends_today(log):
    checkpoints((4, 40), (9, 0))
    assert growth(NOW.date()).grown[-1].on == NOW.date()


def test_it_is_two_questions_however_many_heads_there_are(log):
    checkpoints(*((size, 900 - size / 3) for size in range(1, 2700)))
    with CaptureQueriesContext(connection) as asked:
        found = growth(NOW.date())
    assert len(asked) == 2
    assert found.grown[-1].size == 2699


def test_each_size_is_looked_up_in_an_index(log):
    """As the planner of the database sees it, after some years of a head every ten minutes."""
    checkpoints(*((size, 900 - size / 23) for size in range(1, 20_000)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    newest = Checkpoint.objects.filter(signed_at__lt=NOW).order_by("-signed_at", "-size").values("size")[:1]
    assert "checkpoint_by_time" in newest.explain()
