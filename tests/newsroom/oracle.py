"""How an item stands at a place of the log, worked out anew from rows and entries.

It shares no code with the gate, with what gathers its facts and with the worklist: rows that never change
are read as they stood at that place, what changes (the register, the policy, protection) is replayed.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review.models import (
    BreakGlass,
    Finding,
    Publication,
    SentBack,
    SignOff,
    Waiver,
    Withdrawal,
)

CHECKS = {"traceability", "personal_data", "credentials_on_arrival", "declared_use"}
NEVER_OVERRIDDEN = {"prohibited_use"}
WAIVED_AND_SIGNED = {"finding", "sign_off", "sign_off_by_author"}
STATUS = {
    Kind.SYSTEM_APPROVED: "approved",
    Kind.SYSTEM_PAUSED: "paused",
    Kind.SYSTEM_RETIRED: "retired",
}


@dataclass
class Register:
    """The register and the policy as the entries before a place left them."""

    systems: dict[str, str] = field(default_factory=dict)
    cases: dict[str, dict[str, str]] = field(default_factory=dict)
    profile: str = ""

    def apply(self, kind: int, said: dict[str, Any]) -> None:
        name = str(said.get("system", "")).casefold()
        if kind == Kind.POLICY_ADOPTED:
            self.profile = said["profile"]
        elif kind == Kind.SYSTEM_REGISTERED:
            self.systems[name] = "proposed"
        elif kind == Kind.USE_CASE_CHANGED:
            self.cases.setdefault(name, {})[said["tier"]] = "proposed"
        elif kind in STATUS:
            self.systems[name] = STATUS[Kind(kind)]
            for tier, status in self.cases.get(name, {}).items():
                if tier != "TX" and status != "retired":
                    self.cases[name][tier] = STATUS[Kind(kind)]

    def allows(self, name: str, tier: str) -> bool:
        """Whether a system is approved for a tier: itself, and for that tier or a higher one."""
        name = name.casefold()
        covered = (t for t, status in self.cases.get(name, {}).items() if status == "approved")
        return self.systems.get(name) == "approved" and any(t >= tier for t in covered if t != "TX")


REGISTER = (
    Kind.POLICY_ADOPTED,
    Kind.SYSTEM_REGISTERED,
    Kind.SYSTEM_APPROVED,
    Kind.SYSTEM_PAUSED,
    Kind.SYSTEM_RETIRED,
    Kind.USE_CASE_CHANGED,
)


def register_before(place: int) -> Register:
    register = Register()
    entries = Entry.objects.filter(place__lt=place, kind__in=REGISTER).order_by("place")
    for entry in entries:
        register.apply(entry.kind, values_of(entry))
    return register


def uses_before(version: Version, place: int) -> Counter[tuple[Any, ...]]:
    rows = version.ai_uses.filter(entry__place__lt=place)
    return Counter((u.system.casefold(), u.task, u.tier, u.start, u.end) for u in rows)


def obstacles_before(version: Version, place: int) -> set[str]:
    """What the entries before `place` leave in the way of `version`."""
    register = register_before(place)
    uses = list(version.ai_uses.filter(entry__place__lt=place))
    found = set()
    if any(each.tier == "TX" for each in uses):
        found.add("prohibited_use")
    if any(not each.task for each in uses):
        found.add("task_missing")
    if any(each.tier in ("T2", "T3", "TX") and not register.allows(each.system, each.tier) for each in uses):
        found.add("system")
    found |= _checked(version, place)
    signers = _signers(version, place)
    if not signers:
        found.add("sign_off")
    elif register.profile == "small" and uses and signers <= makers_before(version, place):
        found.add("sign_off_by_author")
    return found


def makers_before(version: Version, place: int) -> set[Any]:
    """Whose words may be left in a version, and who recorded the AI uses it has.

    A version that says what the one before said, under the same title, has no words of who brought it in.
    """
    versions = version.item.versions.filter(entry__place__lt=place, number__lte=version.number)
    words = [(each.sha256, each.title) for each in versions.order_by("number")]
    wrote = {
        each.author_id
        for each, said, before in zip(versions.order_by("number"), words, [None, *words], strict=False)
        if said != before
    }
    uses = version.ai_uses.filter(entry__place__lt=place)
    return wrote | {each.recorded_by_id for each in uses}


def _checked(version: Version, place: int) -> set[str]:
    runs = version.check_runs.filter(entry__place__lt=place).order_by("-entry__place")
    newest = runs.first()
    added = [
        *version.ai_uses.filter(entry__place__lt=place).values_list("entry__place", flat=True),
        *version.sources.filter(entry__place__lt=place).values_list("entry__place", flat=True),
    ]
    if newest is None or not set(newest.ran) >= CHECKS or max(added, default=-1) > newest.entry.place:
        return {"check_not_run"}
    waived = Waiver.objects.filter(item=version.item, entry__place__lt=place)
    open_errors = Finding.objects.filter(run=newest, level="error", check_id__in=CHECKS).exclude(
        fingerprint__in=waived.values("fingerprint")
    )
    return {"finding"} if open_errors.exists() else set()


def _signers(version: Version, place: int) -> set[Any]:
    """Who signed this canonical form under this title, with these answers and AI uses on record."""
    uses = uses_before(version, place)
    given = SignOff.objects.filter(version__item=version.item, entry__place__lt=place).select_related("entry")
    return {
        each.person_id
        for each in given
        if _said(each.version) == _said(version) and uses_before(each.version, each.entry.place) == uses
    }


def _said(version: Version) -> tuple[Any, ...]:
    title = " ".join(version.title.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    answers = (version.language, version.public_interest, version.realistic)
    return version.canonical_sha256, title, *answers


def glass_holds(version: Version, place: int) -> bool:
    """Whether the glass was broken for a version, and nothing that bears on it came after.

    Neither an AI use recorded since, nor a stop of a system of a material use.
    """
    broken = BreakGlass.objects.filter(version=version, entry__place__lt=place).first()
    if broken is None:
        return False
    if version.ai_uses.filter(entry__place__gt=broken.entry.place, entry__place__lt=place).exists():
        return False
    now = register_before(place)
    names = {use.system.casefold() for use in version.ai_uses.filter(tier__in=("T2", "T3", "TX"))}
    stopped = {name for name in names if now.systems.get(name) in ("paused", "retired")}
    since = {
        name
        for name in stopped
        for entry in Entry.objects.filter(
            kind__in=(Kind.SYSTEM_PAUSED, Kind.SYSTEM_RETIRED),
            place__gt=broken.entry.place,
            place__lt=place,
        )
        if values_of(entry)["system"].casefold() == name
    }
    return not since


def went_out_rightly(publication: Publication) -> bool:
    """Whether, at its place, nothing stood in its way but what a break-glass on record may pass over."""
    place = publication.entry.place
    in_the_way = obstacles_before(publication.version, place)
    if publication.correction_id is not None or not in_the_way:
        return True
    return (
        glass_holds(publication.version, place)
        and not in_the_way & NEVER_OVERRIDDEN
        and publication.break_glass_id is not None
    )


@dataclass(frozen=True)
class Standing:
    """What a list of items says of one, in the words of the worklist."""

    stage: str
    step: str
    sent_back: bool
    protected: bool
    review_due: Any
    published_at: Any
    waivable: bool
    """Whether an editor's waivers and a sign-off are all that is missing."""


