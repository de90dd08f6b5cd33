"""Illegal states cannot be stored, whoever writes them: each constraint is tried with the guard lifted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, UniqueConstraint
from tests.newsroom import test_constraints_of_assurance as of_assurance
from tests.newsroom import test_constraints_of_the_log as of_the_log
from tests.newsroom.desk import TEXT, Desk, approved, text, use
from tests.newsroom.logins import PASSWORD
from tests.newsroom.trying import doubled, refused

from masthead import declaration
from masthead.newsroom.accounts.commands import end_role, give_login
from masthead.newsroom.accounts.models import LoginGrant, Organisation, Person, RoleGrant
from masthead.newsroom.evidence.vouched import Vouched, new_id
from masthead.newsroom.items.commands import add_item, newest
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.models import AIUse, Item, Source, Version
from masthead.newsroom.policy.commands import answer
from masthead.newsroom.policy.models import Answer, PolicyRevision
from masthead.newsroom.register.commands import add_use_case
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import (
    BreakGlass,
    CheckRun,
    Correction,
    Finding,
    Publication,
    SecondReview,
    SentBack,
    SignOff,
    Waiver,
    Withdrawal,
)
from masthead.vocabulary import Role, SystemStatus, Task, Tier, WaiverReason

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


@pytest.fixture
def full(small: Desk) -> Desk:
    """A desk with a row of every kind."""
    system = approved(small)
    add_use_case(small.steward, system, Tier.TX)
    answer(small.steward, declaration.load().questions[0].id, met=True)
    words = f"{TEXT} It rose 77 metres."
    version = add_item(
        small.author,
        text(words),
        sources=[text(TEXT, "notes.md")],
        uses=[UseGiven("Ink", Task.EDITING, Tier.T2, (0, 5)), use("Ink", Task.SUMMARY)],
        title="River",
        language="en",
    )
    run = commands.run_checks(small.author, version)
    commands.send_back(small.editor, version, "Say who saw it rise.")
    commands.waive(small.editor, version, run.findings.exclude(start=None)[0], WaiverReason.WITNESSED)
    commands.sign_off(small.editor, version)
    commands.sign_off(small.other_editor, version)
    commands.publish(small.editor, version)
    question, _ = ask(version.item, "Who saw it?", language="en")
    remedies.answer(small.other_editor, question, "Three people did.", show_question=True)
    commands.correct(small.editor, version.item, text(f"{words} So."), "A word was wrong.")
    commands.withdraw(small.editor, version.item, "It was not so.")
    urgent = add_item(small.author, text(f"{TEXT} Now."), title="Now", language="en")
    commands.run_checks(small.author, urgent)
    broken = commands.break_glass(small.editor, urgent, "It cannot wait.", review_within=timedelta(hours=1))
    commands.publish(small.editor, urgent)
    commands.review_break_glass(small.other_editor, broken, upheld=True)
    give_login(small.steward, Person.objects.get(pk=small.author.person_id), "ann@example.org", PASSWORD)
    end_role(small.steward, Person.objects.get(pk=small.other_editor.person_id), Role.EDITOR)
    return small


CHANGED: list[tuple[str, type[Vouched], dict[str, Any]]] = [
    ("one_organisation", Organisation, {"only": False}),
    ("organisation_is_named", Organisation, {"name": ""}),
    ("organisation_is_named", Organisation, {"publisher": ""}),
    ("person_is_named", Person, {"name": ""}),
    ("accounts_rolegrant_role_known", RoleGrant, {"role": "owner"}),
    ("accounts_rolegrant_role_known", RoleGrant, {"role": ""}),
    ("role_ends_after_start", RoleGrant, {"ended_at": LONG_AGO}),
    ("login_ends_after_start", LoginGrant, {"ended_at": LONG_AGO}),
    ("policy_policyrevision_profile_known", PolicyRevision, {"profile": "large"}),
    ("policy_numbers_start_at_one", PolicyRevision, {"number": 0}),
    ("answer_says_what_was_asked", Answer, {"question": ""}),
    ("answer_says_what_was_asked", Answer, {"commitment": ""}),
    ("answer_expires_after_it_is_given", Answer, {"expires_on": LONG_AGO.date()}),
    ("system_is_named", AISystem, {"name": ""}),
    ("register_aisystem_status_known", AISystem, {"status": "loved"}),
    ("register_usecase_stage_known", UseCase, {"stage": "dreaming"}),
    ("register_usecase_tier_known", UseCase, {"tier": "T4"}),
    ("register_usecase_level_known", UseCase, {"level": "planet"}),
    ("register_usecase_status_known", UseCase, {"status": "loved"}),
    ("prohibited_use_is_never_approved", UseCase, {"tier": Tier.TX, "status": SystemStatus.APPROVED}),
    ("items_item_medium_known", Item, {"medium": "smell"}),
    ("given_title_is_not_empty", Version, {"titled": True, "title": ""}),
    ("version_numbers_start_at_one", Version, {"number": 0}),
    ("version_hashes_are_sha256", Version, {"sha256": "A" * 64}),
    ("version_hashes_are_sha256", Version, {"canonical_sha256": "ab" * 31}),
    ("version_is_fetched_at_a_time", Version, {"address": "https://a.example/"}),
    ("source_hash_is_sha256", Source, {"sha256": ""}),
    ("source_is_fetched_at_a_time", Source, {"fetched_at": LONG_AGO}),
    ("items_aiuse_task_known", AIUse, {"task": "cooking"}),
    ("items_aiuse_tier_known", AIUse, {"tier": ""}),
    ("ai_use_names_a_system", AIUse, {"system": ""}),
    ("ai_use_part_has_words", AIUse, {"start": 5, "end": 9, "quote": ""}),
    ("ai_use_part_has_words", AIUse, {"start": None, "end": None, "quote": "river"}),
    ("ai_use_part_is_a_range", AIUse, {"start": 5, "end": 5, "quote": "r"}),
    ("ai_use_part_is_a_range", AIUse, {"start": 5, "end": 4, "quote": "r"}),
    ("ai_use_part_is_a_range", AIUse, {"start": 5, "end": None, "quote": "r"}),
    ("ai_use_part_is_a_range", AIUse, {"start": None, "end": 5, "quote": ""}),
    ("review_finding_level_known", Finding, {"level": "fatal"}),
    ("finding_place_is_a_range", Finding, {"start": 5, "end": 4}),
    ("finding_place_is_a_range", Finding, {"start": None, "end": 4}),
    ("finding_place_is_a_range", Finding, {"start": 5, "end": None}),
    ("review_waiver_reason_known", Waiver, {"reason": "because"}),
    ("review_signoff_role_known", SignOff, {"role": "owner"}),
    ("signoff_canonical_sha256_is_a_hash", SignOff, {"canonical_sha256": ""}),
    ("signoff_said_sha256_is_a_hash", SignOff, {"said_sha256": "x" * 64}),
    ("breakglass_said_sha256_is_a_hash", BreakGlass, {"said_sha256": ""}),
    ("review_sentback_role_known", SentBack, {"role": "owner"}),
    ("sending_back_says_why", SentBack, {"note": ""}),
    ("review_breakglass_role_known", BreakGlass, {"role": "owner"}),
    ("break_glass_has_a_reason", BreakGlass, {"reason": ""}),
    ("review_falls_after", BreakGlass, {"review_due": LONG_AGO}),
    ("review_falls_after", BreakGlass, {"review_due": F("broken_at")}),
    ("breakglass_canonical_sha256_is_a_hash", BreakGlass, {"canonical_sha256": "AB" * 32}),
    ("second_review_is_by_another", SecondReview, {"person": F("broken_by")}),
    ("publication_has_one_ground", Publication, {"sign_off": None, "break_glass": None, "correction": None}),
    ("publication_has_a_responsible", Publication, {"responsible": ""}),
    ("publication_content_sha256_is_a_hash", Publication, {"content_sha256": ""}),
    ("publication_sidecar_sha256_is_a_hash", Publication, {"sidecar_sha256": "none"}),
    ("correction_says_what_changed", Correction, {"note": ""}),
    ("correction_is_a_new_version", Correction, {"corrected": F("version")}),
    ("withdrawal_has_a_reason", Withdrawal, {"reason": ""}),
    ("question_asks_something", Question, {"text": ""}),
    ("question_link_is_a_hash", Question, {"link_sha256": "x"}),
    ("remedies_ending_closed_known", Ending, {"answer": "", "closed": "bored", "shown": False}),
    ("remedies_ending_role_known", Ending, {"role": "owner"}),
    ("question_is_answered_or_closed", Ending, {"answer": "", "shown": False}),
    ("only_an_answered_question_is_shown", Ending, {"answer": "", "closed": "spam"}),
]

COPIED: list[tuple[str, type[Vouched], dict[str, Any]]] = [
    ("only", Organisation, {"name": "The Other"}),
    ("key", Person, {}),
    ("role_is_held_once", RoleGrant, {"ended_at": None}),
    ("number", PolicyRevision, {}),
    ("key", AISystem, {}),
    ("use_case_is_listed_once", UseCase, {}),
    ("public_id", Item, {}),
    ("version_number_is_unique", Version, {}),
    ("source_is_listed_once", Source, {"label": "other.md"}),
    ("finding_has_one_place_in_its_run", Finding, {}),
    ("finding_is_waived_once", Waiver, {}),
    ("version_is_signed_once_by_a_person", SignOff, {}),
    ("version", BreakGlass, {}),
    ("break_glass", SecondReview, {}),
    ("version", Publication, {}),
    ("version", Correction, {}),
    ("item", Withdrawal, {}),
    ("login_is_given_once", LoginGrant, {}),
    ("public_id", Question, {"link_sha256": "ab" * 32}),
    ("link_sha256", Question, {"public_id": "another"}),
    ("question", Ending, {}),
]


def evidence() -> set[type[Vouched]]:
    return {model for model in apps.get_models() if issubclass(model, Vouched)}


def test_no_row_can_be_made_illegal(full):
    for constraint, model, values in CHANGED:
        row = model.objects.order_by("id").first()
        assert row is not None, model
        refused(constraint, lambda m=model, r=row, v=values: m.objects.filter(pk=r.pk).update(**v))


def test_nothing_that_stands_once_can_stand_twice(full):
    for constraint, model, values in COPIED:
        row = model.objects.filter(**({"ended_at": None} if model is RoleGrant else {})).first()
        assert row is not None, model
        row.pk = new_id()
        for name, value in values.items():
            setattr(row, name, value)
        row._state.adding = True
        # SQLite names the columns, PostgreSQL the constraint.
        refused("(?i)unique", lambda r=row: r.save(force_insert=True)), constraint


def test_names_that_differ_by_case_alone_are_one(full):
    for model, name in ((Person, "ED EDITOR"), (AISystem, "iNK")):
        row = model.objects.get(name__iexact=name)
        row.pk, row.name = new_id(), name
        refused("(?i)unique", lambda r=row: r.save(force_insert=True))


def test_a_publication_rests_on_one_ground_and_no_more(full):
    signed = SignOff.objects.first()
    broken = BreakGlass.objects.first()
    correction = Correction.objects.first()
    for ground in ("sign_off", "break_glass", "correction"):
        row = Publication.objects.exclude(**{ground: None}).first()
        for other, value in (("sign_off", signed), ("break_glass", broken), ("correction", correction)):
            if other != ground:
                refused(
                    "publication_has_one_ground|(?i:unique)",
                    lambda r=row, o=other, v=value: Publication.objects.filter(pk=r.pk).update(**{o: v}),
                )


def test_two_publications_rest_on_no_one_break_glass_or_correction(full):
    for ground in ("break_glass", "correction"):
        row = Publication.objects.exclude(**{ground: None}).get()
        row.pk, row.version = new_id(), newest(Item.objects.get(versions__title="River", versions__number=1))
        row.version.pk, row.version.number = new_id(), 77

        def store(row=row):
            row.version.save(force_insert=True)
            row.save(force_insert=True)

        refused("(?i)unique", store)


def test_a_form_is_taken_once(full):
    first, second = Version.objects.order_by("id")[:2]

    def store():
        for each in (first, second):
            Version.objects.filter(pk=each.pk).update(once="ab" * 32)

    refused(doubled("once"), store)


def test_no_row_stands_without_its_entry(full):
    for model in evidence().difference(of_the_log.VOUCHED, of_assurance.VOUCHED):
        row = model.objects.first()
        assert row is not None, model
        refused("entry_id", lambda m=model, r=row: m.objects.filter(pk=r.pk).update(entry=None))


def test_every_constraint_on_evidence_is_tried():
    """In these lists or those beside them; three columns have tests of their own."""
    changed = [(name, model) for name, model, _ in CHANGED + of_the_log.CHANGED + of_assurance.CHANGED]
    copied = [(name, model) for name, model, _ in COPIED]
    copied += [(name, model) for name, _, model, _ in of_the_log.COPIED + of_assurance.COPIED]
    tried = {(each, model) for name, model in changed + copied for each in name.split("|")}
    tried |= {("once", Version), ("break_glass", Publication), ("correction", Publication)}
    for model in evidence():
        names = {each.name for each in model._meta.concrete_fields if each.unique and not each.primary_key}
        names |= {each.name for each in model._meta.constraints}
        assert {(name, model) for name in names} <= tried


def test_every_closed_list_is_held_by_a_constraint():
    for model in evidence():
        closed = {field.name for field in model._meta.get_fields() if getattr(field, "choices", None)}
        held = {c.name for c in model._meta.constraints if not isinstance(c, UniqueConstraint)}
        for column in closed:
            assert any(name.endswith(f"_{column}_known") for name in held), f"{model.__name__}.{column}"


def test_a_run_of_checks_names_its_version(full):
    refused("version_id", lambda: CheckRun.objects.update(version=None))
