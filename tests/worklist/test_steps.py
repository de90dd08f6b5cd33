"""What is next for an item, as its line says it."""

from datetime import UTC, datetime, timedelta

from tests.newsroom.desk import TEXT, approved, ready, text, use
from tests.worklist.seen import line

from masthead.newsroom.items.commands import add_item, add_version, newest
from masthead.newsroom.policy.commands import adopt
from masthead.newsroom.register.commands import decide_on
from masthead.newsroom.review import commands
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.commands.deciding import broken_glass
from masthead.newsroom.review.reading import Stage
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.held import held, holding
from masthead.newsroom.worklist.models import Line
from masthead.newsroom.worklist.sight import NOTHING
from masthead.newsroom.worklist.step import WORDS, Step
from masthead.vocabulary import Profile, SystemStatus, Tier

DAY = timedelta(days=1)


def step(item) -> Step:
    catch_up()
    return Step(line(item).step)


def test_every_step_has_its_words():
    assert set(WORDS) == set(Step)


def test_an_item_goes_from_its_checks_to_its_withdrawal(small):
    approved(small)
    version = add_item(small.author, text(), sources=[text(name="n.md")], uses=[use()], language="en")
    item = version.item
    assert step(item) is Step.CHECK
    commands.run_checks(small.author, version)
    assert step(item) is Step.SIGN_OFF
    commands.sign_off(small.editor, version)
    assert step(item) is Step.PUBLISH
    assert line(item).stage == Stage.DRAFT
    commands.publish(small.author, version)
    assert step(item) is Step.OUT
    assert line(item).stage == Stage.PUBLISHED
    commands.correct(small.editor, item, text(f"{TEXT} It was so."), "A word was missing.")
    assert step(item) is Step.CORRECTION
    assert line(item).stage == Stage.CORRECTED
    commands.sign_off(small.other_editor, newest(item))
    assert step(item) is Step.OUT
    commands.withdraw(small.editor, item, "It was not so.")
    assert step(item) is Step.GONE
    assert line(item).stage == Stage.WITHDRAWN


def test_a_number_in_no_source_is_to_be_mended(small):
    approved(small)
    words = f"{TEXT} It was 1234 metres."
    version = add_item(small.author, text(words), sources=[text()], uses=[use()], language="en")
    commands.run_checks(small.author, version)
    assert step(version.item) is Step.MEND
    assert line(version.item).obstacles == 1, "as many as its page says; the sign-off comes after"


def test_findings_alone_can_be_waived_and_nothing_else_can(small):
    approved(small)
    words = f"{TEXT} It was 1234 metres."
    version = add_item(small.author, text(words), sources=[text()], uses=[use()], language="en")
    assert step(version.item) is Step.CHECK
    assert not line(version.item).waivable
    commands.run_checks(small.author, version)
    assert step(version.item) is Step.MEND
    assert line(version.item).waivable
    commands.send_back(small.editor, version, "Who measured it?")
    assert step(version.item) is Step.MEND
    assert not line(version.item).waivable, "it is its author's turn"


def test_whether_a_second_person_must_sign_is_what_the_gate_asks(small):
    approved(small)
    without, with_ai = ready(small), ready(small, use())
    catch_up()
    assert not line(without.item).second_person
    assert line(with_ai.item).second_person
    commands.publish(small.editor, with_ai)
    commands.correct(small.editor, with_ai.item, text(f"{TEXT} It was so."), "A word was missing.")
    assert step(with_ai.item) is Step.CORRECTION
    assert line(with_ai.item).second_person
    adopt(small.steward, Profile.SOLO)
    catch_up()
    assert not line(with_ai.item).second_person, "a checklist reaches what is out and unsigned too"


def test_a_pause_reaches_the_items_made_with_the_system_and_no_others(small):
    system = approved(small)
    touched, other = ready(small, use()), ready(small)
    catch_up()
    before = line(other.item).updated_at
    decide_on(small.editor, system, SystemStatus.PAUSED)
    assert step(touched.item) is Step.MEND
    assert step(other.item) is Step.PUBLISH
    assert line(other.item).updated_at == before


def holds(name: str = "") -> set[str]:
    return set(Line.objects.filter(held(name)).values_list("public_id", flat=True))


