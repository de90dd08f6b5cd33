"""What went out shows how the promises about items are kept, and what was done about it since."""

import threading
from datetime import UTC, datetime, timedelta

from tests import databases
from tests.newsroom.desk import approved, ready, text, use

from masthead.declaration.status import Status
from masthead.newsroom.assurance import following
from masthead.newsroom.assurance.models import CorrectiveAction
from masthead.newsroom.assurance.standing import board
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.review import commands
from masthead.vocabulary import Grade

SECOND = "second-person"
DAY = timedelta(days=1)


def stands(one: str = SECOND, later: timedelta = timedelta(0)) -> Status:
    return board(datetime.now(UTC) + later).standings[one].status


def open_actions() -> set[tuple[str, str]]:
    following.follow()
    return set(CorrectiveAction.objects.filter(closed_at=None).values_list("answers", "about"))


def past_the_gate(desk):
    """An item with an AI use of a system that nobody registered, read by nobody, out all the same."""
    version = add_item(
        desk.author, text("It rained all night."), uses=[use("Unknown")], title="Rain", language="en"
    )
    commands.run_checks(desk.author, version)
    broken = commands.break_glass(desk.editor, version, "The dam may break.", review_within=DAY)
    commands.publish(desk.editor, version)
    return version, broken


def test_what_the_gate_let_out_shows_that_its_controls_are_met(small):
    approved(small)
    assert stands() is Status.UNKNOWN
    commands.publish(small.editor, ready(small, use()))
    standing = board(datetime.now(UTC)).standings[SECOND]
    assert (standing.status, standing.grade) == (Status.MET, Grade.M)
    assert open_actions() == set()
    assert stands(later=93 * DAY) is Status.UNKNOWN


def test_an_item_without_ai_says_nothing_about_ai(small):
    commands.publish(small.editor, ready(small))
    assert stands("registered-systems") is Status.UNKNOWN
    assert stands("traced-facts") is Status.MET


def test_what_went_out_past_the_gate_falls_short_and_opens_an_action_for_each_control(small):
    version, _ = past_the_gate(small)
    about = f"item:{version.item.public_id}"
    assert stands() is Status.NOT_MET
    assert {(SECOND, about), ("registered-systems", about)} <= open_actions()
    entries = Entry.objects.filter(kind=Kind.ACTIONS_FOLLOWED).count()
    following.follow()
    assert Entry.objects.filter(kind=Kind.ACTIONS_FOLLOWED).count() == entries == 1
    assert verify_log().intact


def test_several_that_read_the_log_on_at_once_open_each_action_once(small):
    past_the_gate(small)
    trouble: list[Exception] = []
    begin = threading.Barrier(4)

    def run() -> None:
        try:
            begin.wait()
            following.follow()
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            trouble.append(error)
        finally:
            databases.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert Entry.objects.filter(kind=Kind.ACTIONS_FOLLOWED).count() == 1


def test_a_second_review_that_stands_by_it_closes_them_and_is_the_second_person(small):
    _, broken = past_the_gate(small)
    assert open_actions()
    commands.review_break_glass(small.other_editor, broken, upheld=True)
    assert open_actions() == set()
    assert stands() is Status.MET
    assert stands("registered-systems") is Status.UNKNOWN


def test_a_second_review_that_does_not_stand_by_it_closes_nothing_and_a_withdrawal_does(small):
    version, broken = past_the_gate(small)
    before = open_actions()
    commands.review_break_glass(small.other_editor, broken, upheld=False)
    assert open_actions() == before
    commands.withdraw(small.editor, version.item, "It was wrong.")
    assert open_actions() == set()
    assert stands() is Status.UNKNOWN


def test_a_correction_counts_as_it_went_out_until_another_person_has_read_it(small):
    approved(small)
    version = ready(small, use())
    commands.publish(small.editor, version)
    out = commands.correct(
        small.editor, version.item, text("It rained all day and all night.", "again.md"), "The day too."
    )
    assert stands() is Status.NOT_MET
    assert open_actions()
    commands.sign_off(small.other_editor, out.version)
    assert (stands(), {each for each in open_actions() if each[0] == SECOND}) == (Status.MET, set())
