"""People at the same moment: each is recorded or told why not; never half, never against a pause."""

import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests import databases
from tests.newsroom import slow_check
from tests.newsroom.at_once import PATIENCE, at_once, before, taking_the_lock
from tests.newsroom.desk import TEXT, approved, kinds, ready, size, text, use
from tests.newsroom.oracle import obstacles_before, register_before

from masthead.checks import registry
from masthead.errors import Refused, Stale
from masthead.gate.clearance import ObstacleCode
from masthead.gate.refusal import NotCleared
from masthead.newsroom.accounts.models import Organisation, Person
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item, add_version, newest, record_use
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.public import commands as public
from masthead.newsroom.register.commands import add_use_case, decide_on
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import CheckRun, Publication, SignOff
from masthead.vocabulary import Stage, SystemStatus, Tier


@pytest.fixture(autouse=True)
def _intact_at_the_end(home):
    yield
    verdict = verify_log()
    assert verdict.intact, verdict.why


def test_two_editors_who_sign_at_once_are_both_on_record(small):
    version = add_item(small.author, text(), title="River", language="en")
    before_both = size()
    outcomes = at_once(
        lambda: commands.sign_off(small.editor, version),
        lambda: commands.sign_off(small.other_editor, version),
    )
    assert {each.person_id for each in outcomes} == {small.editor.person_id, small.other_editor.person_id}
    assert list(kinds(before_both)) == [Kind.SIGNED_OFF] * 2


def test_one_editor_who_signs_twice_at_once_is_on_record_once(small):
    version = add_item(small.author, text(), title="River", language="en")
    before_both = size()
    outcomes = at_once(*[lambda: commands.sign_off(small.editor, version)] * 2)
    assert sorted(type(each).__name__ for each in outcomes) == ["Refused", "SignOff"]
    assert SignOff.objects.count() == 1
    assert list(kinds(before_both)) == [Kind.SIGNED_OFF]


def test_two_who_publish_at_once_publish_once(small, tmp_path):
    version = ready(small)
    outcomes = at_once(
        lambda: public.publish(small.editor, version, tmp_path / "out"),
        lambda: public.publish(small.author, version, tmp_path / "out"),
    )
    assert all(each == tmp_path / "out" or isinstance(each, Refused) for each in outcomes), outcomes
    assert tmp_path / "out" in outcomes
    assert Publication.objects.count() == 1
    assert json.loads((tmp_path / "out" / "bundle.json").read_bytes())["masthead_bundle"] == 2


def test_two_who_write_one_folder_at_once_both_leave_it_whole(small, tmp_path):
    version = ready(small)
    folder = tmp_path / "out"
    public.publish(small.editor, version, folder)
    files = sorted(path.name for path in folder.iterdir())
    for _ in range(5):
        outcomes = at_once(*[lambda: public.publish(small.editor, version, folder)] * 4)
        assert outcomes == [folder] * 4
        assert sorted(path.name for path in folder.iterdir()) == files


def test_of_two_versions_on_the_same_base_one_is_stale(small):
    base = add_item(small.author, text(), title="River", language="en")
    outcomes = at_once(
        lambda: add_version(small.author, base, text(f"{TEXT} So."), language="en"),
        lambda: add_version(small.editor, base, text(f"{TEXT} No."), language="en"),
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["Stale", "Version"]
    assert newest(base.item).number == 2


def test_a_sign_off_of_a_version_that_was_just_replaced_is_stale(small):
    base = add_item(small.author, text(), title="River", language="en")
    outcomes = at_once(
        lambda: before_lock(
            lambda: commands.sign_off(small.editor, base),
            lambda: add_version(small.author, base, text(f"{TEXT} So."), language="en"),
        )
    )
    assert [type(each) for each in outcomes] == [Stale]
    assert not SignOff.objects.exists()


def before_lock(call, meanwhile):
    """Run `call`; as it reaches for the lock, another person does `meanwhile` first."""

    def other():
        (outcome,) = at_once(meanwhile)
        assert not isinstance(outcome, Exception), outcome

    with before(taking_the_lock(), other):
        return call()


@pytest.mark.parametrize("status", [SystemStatus.PAUSED, SystemStatus.RETIRED])
def test_a_pause_between_the_gate_and_the_record_wins(small, status):
    ink = approved(small)
    version = ready(small, use())
    assert not obstacles_before(version, size())
    (outcome,) = at_once(
        lambda: before_lock(
            lambda: commands.publish(small.editor, version), lambda: decide_on(small.steward, ink, status)
        )
    )
    assert isinstance(outcome, NotCleared)
    codes = {each.code for each in outcome.clearance.obstacles}
    assert codes <= {ObstacleCode.SYSTEM_PAUSED, ObstacleCode.SYSTEM_RETIRED}
    assert codes
    assert not Publication.objects.exists()


def test_a_pause_wins_over_a_glass_that_was_broken_before_it(small):
    ink = approved(small)
    words = f"{TEXT} Now."
    version = add_item(small.author, text(words), sources=[text(words, "n.md")], uses=[use()], language="en")
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(hours=1))
    (outcome,) = at_once(
        lambda: before_lock(
            lambda: commands.publish(small.editor, version),
            lambda: decide_on(small.steward, ink, SystemStatus.PAUSED),
        )
    )
    assert isinstance(outcome, NotCleared)
    with pytest.raises(Refused, match="before things changed that bear on it"):
        commands.break_glass(small.editor, version, "Still not.", review_within=timedelta(hours=1))
    decide_on(small.steward, ink, SystemStatus.APPROVED)
    assert commands.publish(small.editor, version).break_glass is not None


