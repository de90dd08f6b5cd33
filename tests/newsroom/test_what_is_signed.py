"""A sign-off covers what the audience is told: nobody gets past it by saying something else after."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.newsroom.desk import TEXT, approved, ready, text, use
from tests.newsroom.logins import client_of

from masthead.errors import NotAllowed, Refused
from masthead.gate.refusal import NotCleared
from masthead.newsroom.items.commands import add_item, add_version, newest, record_use
from masthead.newsroom.items.given import Answers, Given, UseGiven
from masthead.newsroom.public import commands as public
from masthead.newsroom.register.commands import decide_on
from masthead.newsroom.review import commands
from masthead.newsroom.review.commands.deciding import broken_glass
from masthead.newsroom.review.models import BreakGlass, SecondReview
from masthead.newsroom.review.reading import weighed
from masthead.newsroom.review.standing import live_sign_off
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.models import Line
from masthead.newsroom.worklist.step import Step
from masthead.vocabulary import SystemStatus, Task, Tier, WaiverReason


def picture(name: str = "peter-secret.jpg") -> Given:
    out = BytesIO()
    Image.new("RGB", (40, 30), "#345").save(out, "JPEG")
    return Given(name, out.getvalue())


@pytest.fixture
def signed_picture(small):
    approved(small, "Pix")
    version = add_item(
        small.author,
        picture(),
        uses=[UseGiven("Pix", Task.IMAGE_GENERATION, Tier.T2)],
        title="The bridge",
        realistic=True,
    )
    commands.run_checks(small.author, version)
    commands.sign_off(small.editor, version)
    return version


@pytest.mark.parametrize(
    "answers",
    [Answers(title="Minister caught"), Answers(realistic=False), Answers(public_interest=False)],
    ids=["title", "realistic", "public interest"],
)
def test_saying_something_else_of_the_same_file_kills_the_sign_off(small, signed_picture, answers):
    again = add_version(small.author, signed_picture, picture(), answers=answers)
    commands.run_checks(small.author, again)
    with pytest.raises(NotCleared) as refused:
        commands.publish(small.author, again)
    assert [each.code for each in refused.value.clearance.obstacles] == ["sign_off_died"]


def test_a_title_follows_its_text_until_a_person_gives_one(small):
    first = add_item(small.author, text("# Wrong\n\nThe river rose."), language="en")
    again = add_version(small.author, first, text("# Right\n\nThe river rose."), language="en")
    assert (first.title, again.title) == ("Wrong", "Right")
    called = add_version(small.author, again, text("# Other"), answers=Answers(title="Ours"), language="en")
    assert add_version(small.author, called, text("# Last"), language="en").title == "Ours"


def test_another_form_of_the_same_words_leaves_the_sign_off_alive(small):
    # So short a text that its language cannot be told from it alone: a person said it.
    version = add_item(small.author, text("The river's banks broke soe."), language="en")
    commands.sign_off(small.editor, version)
    again = add_version(
        small.author, version, text("The river\N{RIGHT SINGLE QUOTATION MARK}s banks broke soe.")
    )
    assert again.canonical_sha256 == version.canonical_sha256
    assert live_sign_off(again) is not None


def test_an_ai_use_of_the_whole_and_of_a_part_are_signed_together(small):
    version = add_item(small.author, text(), uses=[use()], language="en")
    record_use(small.author, version, UseGiven("Ink", Task.EDITING, Tier.T2, (0, 5)))
    commands.sign_off(small.editor, version)
    assert live_sign_off(version) is not None
    record_use(small.author, version, UseGiven("Ink", Task.EDITING, Tier.T2, (4, 9)))
    assert live_sign_off(version) is None


def test_a_corrected_headline_is_gone_from_every_page(small, tmp_path):
    version = add_item(small.author, text("# Wrong claim\n\nThe river rose."), language="en")
    commands.run_checks(small.author, version)
    commands.sign_off(small.editor, version)
    public.publish(small.editor, version, tmp_path / "out")
    mended = text("# Right claim\n\nThe river rose.")
    public.correct(
        small.editor, version.item, mended, "The headline.", uses=(), sources=(), folder=tmp_path / "out"
    )
    public.withdraw(small.editor, version.item, "It was not so.", tmp_path / "out")
    assert not any(b"Wrong claim" in path.read_bytes() for path in (tmp_path / "out").iterdir())


def test_a_picture_is_never_called_what_its_file_was_called(small, tmp_path):
    version = add_item(small.author, picture(), realistic=False)
    commands.run_checks(small.author, version)
    commands.sign_off(small.editor, version)
    public.publish(small.editor, version, tmp_path / "out")
    assert not any(b"peter-secret" in path.read_bytes() for path in (tmp_path / "out").iterdir())


def test_a_title_is_looked_at_like_the_text_it_stands_over(small):
    version = add_item(small.author, text(), title="Write to jane@home.example", language="en")
    run = commands.run_checks(small.author, version)
    assert [found.check_id for found in run.findings.all()] == ["personal_data"]


@pytest.mark.parametrize("before", [Tier.T2, Tier.TX])
def test_only_an_editor_may_say_that_a_use_matters_less(small, before):
    version = add_item(small.author, text(), uses=[use(tier=before)], language="en")
    with pytest.raises(NotAllowed):
        add_version(small.author, version, text(f"{TEXT} So."), uses=[use(tier=Tier.T0)], language="en")
    lowered = add_version(small.editor, version, text(f"{TEXT} So."), uses=[use(tier=Tier.T1)], language="en")
    assert [each.tier for each in lowered.ai_uses.all()] == ["T1"]


def test_a_figure_waived_where_it_counts_minutes_is_not_waived_where_it_counts_the_dead(small):
    notes = text(TEXT, "notes.md")
    first = add_item(small.author, text("The detour takes 25 minutes."), sources=[notes], language="en")
    finding = commands.run_checks(small.author, first).findings.get(quote="25")
    commands.waive(small.editor, first, finding, WaiverReason.WITNESSED)
    again = add_version(small.author, first, text("The collapse killed 25 children."), language="en")
    commands.run_checks(small.author, again)
    assert [waived for found, _, waived in weighed(again) if found.quote == "25"] == [False]


def test_a_waiver_holds_while_the_sentence_stands(small):
    notes = text(TEXT, "notes.md")
    first = add_item(small.author, text("The detour takes 25 minutes."), sources=[notes], language="en")
    finding = commands.run_checks(small.author, first).findings.get(quote="25")
    commands.waive(small.editor, first, finding, WaiverReason.WITNESSED)
    again = add_version(small.author, first, text("It rained. The detour takes 25 minutes."), language="en")
    commands.run_checks(small.author, again)
    assert [waived for found, _, waived in weighed(again) if found.quote == "25"] == [True]


def test_a_broken_glass_covers_no_ai_use_that_came_after_it(small):
    version = add_item(small.author, text(), language="en")
    commands.run_checks(small.author, version)
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(hours=1))
    record_use(small.author, version, use("Unregistered", Task.DRAFTING, Tier.T3))
    with pytest.raises(NotCleared):
        commands.publish(small.editor, version)


def test_whoever_rewrote_an_earlier_version_is_no_second_person(small):
    approved(small)
    words = [f"{TEXT} One.", f"{TEXT} Two.", f"{TEXT} Two!"]
    version = add_item(small.author, text(words[0]), uses=[use()], language="en")
    version = add_version(small.editor, version, text(words[1]), language="en")
    version = add_version(small.author, version, text(words[2]), language="en")
    commands.run_checks(small.author, version)
    assert commands.sign_off(small.editor, version).self_signed


def test_a_later_version_does_not_unsay_an_emergency_nobody_reviewed(small, tmp_path):
    version = add_item(small.author, text(), language="en")
    commands.run_checks(small.author, version)
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(hours=1))
    public.publish(small.editor, version, tmp_path / "out")
    again = add_version(small.author, version, text(f"{TEXT} More."), language="en")
    commands.run_checks(small.author, again)
    commands.sign_off(small.other_editor, again)
    public.publish(small.editor, again, tmp_path / "out")
    told = (tmp_path / "out" / "disclosure.en.txt").read_text()
    assert "a second person is still to review it" in told
    assert "A new version was published." in told


def test_no_emergency_is_left_to_decide_once_a_version_is_out(small):
    system = approved(small)
    version = ready(small, use())
    commands.publish(small.editor, version)
    decide_on(small.editor, system, SystemStatus.PAUSED)
    with pytest.raises(Refused, match="published already") as refused:
        commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(days=1))
    assert "bring a new version in" in str(refused.value)
    assert not BreakGlass.objects.exists()


def test_what_never_went_out_and_no_longer_can_has_no_second_review(small):
    approved(small)
    first = ready(small)
    commands.publish(small.editor, first)
    second = add_version(small.author, first, text("Other words."), uses=[use("Unknown")])
    commands.run_checks(small.author, second)
    broken = commands.break_glass(small.editor, second, "It cannot wait.", review_within=timedelta(days=1))
    commands.withdraw(small.editor, first.item, "It was wrong.")
    with pytest.raises(Refused, match="nothing can any more"):
        commands.review_break_glass(small.other_editor, broken, upheld=True)
    page = client_of(small.other_editor).get(f"/desk/items/{first.item.public_id}/second-review")
    assert "Record the review" not in page.content.decode()
    assert not SecondReview.objects.exists()


def test_each_emergency_has_its_own_review(small):
    hour = timedelta(hours=1)
    version = add_item(small.author, text(), language="en")
    commands.run_checks(small.author, version)
    first = commands.break_glass(small.editor, version, "It cannot wait.", review_within=hour)
    commands.publish(small.editor, version)
    again = add_version(small.author, version, text(f"{TEXT} More."), language="en")
    second = commands.break_glass(small.editor, again, "Nor can this.", review_within=2 * hour)
    commands.publish(small.editor, again)
    with pytest.raises(Refused, match="Several versions of this item wait for a review: 1, 2"):
        broken_glass(version.item)
    for broken in (first, second):
        catch_up()
        assert broken_glass(version.item, broken.version.number) == broken
        assert Line.objects.get().review_due == broken.review_due
        assert Line.objects.get().step == Step.REVIEW
        commands.review_break_glass(small.other_editor, broken, upheld=True)
        assert broken_glass(version.item) == second
    catch_up()
    assert broken_glass(version.item) == second
    assert Line.objects.get().step == Step.OUT


def test_a_withdrawal_reaches_every_folder_the_item_was_written_to(small, tmp_path):
    version = ready(small)
    public.publish(small.editor, version, tmp_path / "one")
    public.publish(small.editor, version, tmp_path / "two")
    public.withdraw(small.editor, version.item, "It was not so.", tmp_path / "three")
    for name in ("one", "two", "three"):
        assert not list((tmp_path / name).glob("content.*"))
        assert "withdrawn" in (tmp_path / name / "page.en.html").read_text()


def test_a_folder_that_came_to_hold_another_item_is_left_alone(small, tmp_path):
    import shutil

    first, second = ready(small), ready(small)
    public.publish(small.editor, first, tmp_path / "site")
    shutil.rmtree(tmp_path / "site")
    public.publish(small.editor, second, tmp_path / "site")
    public.withdraw(small.editor, first.item, "It was not so.", tmp_path / "gone")
    assert list((tmp_path / "site").glob("content.*"))
    assert "withdrawn" not in (tmp_path / "site" / "page.en.html").read_text()


def test_what_is_out_takes_no_more_sources_or_uses(small, tmp_path):
    version = ready(small)
    public.publish(small.editor, version, tmp_path / "out")
    with pytest.raises(Refused, match="This version is published"):
        record_use(small.author, newest(version.item), use())


def test_a_registered_system_cannot_have_had_its_terms_read_tomorrow(small):
    from datetime import date

    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.register.commands import register_system

    with pytest.raises(Refused, match="has not come yet"):
        register_system(small.steward, "Pen", named("Ada Steward"), terms_checked_on=date(2999, 1, 1))


def test_the_record_the_audience_is_told_from_is_proved_with_the_rest(small, tmp_path):
    import subprocess
    import sys

    version = ready(small)
    out = tmp_path / "out"
    public.publish(small.editor, version, out)
    verifier = Path(__file__).parents[2] / "verify_masthead.py"
    command = [sys.executable, verifier, out / "bundle.json", "--key", small.home / "keys" / "log.pub"]

    def verified() -> int:
        return subprocess.run([*command, "--disclosure", out / "disclosure.json"], check=False).returncode

    assert verified() == 0
    told = (out / "disclosure.json").read_text()
    (out / "disclosure.json").write_text(told.replace('"reviewed":true', '"reviewed":false'))
    assert verified() == 1
