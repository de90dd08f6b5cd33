"""Whatever the order of commands: nothing goes out that the record does not clear."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.newsroom.desk import Desk, approved, letters, size, text
from tests.newsroom.oracle import (
    NEVER_OVERRIDDEN,
    Standing,
    glass_holds,
    makers_before,
    obstacles_before,
    protected_before,
    register_before,
    sent_back_before,
    standing_before,
    went_out_rightly,
)

from masthead.errors import NotFound, Refused
from masthead.gate.clearance import ObstacleCode
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import (
    add_item,
    add_source,
    add_version,
    newest,
    protect,
    record_use,
)
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see
from masthead.newsroom.policy.commands import adopt, in_force
from masthead.newsroom.register.commands import decide_on, register_system, system_named
from masthead.newsroom.remedies.commands import answer, ask, close
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.review import commands
from masthead.newsroom.review.clearing import clearance
from masthead.newsroom.review.commands.deciding import broken_glass
from masthead.newsroom.review.foreseeing import clearance_if_signed
from masthead.newsroom.review.models import BreakGlass, Publication, SignOff, Waiver, Withdrawal
from masthead.newsroom.review.standing import current_run, to_review
from masthead.newsroom.worklist import catch_up, waits
from masthead.newsroom.worklist.models import Line
from masthead.vocabulary import Profile, Role, SystemStatus, Task, Tier, WaiverReason

DAY = timedelta(days=1)
PEOPLE = st.sampled_from(["author", "editor", "other_editor"])
EDITORS = st.sampled_from(["editor", "other_editor"])
ANSWERING = st.sampled_from(["editor", "other_editor", "steward"])
TIERS = st.sampled_from([Tier.T0, Tier.T1, Tier.T2, Tier.T2, Tier.T2, Tier.T3, Tier.TX])
TASKS = st.sampled_from([Task.EDITING, Task.EDITING, Task.SUMMARY, None])
SYSTEMS = st.sampled_from(["Ink", "Ink", "Ink", "Pen", "Unknown"])
PARTS = st.sampled_from([None, None, (0, 9)])
EXAMPLES = 12
LOOKED_AT = 3
"""After how many entries the worklist is looked at: a line has to follow one entry, and several."""
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
        if in_force().profile != profile:
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

    @property
    def newest_is_out(self) -> bool:
        return Publication.objects.filter(version=self.version).exists()

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
        in_the_way = self.gate_agrees()
        if before % LOOKED_AT == 0:
            self.worklist_agrees(in_the_way)
        return done

    def gate_agrees(self):
        """The gate, asked now, says what the record says when it is read anew; gives what stands."""
        version = self.version
        decided = clearance(version, now=Entry.objects.latest("place").recorded_at)
        expected = obstacles_before(version, size())
        said = {SAME.get(each.code, each.code.value) for each in decided.obstacles + decided.overridden}
        assert said == expected
        holds = glass_holds(version, size())
        stands = expected & NEVER_OVERRIDDEN if holds else expected
        assert decided.clear is not bool(stands)
        return stands

    def worklist_agrees(self, in_the_way):
        """The item's line says how it stands, and who may see it sees it."""
        catch_up()
        kept = Line.objects.get(item=self.item)
        said = Standing(
            kept.stage,
            kept.step,
            kept.sent_back_at is not None,
            kept.protected,
            kept.review_due,
            kept.published_at,
            kept.waivable,
        )
        assert said == standing_before(self.item, size(), in_the_way)
        for editor in (self.desk.editor.person_id, self.desk.other_editor.person_id):
            asked = Line.objects.filter(waits.to_sign(editor, [Role.EDITOR]), item=self.item).exists()
            wrote = self.item.versions.filter(author=editor).exists()
            signed = clearance_if_signed(self.version, editor, now=Entry.objects.latest("place").recorded_at)
            assert asked is (said.step == "sign off" and not wrote and signed.clear)
        assert may_see(self.item, self.desk.editor.person_id, [Role.EDITOR])
        assert may_see(self.item, self.desk.steward.person_id, [Role.STEWARD]) is not said.protected

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
        self.command(
            Kind.SOURCE_ADDED,
            lambda: add_source(self.who(by), self.version, given),
            allowed=not self.newest_is_out,
        )

    @rule(by=PEOPLE, system=SYSTEMS, task=TASKS, tier=TIERS, part=PARTS)
    def record_an_ai_use(self, by, system, task, tier, part):
        given = UseGiven(self.system(system), task, tier, part)
        known = self.version.ai_uses.filter(
            system=given.system, task=task or "", tier=tier, start=part[0] if part else None
        ).exists()
        self.command(
            Kind.AI_USE_RECORDED,
            lambda: record_use(self.who(by), self.version, given),
            allowed=not known and not self.newest_is_out,
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

    @rule(by=EDITORS, note=st.sampled_from(["Who says so?", "Since when?"]))
    def send_back(self, by, note):
        version = self.version
        last = sent_back_before(version, size())
        same = last is not None and (last.person_id, last.note) == (self.who(by).person_id, note)
        self.command(
            Kind.SENT_BACK,
            lambda: commands.send_back(self.who(by), version, note),
            allowed=not same and not self.withdrawn,
        )

    @rule(by=PEOPLE, protected=st.booleans())
    def protect(self, by, protected):
        self.command(
            Kind.ITEM_PROTECTED,
            lambda: protect(self.who(by), self.item, protected=protected),
            allowed=protected is not protected_before(self.item, size()) and (protected or by != "author"),
        )

    @rule()
    def ask(self):
        if self.published:
            asked = self.command(
                Kind.QUESTION_ASKED, lambda: ask(self.item, "Who says so?", language="en"), allowed=True
            )
            assert asked is None or asked[0].item == self.item
            return
        before = size()
        with pytest.raises(NotFound):
            ask(self.item, "Who says so?", language="en")
        assert size() == before

    @rule(by=ANSWERING, closing=st.sampled_from([None, Closing.SPAM]))
    def answer(self, by, closing):
        question = self.item.questions.order_by("entry__place").last()
        if question is None:
            return
        made = self.who(by).person_id in makers_before(self.version, size())
        alone = register_before(size()).profile == "solo"
        ended = self.command(
            Kind.QUESTION_CLOSED if closing else Kind.QUESTION_ANSWERED,
            lambda: (
                close(self.who(by), question, closing)
                if closing
                else answer(self.who(by), question, "Two people.", show_question=True)
            ),
            allowed=not hasattr(question, "ending") and (alone or not made),
        )
        assert ended is None or ended.by_maker is made

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
            and not self.newest_is_out
            and not self.withdrawn,
        )

    @rule(by=EDITORS)
    def review_a_broken_glass(self, by):
        if not BreakGlass.objects.filter(version__item=self.item).exists():
            return
        waiting = to_review(BreakGlass.objects.filter(version__item=self.item))
        first = waiting.order_by("review_due").first()
        broken = broken_glass(self.item, first.version.number if first else None)
        assert broken == first or not first
        self.command(
            Kind.SECOND_REVIEW,
            lambda: commands.review_break_glass(self.who(by), broken, upheld=True),
            allowed=broken == first and broken.person_id != self.who(by).person_id,
        )

    @rule(by=PEOPLE)
    def publish(self, by):
        version = self.version
        in_the_way = obstacles_before(version, size())
        if glass_holds(version, size()):
            in_the_way &= NEVER_OVERRIDDEN
        out = self.newest_is_out
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


@pytest.mark.long
def test_nothing_goes_out_that_the_record_does_not_clear(small):
    AnyHistory.desk = small
    run_state_machine_as_test(
        AnyHistory,
        settings=settings(
            max_examples=EXAMPLES if connection.vendor == "sqlite" else EXAMPLES // 2,
            stateful_step_count=18,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Item.objects.exists()
