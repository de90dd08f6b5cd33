"""Who may do what, tried through the commands: what the table does not grant, nobody may."""

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from tests.newsroom.desk import TEXT, Desk, approved, left, letters, ready, size, text, use
from tests.newsroom.logins import PASSWORD, login_of

from masthead import declaration
from masthead.errors import NotAllowed, Refused
from masthead.newsroom.accounts import commands as accounts
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.models import Person, RoleGrant
from masthead.newsroom.items import commands as items
from masthead.newsroom.policy import commands as policy
from masthead.newsroom.register import commands as register
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.review import commands as review
from masthead.newsroom.review.commands.deciding import finding_called
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import Profile, Role, SystemStatus, Tier, WaiverReason

R = Role
_names = count()
DAY = timedelta(days=1)

SEEING = sorted(set(Role) - {R.ADMINISTRATOR})
"""Roles of which only a steward hands out one."""

type Prepared = Callable[[Actor], object]
type Trial = Callable[[Desk], Prepared]


def name() -> str:
    return f"Person {letters(next(_names))}"


def someone(desk: Desk, *roles: Role) -> Person:
    return accounts.add_person(desk.steward, name(), roles)


def draft(desk: Desk) -> Any:
    words = f"{TEXT} {letters(next(_names))}."
    return items.add_item(desk.author, text(words), title="River", language="en")


def found(desk: Desk) -> Any:
    """A version with a finding: a number that is in no source."""
    words = f"{TEXT} It rose 77 metres."
    version = items.add_item(
        desk.author, text(words), sources=[text(TEXT, "notes.md")], uses=[use(tier=Tier.T1)], language="en"
    )
    run = review.run_checks(desk.author, version)
    return version, run.findings.first()


def out(desk: Desk) -> Any:
    version = ready(desk)
    review.publish(desk.editor, version)
    return version.item


def add(desk: Desk) -> Prepared:
    return lambda actor: accounts.add_person(actor, name(), [])


def add_with(role: Role) -> Trial:
    return lambda desk: lambda actor: accounts.add_person(actor, name(), [role])


def grant(role: Role) -> Trial:
    def trial(desk: Desk) -> Prepared:
        person = someone(desk)
        return lambda actor: accounts.grant_role(actor, person, role)

    return trial


def end(desk: Desk) -> Prepared:
    person = someone(desk, R.AUDITOR)
    return lambda actor: accounts.end_role(actor, person, R.AUDITOR)


def last_day(desk: Desk) -> Prepared:
    person = someone(desk)
    return lambda actor: accounts.set_end(actor, person, date(2030, 1, 2))


def login(*roles: Role) -> Trial:
    def trial(desk: Desk) -> Prepared:
        person = someone(desk, *roles)
        return lambda actor: accounts.give_login(actor, person, f"{person.id}@example.org", PASSWORD)

    return trial


def end_of_login(desk: Desk) -> Prepared:
    login_of(desk.steward)
    person = someone(desk)
    login_of(Actor(person.id))
    return lambda actor: accounts.end_login(actor, person)


def register_(desk: Desk) -> Prepared:
    return lambda actor: register.register_system(actor, name(), named("Ada Steward"))


def a_system(desk: Desk) -> AISystem:
    return register.register_system(desk.steward, name(), named("Ada Steward"))


def use_case(desk: Desk) -> Prepared:
    system = a_system(desk)
    return lambda actor: register.add_use_case(actor, system, Tier.T1)


def terms(desk: Desk) -> Prepared:
    system = a_system(desk)
    return lambda actor: register.record_terms(actor, system, date(2026, 1, 2), training_opt_out=True)


def deciding(status: SystemStatus) -> Trial:
    def trial(desk: Desk) -> Prepared:
        system = a_system(desk)
        return lambda actor: register.decide_on(actor, system, status)

    return trial


def version(desk: Desk) -> Prepared:
    base = draft(desk)
    return lambda actor: items.add_version(actor, base, text(f"{TEXT} More."), language="en")


def source(desk: Desk) -> Prepared:
    base = draft(desk)
    return lambda actor: items.add_source(actor, base, text(TEXT, "notes.md"))


def ai_use(desk: Desk) -> Prepared:
    base = draft(desk)
    return lambda actor: items.record_use(actor, base, use())


def checks(desk: Desk) -> Prepared:
    base = draft(desk)
    return lambda actor: review.run_checks(actor, base)


def waive(desk: Desk) -> Prepared:
    base, finding = found(desk)
    return lambda actor: review.waive(actor, base, finding, WaiverReason.WITNESSED)


def sign(desk: Desk) -> Prepared:
    base = draft(desk)
    return lambda actor: review.sign_off(actor, base)


def glass(desk: Desk) -> Prepared:
    base = draft(desk)
    return lambda actor: review.break_glass(actor, base, "It cannot wait.", review_within=DAY)


def send_back(desk: Desk) -> Prepared:
    base = draft(desk)
    return lambda actor: review.send_back(actor, base, "Say who saw it.")