def test_a_pause_holds_what_the_gate_stops_for_it_until_it_is_lifted(small):
    ink, quill = approved(small), approved(small, "Quill")
    both, small_use = ready(small, use(), use("Quill")), ready(small, use(tier=Tier.T1))
    commands.publish(small.editor, ready(small, use()))
    catch_up()
    assert holds() == set()
    decide_on(small.editor, ink, SystemStatus.PAUSED)
    catch_up(NOTHING)
    assert holds() == {both.item.public_id}, "before any line is looked at anew"
    catch_up()
    assert holds() == holds("ink") == {both.item.public_id}
    assert not clearance(both, now=datetime.now(UTC)).clear
    assert clearance(small_use, now=datetime.now(UTC)).clear
    assert holding([both.item_id, small_use.item_id]) == {both.item_id: ("Ink",)}
    decide_on(small.editor, quill, SystemStatus.PAUSED)
    assert holding([both.item_id]) == {both.item_id: ("Ink", "Quill")}
    decide_on(small.steward, quill, SystemStatus.APPROVED)
    decide_on(small.steward, ink, SystemStatus.APPROVED)
    assert holds() == set()


def test_a_pause_does_not_hold_what_an_editor_decided_to_publish_all_the_same(small):
    ink = approved(small)
    version = ready(small, use())
    decide_on(small.editor, ink, SystemStatus.PAUSED)
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=DAY)
    assert step(version.item) is Step.PUBLISH
    assert holds() == set()
    decide_on(small.steward, ink, SystemStatus.APPROVED)
    decide_on(small.editor, ink, SystemStatus.PAUSED)
    assert step(version.item) is Step.MEND
    assert holds() == {version.item.public_id}


def test_a_broken_glass_waits_for_its_review_once_it_is_out(small):
    version = add_item(small.author, text(), uses=[use("Unknown", tier=Tier.T2)], language="en")
    commands.run_checks(small.author, version)
    broken = commands.break_glass(small.editor, version, "It cannot wait.", review_within=DAY)
    assert step(version.item) is Step.PUBLISH
    assert line(version.item).review_due == broken.review_due
    commands.publish(small.editor, version)
    assert step(version.item) is Step.REVIEW
    commands.review_break_glass(small.other_editor, broken, upheld=True)
    assert step(version.item) is Step.OUT
    assert line(version.item).review_due is None


def test_a_broken_glass_that_nothing_went_out_by_waits_for_nobody_once_nothing_can(small):
    first = add_item(small.author, text(), uses=[use("Unknown", tier=Tier.T2)], language="en")
    commands.run_checks(small.author, first)
    broken = commands.break_glass(small.editor, first, "It cannot wait.", review_within=DAY)
    assert step(first.item) is Step.PUBLISH
    assert line(first.item).review_due == broken.review_due
    second = add_version(small.author, first, text("Other words."))
    assert step(first.item) is Step.CHECK
    assert line(first.item).review_due is None
    commands.run_checks(small.author, second)
    again = commands.break_glass(small.editor, second, "It still cannot.", review_within=DAY)
    commands.publish(small.editor, second)
    assert step(first.item) is Step.REVIEW
    assert line(first.item).review_due == again.review_due
    commands.review_break_glass(small.other_editor, again, upheld=True)
    assert step(first.item) is Step.OUT
    assert (broken_glass(first.item, 1), line(first.item).review_due) == (broken, None)


def test_what_was_sent_back_is_to_be_mended_until_it_was(small):
    version = add_item(small.author, text(), sources=[text(name="n.md")], language="en")
    commands.run_checks(small.author, version)
    commands.send_back(small.editor, version, "Who says so?")
    assert step(version.item) is Step.MEND
    assert line(version.item).sent_back_at is not None
    add_version(small.author, version, text(f"{TEXT} Officials said so."), language="en")
    catch_up()
    assert line(version.item).sent_back_at is None


def test_a_new_draft_of_what_is_out_is_under_hand_and_leaves_what_is_out_as_it_was(small):
    version = ready(small)
    commands.publish(small.editor, version)
    add_version(small.author, newest(version.item), text("# Another title\n\nSo."), language="en")
    assert step(version.item) is not Step.OUT
    kept = line(version.item)
    assert (kept.out_title, kept.title) == ("River", "River")
    assert kept.stage == Stage.PUBLISHED
    assert kept.published_at is not None
