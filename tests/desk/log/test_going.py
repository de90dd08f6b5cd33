"""What is told together: by what this reader is shown, and by nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.newsroom.desk import approved, ready, use
from tests.newsroom.logins import client_of

from masthead.desk.log.going import days
from masthead.desk.log.seeing import Shows
from masthead.desk.log.telling import Told
from masthead.desk.log.words import USED, WORDS
from masthead.language import LANGUAGES, Message, using
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.review import commands

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ONE = Told(
    place=9,
    kind=Kind.CHECKS_RUN,
    shows=Shows.ALL,
    says=Message("x"),
    who="Ann",
    role=None,
    did="Had the checks run.",
    at=NOON,
    on=None,
    item="river",
    title="River",
    language="en",
)


def together(*lines: Told) -> list[list[list[int]]]:
    """The places, day by day and go by go."""
    return [[[act.place for act in go.acts] for go in day.goes] for day in days(lines)]


def test_what_one_person_did_to_one_item_in_one_go_stands_together():
    lines = [replace(ONE, place=9 - n, at=NOON - timedelta(minutes=20 * n)) for n in range(3)]
    assert together(*lines) == [[[9, 8, 7]]]


@pytest.mark.parametrize(
    "other",
    [{"who": "Ed"}, {"item": "lake"}, {"at": NOON - timedelta(hours=1)}, {"at": None, "on": NOON.date()}],
    ids=["another person", "another item", "an hour before", "a day alone"],
)
def test_what_differs_stands_apart(other):
    assert together(ONE, replace(ONE, place=8, **other)) == [[[9], [8]]]


def test_one_person_in_two_roles_stands_apart():
    editor, steward = Message("editor"), Message("steward")
    lines = [replace(ONE, place=9 - n, role=role) for n, role in enumerate((editor, None, steward))]
    assert together(*lines) == [[[9, 8], [7]]]


def test_each_day_stands_under_its_own_heading():
    lines = [ONE, replace(ONE, place=8, at=NOON - timedelta(days=1))]
    assert [day.on for day in days(lines)] == [date(2026, 11, 22), date(2026, 11, 21)]


def sealed(place: int) -> Told:
    """As an entry is told to who may know its kind alone."""
    return replace(ONE, place=place, shows=Shows.KIND, who="", at=None, item="", title="")


def test_the_day_of_a_sealed_entry_is_told_only_where_the_order_of_the_log_tells_it():
    before = replace(ONE, place=5, at=NOON - timedelta(days=1))
    assert [
        day.on for day in days([ONE, sealed(8), replace(ONE, place=7), sealed(6), before, sealed(4)])
    ] == [
        date(2026, 11, 22),
        None,
        date(2026, 11, 21),
        None,
    ]


def test_who_reads_roles_alone_does_not_learn_who_is_one_person(small):
    """Two who acted in one role are told as one who acted twice would be."""
    someone = replace(ONE, who="Someone (editor)", at=None, on=NOON.date())
    assert together(someone, replace(someone, place=8)) == [[[9, 8]]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_stand_without_who_did_it(language):
    """In the languages there are, it begins with them; in one where it does not, it is told whole."""
    with using(language):
        for words in WORDS.values():
            for says in (words.says, *([words.unless[1]] if words.unless else [])):
                if "%(who)s" in says.template:
                    names = dict.fromkeys(USED, "x")
                    assert str(Message(says.template, {**names, "who": "WHO"})).startswith("WHO ")


def test_the_page_tells_the_day_and_the_hour_in_utc_once(small):
    approved(small)
    commands.publish(small.author, ready(small, use()))
    page = client_of(small.editor).get("/desk/log/")
    today = page.context["days"][0]
    assert f'<h2><time datetime="{today.on.isoformat()}">' in page.content.decode()
    hour = today.goes[0].newest.at.strftime(">%H:%M</time>")
    assert hour in page.content.decode()
