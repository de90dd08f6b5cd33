"""Whatever the order of commands: nothing goes out that the record does not clear."""

from datetime import timedelta
from itertools import count

from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.newsroom.desk import Desk, approved, letters, size, text
from tests.newsroom.oracle import NEVER_OVERRIDDEN, glass_holds, obstacles_before, went_out_rightly

from masthead.errors import Refused
from masthead.gate.clearance import ObstacleCode
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item, add_source, add_version, newest, record_use
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.models import Item
from masthead.newsroom.policy.commands import adopt
from masthead.newsroom.register.commands import decide_on, register_system, system_named
from masthead.newsroom.review import commands
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.models import BreakGlass, Publication, SignOff, Waiver, Withdrawal
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import Profile, SystemStatus, Task, Tier, WaiverReason

DAY = timedelta(days=1)
PEOPLE = st.sampled_from(["author", "editor", "other_editor"])
EDITORS = st.sampled_from(["editor", "other_editor"])
TIERS = st.sampled_from([Tier.T0, Tier.T1, Tier.T2, Tier.T2, Tier.T2, Tier.T3, Tier.TX])
TASKS = st.sampled_from([Task.EDITING, Task.EDITING, Task.SUMMARY, None])
SYSTEMS = st.sampled_from(["Ink", "Ink", "Ink", "Pen", "Unknown"])
_fresh = count()
SAME = {
    ObstacleCode.NO_SIGN_OFF: "sign_off",
    ObstacleCode.SIGN_OFF_DIED: "sign_off",
    ObstacleCode.SYSTEM_UNREGISTERED: "system",
    ObstacleCode.SYSTEM_NOT_APPROVED: "system",
    ObstacleCode.SYSTEM_PAUSED: "system",
    ObstacleCode.SYSTEM_RETIRED: "system",
}
"""What the gate tells apart and the oracle does not."""


