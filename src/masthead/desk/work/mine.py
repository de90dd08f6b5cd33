"""My work: what is mine and not finished, by what is next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q

from masthead.desk.work.paging import Place, page
from masthead.desk.work.row import Row, rows, shown
from masthead.language import Message, active
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.public.serving.freshness import Rests
from masthead.newsroom.public.serving.store import Store, when_protected
from masthead.newsroom.worklist import catch_up
from masthead.newsroom.worklist.models import Line
from masthead.newsroom.worklist.step import Step
from masthead.newsroom.worklist.waits import may_sign_own
from masthead.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Group:
    """Items with the same thing to do, in words."""

    name: Message
    todo: Message
    rows: list[Row]


HEADS = {
    Step.MEND: (
        Message("To mend"),
        Message("Something stands in the way of each. Open it to see what, and every way out."),
    ),
    Step.CHECK: (
        Message("To check"),
        Message("The checks have not run on the newest version. Open it and have them run."),
    ),
    Step.PUBLISH: (
        Message("Ready to publish"),
        Message("Nothing stands in the way. Publish when it is time."),
    ),
    Step.REVIEW: (
        Message("Out, to be reviewed"),
        Message("These went out past the gate. Someone else looks at each until the time shown."),
    ),
}
HELD = (
    Message("Held by a pause"),
    Message(
        "An AI system that these were made with is paused. Each goes on by itself once the system is approved"
        " again. If one cannot wait, bring in a version made without it, or ask an editor to decide."
    ),
)
SIGN_IT = (Message("To sign off"), Message("Read each once more. If you stand behind it, sign it off."))
OTHERS_SIGN = (
    Message("Waiting for a sign-off"),
    Message("An editor who had no hand in it signs each off. Nothing is left for you to do."),
)
SIGN_CORRECTION = (
    Message("Corrections to sign off"),
    Message("These are out, and readers are told that nobody signed them off. Read each, then sign it off."),
)
OTHERS_SIGN_CORRECTION = (
    Message("Corrections waiting for a sign-off"),
    Message("These are out. An editor who had no hand in it signs each off; until then readers are told so."),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that my work depends on besides the record."""

    person: UUID
    roles: frozenset[Role]
    after: str
    language: str
    day: date


@dataclass(frozen=True, slots=True)
class Mine:
    """The groups of a page, what can be done now first, and where the older lines begin."""

    groups: list[Group]
    older: str

    @property
    def rests(self) -> Rests | None:
        """Whatever is recorded may move a line; nothing of a protected item is kept."""
        kept = not any(row.protected for group in self.groups for row in group.rows)
        return ON_EVERYTHING if kept else None

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, at most."""
        return 500 + sum(4000 for group in self.groups for _ in group.rows)


ON_EVERYTHING = Rests(frozenset(Kind))
KEPT: Store[_Asked, Mine] = Store(room=8_000_000)
when_protected(KEPT.clear)


def mine(who: Someone, after: str) -> Mine:
    """A page of what is theirs and not finished; kept for as long as nothing is recorded."""
    if not who.may(Action.SEE_OWN_ITEM):
        return Mine([], "")
    place = str(Place.read(after) or "")
    asked = _Asked(who.id, who.roles, place, active(), datetime.now(UTC).date())
    return KEPT.get(asked, lambda: _read(who, place))


def _read(who: Someone, after: str) -> Mine:
    catch_up(Q(makers__person=who.id))
    unfinished = Line.objects.filter(makers__person=who.id, makers__unfinished=True, makers__wrote=True)
    found = page(shown(unfinished), after)
    return Mine(_grouped(rows(found.lines, who, all_own=True), who), found.older)


def _grouped(found: list[Row], who: Someone) -> list[Group]:
    by_step: dict[Step, list[Row]] = {}
    held = [row for row in found if row.only_held]
    for row in found:
        if row.step is not None and not row.only_held:
            by_step.setdefault(row.step, []).append(row)
    to_sign, others_sign = _signed_by(by_step.get(Step.SIGN_OFF, []), who)
    own_corrections, others_corrections = _signed_by(by_step.get(Step.CORRECTION, []), who)
    groups = [Group(*HEADS[step], by_step.get(step, [])) for step in (Step.MEND, Step.CHECK)]
    groups.append(Group(*SIGN_IT, to_sign))
    groups.append(Group(*SIGN_CORRECTION, own_corrections))
    groups.append(Group(*HEADS[Step.PUBLISH], by_step.get(Step.PUBLISH, [])))
    groups.append(Group(*HELD, held))
    groups.append(Group(*OTHERS_SIGN, others_sign))
    groups.append(Group(*OTHERS_SIGN_CORRECTION, others_corrections))
    groups.append(Group(*HEADS[Step.REVIEW], by_step.get(Step.REVIEW, [])))
    return [group for group in groups if group.rows]


def _signed_by(found: list[Row], who: Someone) -> tuple[list[Row], list[Row]]:
    """Of what is to be signed off: what this person can sign, and what is for somebody else."""
    own = [row for row in found if may_sign_own(who.roles, second_person=row.second_person)]
    return own, [row for row in found if row not in own]