def standing_before(item: Item, place: int, in_the_way: set[str]) -> Standing:
    """How the item stood, where `in_the_way` of its newest version was this and no broken glass passed it."""
    outs = list(Publication.objects.filter(item=item, entry__place__lt=place).order_by("entry__place"))
    gone = Withdrawal.objects.filter(item=item, entry__place__lt=place).exists()
    version = item.versions.filter(entry__place__lt=place).latest("number")
    glasses = BreakGlass.objects.filter(version__item=item, entry__place__lt=place)
    went_out = {out.version_id for out in outs}
    may_go = set() if gone else {version.pk}
    waits = [each for each in glasses if not _reviewed(each, place) and each.version_id in went_out | may_go]
    due = min((each.review_due for each in waits), default=None)
    step, returned = _step(in_the_way), False
    if gone:
        step = "gone"
    elif outs and outs[-1].version_id == version.pk:
        unsigned = outs[-1].correction_id is not None and not _signers(version, place)
        step = "correction" if unsigned else "review" if due else "out"
    elif sent_back_before(version, place):
        step, returned = "mend", True
    if gone:
        stage = "withdrawn"
    elif outs:
        stage = "corrected" if any(each.correction_id for each in outs) else "published"
    else:
        stage = "draft"
    first = outs[0].published_at if outs else None
    waivable = step == "mend" and not returned and "finding" in in_the_way <= WAIVED_AND_SIGNED
    return Standing(stage, step, returned, protected_before(item, place), due, first, waivable)


def _step(in_the_way: set[str]) -> str:
    if "check_not_run" in in_the_way:
        return "check"
    if in_the_way - {"sign_off", "sign_off_by_author"}:
        return "mend"
    return "sign off" if in_the_way else "publish"


def _reviewed(broken: BreakGlass, place: int) -> bool:
    return hasattr(broken, "review") and broken.review.entry.place < place


def sent_back_before(version: Version, place: int) -> SentBack | None:
    """The last handing back of a version, where nobody signed the version after it."""
    last = SentBack.objects.filter(version=version, entry__place__lt=place).order_by("entry__place").last()
    if last is None:
        return None
    signed = SignOff.objects.filter(version=version, entry__place__lt=place)
    return None if any(each.entry.place > last.entry.place for each in signed) else last


def protected_before(item: Item, place: int) -> bool:
    """Whether the item was protected: what the last entry that speaks of it says."""
    said = False
    for entry in Entry.objects.filter(kind=Kind.ITEM_PROTECTED, place__lt=place).order_by("place"):
        fields = values_of(entry)
        if fields["item"] == item.public_id:
            said = fields["protected"]
    return said