class AnyHistory(RuleBasedStateMachine):
    """One item a history, in one organisation whose log grows over all of them."""

    desk: Desk

    @initialize(
        profile=st.sampled_from([Profile.SMALL, Profile.SOLO]), by=PEOPLE, tier=TIERS, ai=st.booleans()
    )
    def begin(self, profile, by, tier, ai):
        self.mark = next(_fresh)
        self.words = f"The river's banks broke {letters(self.mark)}."
        approved(self.desk, self.system("Ink"), Tier.T2)
        register_system(self.desk.steward, self.system("Pen"), named("Ada Steward"))
        adopt(self.desk.steward, profile)
        uses = [UseGiven(self.system("Ink"), Task.EDITING, tier)] if ai else []
        source = text(self.words, "notes.md")
        version = add_item(self.who(by), text(self.words), sources=[source], uses=uses, language="en")
        self.item = version.item

    def system(self, name: str) -> str:
        return f"{name} {letters(self.mark)}"

    def who(self, name: str):
        return getattr(self.desk, name)

    @property
    def version(self):
        return newest(self.item)

    @property
    def withdrawn(self) -> bool:
        return Withdrawal.objects.filter(item=self.item).exists()

    @property
    def published(self) -> bool:
        return Publication.objects.filter(item=self.item).exists()

    def command(self, kind: Kind, call, *, allowed: bool | None = None):
        """Run a command: one entry of its kind, or a refusal and none."""
        before = size()
        refused, done = None, None
        try:
            done = call()
        except Refused as refusal:
            refused = str(refusal)
        if refused is not None:
            assert size() == before
            assert allowed is not True, refused
            return None
        assert size() == before + 1
        assert Entry.objects.get(place=before).kind == kind
        assert allowed is not False
        self.gate_agrees()
        return done

    def gate_agrees(self):
        """The gate, asked now, says what the record says when it is read anew."""
        version = self.version
        decided = clearance(version, now=Entry.objects.latest("place").recorded_at)
        expected = obstacles_before(version, size())
        said = {SAME.get(each.code, each.code.value) for each in decided.obstacles + decided.overridden}
        assert said == expected
        holds = glass_holds(version, size())
        assert decided.clear is not bool(expected & NEVER_OVERRIDDEN if holds else expected)

    @rule(by=PEOPLE)
    def change_the_meaning(self, by):
        alive = obstacles_before(self.version, size())
        self.words += f" It fell {letters(next(_fresh))}."
        given = text(self.words)
        added = self.command(
            Kind.VERSION_ADDED, lambda: add_version(self.who(by), self.version, given, sources=[given])
        )
        assert added.canonical_sha256 != added.item.versions.get(number=added.number - 1).canonical_sha256
        assert "sign_off" in obstacles_before(added, size()), alive
        assert not clearance(added, now=added.added_at).clear

    @rule(by=PEOPLE)
    def change_the_form(self, by):
        before = self.version
        signed = "sign_off" not in obstacles_before(before, size())
        straight, curly = "'", "\N{RIGHT SINGLE QUOTATION MARK}"
        old, new = (straight, curly) if straight in self.words else (curly, straight)
        self.words = self.words.replace(old, new)
        extra = "\n" * (before.number % 7)
        added = self.command(
            Kind.VERSION_ADDED, lambda: add_version(self.who(by), before, text(self.words + extra))
        )
        assert added.canonical_sha256 == before.canonical_sha256
        codes = {each.code.value for each in clearance(added, now=added.added_at).obstacles}
        assert not (signed and codes & {"no_sign_off", "sign_off_died"})

    @rule(by=PEOPLE)
    def say_a_number_nobody_said(self, by):
        self.words += f" It was {1000 + next(_fresh)} metres."
        self.command(Kind.VERSION_ADDED, lambda: add_version(self.who(by), self.version, text(self.words)))

    @rule(by=PEOPLE)
    def name_a_source(self, by):
        given = text(f"{self.words} Note {letters(next(_fresh))}.", "more.md")
        self.command(Kind.SOURCE_ADDED, lambda: add_source(self.who(by), self.version, given), allowed=True)

    @rule(by=PEOPLE, system=SYSTEMS, task=TASKS, tier=TIERS)
    def record_an_ai_use(self, by, system, task, tier):
        given = UseGiven(self.system(system), task, tier)
        known = self.version.ai_uses.filter(
            system=given.system, task=task or "", tier=tier, start=None
        ).exists()
        self.command(
            Kind.AI_USE_RECORDED, lambda: record_use(self.who(by), self.version, given), allowed=not known
        )

    @rule(by=PEOPLE)
    def check(self, by):
        self.command(Kind.CHECKS_RUN, lambda: commands.run_checks(self.who(by), self.version), allowed=True)

    @rule(by=EDITORS, reason=st.sampled_from(list(WaiverReason)))
    def waive(self, by, reason):
        run = current_run(self.version)
        for found in run.findings.all() if run else ():
            known = Waiver.objects.filter(item=self.item, fingerprint=found.fingerprint).exists()
            self.command(
                Kind.FINDING_WAIVED,
                lambda f=found: commands.waive(self.who(by), self.version, f, reason, "a note"),
                allowed=not known,
            )

    @rule(by=EDITORS)
    def sign_off(self, by):
        version = self.version
        self.command(
            Kind.SIGNED_OFF,
            lambda: commands.sign_off(self.who(by), version),
            allowed=False if self.withdrawn else None,
        )
        if not self.withdrawn:
            assert SignOff.objects.filter(version=version, person_id=self.who(by).person_id).exists()

    @rule(by=EDITORS)
    def do_all_that_is_asked(self, by):
        self.check(by)
        self.waive(by, WaiverReason.WITNESSED)
        self.sign_off(by)

    @rule(system=st.sampled_from(["Ink", "Pen"]), status=st.sampled_from(list(SystemStatus)[1:]))
    def decide_on_a_system(self, system, status):
        kind = {
            SystemStatus.APPROVED: Kind.SYSTEM_APPROVED,
            SystemStatus.PAUSED: Kind.SYSTEM_PAUSED,
            SystemStatus.RETIRED: Kind.SYSTEM_RETIRED,
        }[status]
        kept = system_named(self.system(system))
        self.command(kind, lambda: decide_on(self.desk.steward, kept, status, reason="as the team decided"))

    @rule(by=EDITORS)
    def break_the_glass(self, by):
        version = self.version
        in_the_way = obstacles_before(version, size())
        known = BreakGlass.objects.filter(version=version).exists()
        self.command(
            Kind.BREAK_GLASS,
            lambda: commands.break_glass(self.who(by), version, "It cannot wait.", review_within=DAY),
            allowed=bool(in_the_way)
            and not in_the_way & NEVER_OVERRIDDEN
            and not known
            and not self.withdrawn,
        )

    @rule(by=EDITORS)
    def review_a_broken_glass(self, by):
        broken = BreakGlass.objects.filter(version__item=self.item).first()
        if broken is not None:
            self.command(
                Kind.SECOND_REVIEW,
                lambda: commands.review_break_glass(self.who(by), broken, upheld=True),
                allowed=broken.person_id != self.who(by).person_id and not hasattr(broken, "review"),
            )

    @rule(by=PEOPLE)
    def publish(self, by):
        version = self.version
        in_the_way = obstacles_before(version, size())
        if glass_holds(version, size()):
            in_the_way &= NEVER_OVERRIDDEN
        out = Publication.objects.filter(version=version).exists()
        done = self.command(
            Kind.PUBLISHED,
            lambda: commands.publish(self.who(by), version),
            allowed=not in_the_way and not out and not self.withdrawn,
        )
        if done is not None:
            assert went_out_rightly(done)

    @rule(by=EDITORS)
    def correct(self, by):
        words = f"{self.words} It was corrected {letters(next(_fresh))}."
        done = self.command(
            Kind.CORRECTED,
            lambda: commands.correct(self.who(by), self.item, text(words), "A word was wrong."),
            allowed=self.published and not self.withdrawn,
        )
        self.words = words if done else self.words

    @rule(by=EDITORS)
    def withdraw(self, by):
        self.command(
            Kind.WITHDRAWN,
            lambda: commands.withdraw(self.who(by), self.item, "It was not so."),
            allowed=self.published and not self.withdrawn,
        )

    def teardown(self):
        if not hasattr(self, "item"):
            return
        for out in Publication.objects.filter(item=self.item):
            assert went_out_rightly(out)
        if self.published and not self.withdrawn:
            self.correct("editor")
            self.withdraw("other_editor")
        if self.published:
            assert self.withdrawn
            outs = Publication.objects.filter(item=self.item).count()
            self.publish("editor")
            self.correct("editor")
            assert Publication.objects.filter(item=self.item).count() == outs
        publish_checkpoint()
        verdict = verify_log()
        assert verdict.intact, verdict.why


def test_nothing_goes_out_that_the_record_does_not_clear(small):
    AnyHistory.desk = small
    run_state_machine_as_test(
        AnyHistory,
        settings=settings(
            max_examples=25 if connection.vendor == "sqlite" else 8,
            stateful_step_count=18,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Item.objects.exists()
