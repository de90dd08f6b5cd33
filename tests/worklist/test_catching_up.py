"""The lines follow the log: at no cost where nothing is new, whole after a kill, the same when made again."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test
from tests import databases
from tests.newsroom import test_any_history
from tests.newsroom.at_once import at_once
from tests.newsroom.desk import TEXT, approved, founded, ready, size, text, use
from tests.newsroom.oracle import sent_back_before
from tests.worklist.seen import line, lines

from masthead.errors import Refused
from masthead.newsroom.evidence import log as evidence
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.items.commands import add_item, add_version, newest
from masthead.newsroom.policy.commands import adopt
from masthead.newsroom.register.commands import decide_on, record_terms
from masthead.newsroom.review import commands
from masthead.newsroom.worklist import catch_up, catching_up, following, rebuild
from masthead.newsroom.worklist.models import Line, Reached
from masthead.newsroom.worklist.sight import NOTHING
from masthead.newsroom.worklist.step import Step
from masthead.vocabulary import Profile, SystemStatus


def test_before_there_is_a_log_there_is_nothing_to_do(home):
    catch_up()
    assert not Reached.objects.exists()


def test_where_nothing_is_new_one_query_says_so(small):
    ready(small)
    catch_up()
    with CaptureQueriesContext(connection) as asked:
        catch_up()
    assert len(asked) == 1


def test_to_ask_whether_anything_is_new_reads_no_line(small):
    ready(small)
    catch_up()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + catching_up.up_to_date())
        assert "line_due" in str(cursor.fetchall())


def test_the_cost_of_one_more_command_does_not_grow_with_the_items(small):
    def one_more() -> int:
        ready(small)
        with CaptureQueriesContext(connection) as asked:
            catch_up()
        return len(asked)

    catch_up()
    first = one_more()
    for _ in range(3):
        ready(small)
    catch_up()
    assert one_more() == first


def test_what_is_caught_up_entry_by_entry_is_what_is_made_at_once(small, monkeypatch):
    approved(small)
    for each in range(5):
        version = ready(small, use())
        if each % 2:
            commands.publish(small.editor, version)
        catch_up()
    caught_up = lines()
    monkeypatch.setattr(catching_up, "ITEMS", 2)
    rebuild()
    assert lines() == caught_up
    assert Line.objects.count() == 5


def test_a_batch_ends_where_it_would_touch_too_many_items(small, monkeypatch):
    catch_up()
    for _ in range(5):
        ready(small)
    monkeypatch.setattr(catching_up, "ITEMS", 2)
    catch_up()
    caught_up = lines()
    rebuild()
    assert lines() == caught_up
    assert Reached.objects.get().place == size()


def test_who_pauses_a_system_does_not_wait_for_all_that_was_made_with_it(small):
    system = approved(small)
    versions = [ready(small, use()) for _ in range(3)]
    catch_up()
    decide_on(small.editor, system, SystemStatus.PAUSED)
    catch_up(due=NOTHING)
    assert Line.objects.filter(due=True).count() == 3
    assert line(versions[0].item).step == Step.PUBLISH
    catch_up()
    assert not Line.objects.filter(due=True).exists()
    assert set(Line.objects.values_list("step", flat=True)) == {Step.MEND}


def test_another_checklist_has_all_under_hand_looked_at_anew(small):
    version = add_item(small.editor, text(), sources=[text(name="n.md")], language="en", uses=[use()])
    approved(small)
    commands.run_checks(small.editor, version)
    commands.sign_off(small.editor, version)
    catch_up()
    assert line(version.item).step == Step.SIGN_OFF
    adopt(small.steward, Profile.SOLO)
    catch_up()
    assert line(version.item).step == Step.PUBLISH


def test_the_day_on_which_terms_grow_too_old_has_the_gate_asked_again(small):
    system = approved(small)
    version = ready(small, use())
    today = catching_up._today().date()
    record_terms(small.steward, system, today, training_opt_out=True)
    catch_up()
    assert line(version.item).stale_on == today + timedelta(days=366)
    # As though it had been looked at on a day before the one that is to come.
    Line.objects.update(stale_on=today)
    Reached.objects.update(day=today - timedelta(days=1))
    catch_up(due=NOTHING)
    assert Line.objects.get(due=True).pk == version.item.pk


def test_several_at_once_leave_what_one_would(small):
    versions = [ready(small) for _ in range(4)]
    outcomes = at_once(*[catch_up] * 4)
    assert outcomes == [None] * 4
    outcomes = at_once(
        catch_up,
        lambda: commands.publish(small.editor, versions[0]),
        lambda: add_version(small.author, versions[1], text(f"{TEXT} So."), language="en"),
        catch_up,
    )
    assert not [each for each in outcomes if isinstance(each, Exception)]
    catch_up()
    caught_up = lines()
    rebuild()
    assert lines() == caught_up


def test_one_who_was_overtaken_writes_nothing(small):
    version = ready(small)
    catch_up()
    commands.publish(small.editor, version)
    behind = catching_up._state(None)
    assert behind is not None
    made = catching_up._made([version.item.pk])
    made.lines[0].title = "As it was long ago"
    catch_up()
    catching_up._write(behind.reached, made, place=behind.size)
    assert line(version.item).title == "River"


def _killed(name, database, home, at):
    from django.conf import settings as django_settings

    django_settings.MASTHEAD_HOME = home
    databases.use(database)
    taken = 0

    def watch(execute, sql, params, many, context):
        nonlocal taken
        if not sql.startswith("SELECT"):
            taken += 1
            if taken == at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        (catch_up if name == "catch up" else rebuild)()
    os._exit(0)


@pytest.mark.parametrize("name", ["catch up", "rebuild"])
def test_a_kill_at_any_statement_leaves_what_the_next_one_completes(small, name):
    from django.conf import settings as django_settings
    from tests.newsroom.killed import _server

    approved(small)
    ready(small)
    catch_up()
    arguments = (name, dict(connection.settings_dict), django_settings.MASTHEAD_HOME)
    for at in range(1, 40):
        commands.publish(small.editor, ready(small, use()))
        process = _server.Process(target=_killed, args=(*arguments, at))
        process.start()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        catch_up()
        caught_up = lines()
        assert len(caught_up[0]) == at + 1
        if process.exitcode == 0:
            break
    else:
        pytest.fail("it never came to an end")
    rebuild()
    assert lines() == caught_up


class Followed(test_any_history.AnyHistory):
    """Any history, looked at now and then."""

    def command(self, kind, call, *, allowed=None):
        # Whether it is refused rightly is asked elsewhere.
        try:
            return call()
        except Refused:
            return None

    @rule(by=test_any_history.PEOPLE)
    def change_the_form(self, by):
        self.words += "\n"
        given = text(self.words)
        self.command(
            Kind.VERSION_ADDED, lambda: add_version(self.who(by), self.version, given, language="en")
        )

    @rule()
    def someone_looks(self):
        catch_up()

    def teardown(self):
        if not hasattr(self, "item"):
            return
        catch_up()
        caught_up = lines()
        assert line(self.item).title == newest(self.item).title
        assert (line(self.item).step == Step.PUBLISH) is self.may_go_out()
        rebuild()
        assert lines() == caught_up

    def may_go_out(self) -> bool:
        version = self.version
        decided = test_any_history.clearance(version, now=catching_up._today())
        out = test_any_history.Publication.objects.filter(item=self.item)
        newest_is_out = out.filter(version=version).exists()
        returned = sent_back_before(version, size()) is not None
        return decided.clear and not newest_is_out and not self.withdrawn and not returned


def test_whatever_the_history_the_lines_are_as_made_anew(small):
    Followed.desk = small
    run_state_machine_as_test(
        Followed,
        settings=settings(
            max_examples=12 if connection.vendor == "sqlite" else 4,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_while_an_organisation_is_set_up_there_is_nothing_to_follow_and_nothing_fails(home, caplog):
    following.follow()
    try:
        founded(home, Profile.SMALL)
    finally:
        following.unfollow()
    assert "failed after an entry" not in caplog.text


def test_in_the_served_desk_lines_follow_each_command(small):
    following.follow()
    try:
        version = ready(small)
        assert line(version.item).step == Step.PUBLISH
    finally:
        following.unfollow()


def test_lines_of_an_older_counting_are_made_anew_and_those_of_a_newer_one_left(small, monkeypatch):
    versions = [ready(small) for _ in range(3)]
    catch_up()
    made = lines()
    Line.objects.update(obstacles=9)
    catch_up()
    assert line(versions[0].item).obstacles == 9, "nothing was recorded, and it is counted as before"
    monkeypatch.setattr(catching_up, "ITEMS", 2)
    monkeypatch.setattr(catching_up, "COUNTING", catching_up.COUNTING + 1)
    catch_up()
    assert lines() == made
    Line.objects.update(obstacles=9)
    monkeypatch.setattr(catching_up, "COUNTING", catching_up.COUNTING - 1)
    catch_up()
    assert line(versions[0].item).obstacles == 9


def test_who_listens_to_the_log_and_fails_undoes_and_hides_nothing(small, caplog):
    def fails(receipt, **_):
        raise ValueError("Ann Author's secret")

    evidence.recorded.connect(fails)
    try:
        version = add_item(small.author, text(), language="en")
    finally:
        evidence.recorded.disconnect(fails)
    assert newest(version.item) == version
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