def protect(desk: Desk) -> Prepared:
    item = draft(desk).item
    return lambda actor: items.protect(actor, item, protected=True)


def second(desk: Desk) -> Prepared:
    broken = review.break_glass(desk.editor, draft(desk), "It cannot wait.", review_within=DAY)
    return lambda actor: review.review_break_glass(actor, broken, upheld=True)


def publish(desk: Desk) -> Prepared:
    base = ready(desk)
    return lambda actor: review.publish(actor, base)


def correct(desk: Desk) -> Prepared:
    item = out(desk)
    return lambda actor: review.correct(actor, item, text(f"{TEXT} It was corrected."), "A word was wrong.")


def withdraw(desk: Desk) -> Prepared:
    item = out(desk)
    return lambda actor: review.withdraw(actor, item, "It was not so.")


def answer(desk: Desk) -> Prepared:
    question = declaration.load().questions[0]
    return lambda actor: policy.answer(actor, question.id, met=True)


TRIALS: dict[str, tuple[Trial, set[Role]]] = {
    "add_person": (add, {R.STEWARD, R.ADMINISTRATOR}),
    **{f"add_person {role}": (add_with(role), {R.STEWARD}) for role in SEEING},
    **{f"grant_role {role}": (grant(role), {R.STEWARD}) for role in SEEING},
    **{f"give_login {role}": (login(role), {R.STEWARD}) for role in SEEING},
    "add_person administrator": (add_with(R.ADMINISTRATOR), {R.STEWARD, R.ADMINISTRATOR}),
    "grant_role administrator": (grant(R.ADMINISTRATOR), {R.STEWARD, R.ADMINISTRATOR}),
    "give_login administrator": (login(R.ADMINISTRATOR), {R.STEWARD, R.ADMINISTRATOR}),
    "end_role": (end, {R.STEWARD, R.ADMINISTRATOR}),
    "set_end": (last_day, {R.STEWARD, R.ADMINISTRATOR}),
    "give_login": (login(), {R.STEWARD, R.ADMINISTRATOR}),
    "end_login": (end_of_login, {R.STEWARD, R.ADMINISTRATOR}),
    "adopt": (lambda desk: lambda actor: policy.adopt(actor, Profile.SMALL), {R.STEWARD}),
    "answer": (answer, {R.STEWARD, R.EDITOR, R.FACILITATOR, R.STAFF_REPRESENTATIVE}),
    "register_system": (register_, {R.STEWARD, R.EDITOR, R.CONTRIBUTOR}),
    "add_use_case": (use_case, {R.STEWARD, R.EDITOR, R.CONTRIBUTOR}),
    "record_terms": (terms, {R.STEWARD, R.EDITOR, R.CONTRIBUTOR}),
    "decide_on approved": (deciding(SystemStatus.APPROVED), {R.STEWARD}),
    "decide_on retired": (deciding(SystemStatus.RETIRED), {R.STEWARD}),
    "decide_on paused": (deciding(SystemStatus.PAUSED), {R.STEWARD, R.EDITOR}),
    "add_item": (lambda desk: lambda actor: items.add_item(actor, text()), {R.CONTRIBUTOR, R.EDITOR}),
    "add_version": (version, {R.CONTRIBUTOR, R.EDITOR}),
    "add_source": (source, {R.CONTRIBUTOR, R.EDITOR}),
    "record_use": (ai_use, {R.CONTRIBUTOR, R.EDITOR}),
    "run_checks": (checks, {R.CONTRIBUTOR, R.EDITOR}),
    "waive": (waive, {R.EDITOR}),
    "sign_off": (sign, {R.EDITOR}),
    "send_back": (send_back, {R.EDITOR}),
    "protect": (protect, {R.CONTRIBUTOR, R.EDITOR}),
    "break_glass": (glass, {R.EDITOR}),
    "review_break_glass": (second, {R.EDITOR}),
    "publish": (publish, {R.EDITOR, R.CONTRIBUTOR}),
    "correct": (correct, {R.EDITOR}),
    "withdraw": (withdraw, {R.EDITOR}),
}  # fmt: skip


NO_COMMANDS = ("require", "draft", "taken_before", "only_once")
"""What commands are made of: none of these puts anything on record."""


def commands() -> Iterator[str]:
    """Every function of the desk that someone acts in."""
    for module in (accounts, policy, register, items, review):
        for command, function in inspect.getmembers(module, inspect.isfunction):
            public = function.__module__.startswith("masthead.newsroom") and not command.startswith("_")
            parameters = list(inspect.signature(function).parameters.values())
            first = parameters[0] if parameters else None
            if public and first is not None and first.annotation is Actor and command not in NO_COMMANDS:
                yield command


def test_every_command_that_someone_acts_in_is_tried_here():
    assert set(commands()) == {trial.split()[0] for trial in TRIALS}