def test_a_glass_broken_over_a_pause_lets_the_version_out(small):
    ink = approved(small)
    version = ready(small, use())
    decide_on(small.steward, ink, SystemStatus.PAUSED)
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(hours=1))
    assert commands.publish(small.editor, version).break_glass is not None


def test_an_ai_use_recorded_between_the_gate_and_the_record_wins(small):
    approved(small)
    version = ready(small, use())
    (outcome,) = at_once(
        lambda: before_lock(
            lambda: commands.publish(small.editor, version),
            lambda: record_use(small.author, version, use(tier=Tier.T0, task=None)),
        )
    )
    assert isinstance(outcome, NotCleared | Stale)
    assert not Publication.objects.exists()


def test_the_log_never_reads_pause_then_publish(small):
    stages = list(Stage)
    ink = approved(small)
    for racing in range(12):
        version = ready(small, use())

        def pause(racing=racing):
            # The pause comes a little later each time: before, amid and after the sealing.
            for number in range(racing):
                stage, tier = stages[number % len(stages)], (Tier.T0, Tier.T1)[number // len(stages)]
                try:
                    add_use_case(small.steward, ink, tier, stage=stage)
                except Refused:
                    register_before(size())
            decide_on(small.steward, ink, SystemStatus.PAUSED)

        out, paused = at_once(lambda v=version: commands.publish(small.editor, v), pause)
        assert paused is None
        assert isinstance(out, Publication | NotCleared), out
        decide_on(small.steward, ink, SystemStatus.APPROVED)
    paused_now = False
    for kind in Entry.objects.order_by("place").values_list("kind", flat=True):
        if kind in (Kind.SYSTEM_PAUSED, Kind.SYSTEM_APPROVED):
            paused_now = kind == Kind.SYSTEM_PAUSED
        assert not (paused_now and kind == Kind.PUBLISHED)
    for out in Publication.objects.all():
        assert not obstacles_before(out.version, out.entry.place)


def test_sixteen_who_run_a_slow_check_hold_nobody_up(small, monkeypatch):
    versions = [
        add_item(small.author, text(f"{TEXT} {number}"), title="River", language="en") for number in range(16)
    ]
    monkeypatch.setattr(registry, "OURS", {**registry.OURS, "slow": "tests.newsroom.slow_check:Slow"})
    # The check ends only once all sixteen are inside it and another person's command went through meanwhile:
    # were it run inside a transaction, the first would keep all others out for ever.
    monkeypatch.setattr(slow_check, "together", threading.Barrier(17))

    def meanwhile():
        add_item(small.editor, text(f"{TEXT} More."), title="River", language="en")
        slow_check.together.wait(PATIENCE)

    outcomes = at_once(
        *[lambda v=version: commands.run_checks(small.author, v) for version in versions], meanwhile
    )
    assert [type(each) for each in outcomes] == [CheckRun] * 16 + [type(None)], outcomes
    assert all("slow" in run.ran for run in CheckRun.objects.all())


def test_sixteen_who_write_at_once_are_all_recorded(small):
    at = size()

    def work(number):
        version = add_item(small.author, text(f"{TEXT} {number}"), title="River", language="en")
        commands.run_checks(small.author, version)
        return commands.sign_off(small.editor, version)

    outcomes = at_once(*[lambda n=number: work(n) for number in range(16)])
    assert [type(each) for each in outcomes] == [SignOff] * 16, outcomes
    assert size() == at + 48


def init(home: Path, number: int) -> subprocess.Popen[str]:
    """`masthead init` in a process of its own."""
    command = [
        *(sys.executable, "-c", "from masthead.cli.app import main; main()", "init", "--profile", "small"),
        *("--name", f"Herald {number}", "--person", f"Ada {number}"),
    ]
    return subprocess.Popen(
        command, env=os.environ | {"MASTHEAD_HOME": str(home)}, text=True, stdout=-1, stderr=subprocess.STDOUT
    )


def test_two_who_begin_at_once_begin_one_record(home):
    if connection.vendor == "sqlite":
        databases.close()
        for path in home.iterdir():
            path.unlink()
    both = [init(home, number) for number in range(2)]
    said = [each.communicate(timeout=PATIENCE)[0] for each in both]
    assert not any("Traceback" in words for words in said), said
    assert 0 in {each.returncode for each in both}, said
    assert Organisation.objects.count() == Person.objects.count() == PolicyRevision.objects.count() == 1
    head = LogHead.objects.get()
    signer = keys.FileSigner(home / keys.PRIVATE, head.origin)
    assert keys.public_line(home) == str(signer.key)
    assert list(kinds()) == [Kind.ORGANISATION_SET_UP, Kind.POLICY_ADOPTED]
