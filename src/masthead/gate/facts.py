"""What the gate is told about one version. Everything it decides on is here; it looks nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from masthead.language import Message
from masthead.vocabulary import Level, Medium, Profile, SystemStatus, Task, Tier


@dataclass(frozen=True, slots=True)
class UseFact:
    """One AI use. `status` is None where no such system is registered; `recorded_by` is an opaque id."""

    system: str
    task: Task | None
    tier: Tier
    status: SystemStatus | None
    recorded_by: str | None
    terms_fresh: bool | None = None
    """Whether data terms and training opt-out are known and under a year old; None is not known."""


@dataclass(frozen=True, slots=True)
class FindingFact:
    """One finding of the newest run of checks on this version."""

    fingerprint: str
    check: str
    level: Level
    message: Message
    waived: bool


@dataclass(frozen=True, slots=True)
class SignOffFact:
    """One sign-off. `entitled` is whether the person's role gave the right when it was given."""

    person: str
    canonical_sha256: str
    entitled: bool
    same_record: bool = True
    """Whether title, answers and AI uses are those it was given for."""


@dataclass(frozen=True, slots=True)
class BreakGlass:
    """A decision to publish now against obstacles, by a person who may; `entitled` as for a sign-off."""

    person: str
    canonical_sha256: str
    entitled: bool
    review_due: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one version at one moment.

    `persons` are opaque ids. `checks_ran` are ids of the checks whose newest run on this very version ended;
    `checks_failed` maps those that could not run to why. `marks_required` and `marks_given` are the legal
    floor of disclosure as `masthead.labels` computes it, and what the planned disclosure carries.
    """

    medium: Medium
    canonical_sha256: str
    profile: Profile
    authors: frozenset[str]
    uses: tuple[UseFact, ...] = ()
    findings: tuple[FindingFact, ...] = ()
    checks_ran: frozenset[str] = frozenset()
    checks_failed: tuple[tuple[str, Message], ...] = ()
    sign_offs: tuple[SignOffFact, ...] = ()
    break_glass: BreakGlass | None = None
    marks_required: frozenset[str] = frozenset()
    marks_given: frozenset[str] = frozenset()
    uses_disclosed: bool = True