@pytest.mark.parametrize("command", TRIALS)
def test_only_the_roles_that_may_do_it(small, command):
    trial, may = TRIALS[command]
    people = {role: Actor(someone(small, role).id) for role in Role}
    attempt = trial(small)
    before = size()
    for role in set(Role) - may:
        with pytest.raises(NotAllowed, match=str(next(iter(may)).value)):
            attempt(people[role])
    with pytest.raises(NotAllowed):
        attempt(Actor(someone(small).id))
    assert size() == before + 1
    for role in sorted(may):
        at = size()
        attempt(people[role])
        assert size() == at + 1
        attempt = trial(small)


@pytest.mark.parametrize("command", TRIALS)
def test_whoever_s_role_has_ended_or_time_is_over_may_do_nothing(small, command):
    trial, _ = TRIALS[command]
    attempt = trial(small)
    ended = someone(small, *Role)
    for role in Role:
        accounts.end_role(small.steward, ended, role)
    yesterday = datetime.now(UTC).date() - DAY
    gone = accounts.add_person(small.steward, name(), list(Role))
    left(gone, yesterday)
    before = size()
    for person in (ended, gone):
        with pytest.raises(NotAllowed):
            attempt(Actor(person.id))
    assert size() == before


def test_a_freelancer_acts_on_their_last_day(small):
    today = datetime.now(UTC).date()
    last = accounts.add_person(small.steward, name(), [R.CONTRIBUTOR], ends_on=today)
    assert items.add_item(Actor(last.id), text()).number == 1


def test_a_role_that_was_ended_can_be_given_again(small):
    person = someone(small, R.EDITOR)
    accounts.end_role(small.steward, person, R.EDITOR)
    accounts.grant_role(small.steward, person, R.EDITOR)
    review.sign_off(Actor(person.id), draft(small))
    assert RoleGrant.objects.filter(person=person).count() == 2


def test_a_role_is_held_once_and_ended_once(small):
    person = someone(small, R.EDITOR)
    with pytest.raises(Refused):
        accounts.grant_role(small.steward, person, R.EDITOR)
    accounts.end_role(small.steward, person, R.EDITOR)
    with pytest.raises(Refused):
        accounts.end_role(small.steward, person, R.EDITOR)


def test_the_last_steward_stays(small):
    with pytest.raises(Refused, match="last steward"):
        accounts.end_role(small.steward, named("Ada Steward"), R.STEWARD)
    administrator = someone(small, R.ADMINISTRATOR)
    with pytest.raises(Refused, match="last steward"):
        accounts.end_role(Actor(administrator.id), named("Ada Steward"), R.STEWARD)
    heir = someone(small, R.STEWARD)
    accounts.end_role(small.steward, named("Ada Steward"), R.STEWARD)
    with pytest.raises(Refused, match="last steward"):
        accounts.end_role(Actor(heir.id), heir, R.STEWARD)


@pytest.mark.parametrize("days", [-1, 0, 30])
def test_a_steward_whose_time_ends_does_not_count_as_one_who_stays(small, days):
    until = datetime.now(UTC).date() + timedelta(days=days)
    left(accounts.add_person(small.steward, name(), [R.STEWARD]), until)
    with pytest.raises(Refused, match="last steward"):
        accounts.end_role(small.steward, named("Ada Steward"), R.STEWARD)


def test_a_steward_whose_time_ends_may_be_ended_before(small):
    brief = accounts.add_person(small.steward, name(), [R.STEWARD], ends_on=datetime.now(UTC).date())
    accounts.end_role(small.steward, brief, R.STEWARD)
    assert not RoleGrant.objects.filter(person=brief, ended_at=None).exists()


def test_nobody_reviews_the_glass_they_broke(small):
    broken = review.break_glass(small.editor, draft(small), "It cannot wait.", review_within=DAY)
    with pytest.raises(Refused):
        review.review_break_glass(small.editor, broken, upheld=True)
    review.review_break_glass(small.other_editor, broken, upheld=False, note="It could have waited.")
    with pytest.raises(Refused):
        review.review_break_glass(small.other_editor, broken, upheld=True)


def test_the_author_s_own_sign_off_is_recorded_and_does_not_clear(small):
    from masthead.gate.clearance import ObstacleCode
    from masthead.gate.refusal import NotCleared

    approved(small)
    mine = items.add_item(small.editor, text(), sources=[text(TEXT, "notes.md")], uses=[use()], language="en")
    review.run_checks(small.editor, mine)
    assert current_run(mine) is not None
    assert review.sign_off(small.editor, mine).self_signed
    with pytest.raises(NotCleared) as refusal:
        review.publish(small.editor, mine)
    assert [each.code for each in refusal.value.clearance.obstacles] == [ObstacleCode.SIGN_OFF_BY_AUTHOR]
    review.sign_off(small.other_editor, mine)
    assert review.publish(small.editor, mine).sign_off.person_id == small.other_editor.person_id


def test_a_finding_is_found_by_the_beginning_of_its_id(small):
    base, finding = found(small)
    assert finding_called(base, finding.fingerprint[:8]) == finding
