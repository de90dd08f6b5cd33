from datetime import date

import pytest
from hypothesis import given, settings
from inline_snapshot import snapshot
from tests.labels.strategies import photo, records, story, use

from masthead.labels.line import line
from masthead.labels.record import Change, Use
from masthead.labels.tasks import UNWRITTEN
from masthead.vocabulary import Medium, Task, Tier

some = settings(max_examples=80, deadline=None)


def test_a_summary_by_ai_of_a_story_that_a_person_wrote():
    assert line(story(use())) == snapshot(
        "An AI tool summarised material. A person wrote the text; an editor checked it. "
        "The duty editor stands behind it."
    )


def test_nothing_but_people():
    assert line(story()) == snapshot(
        "No use of AI is on record. An editor checked it. The duty editor stands behind it."
    )


def test_only_incidental_help():
    assert line(story(use(Task.EDITING, Tier.T0))) == snapshot(
        "AI gave only incidental help, which the details describe. "
        "A person wrote the text; an editor checked it. The duty editor stands behind it."
    )


def test_a_draft_by_ai_claims_no_writer():
    assert line(story(use(Task.DRAFTING))) == snapshot(
        "An AI tool drafted the text. An editor checked it. The duty editor stands behind it."
    )


def test_several_systems_and_tasks_the_most_material_first():
    uses = (
        use(Task.TRANSCRIPTION, Tier.T1),
        Use("Lingua", Task.TRANSLATION, Tier.T2),
        use(Task.HEADLINE, Tier.T1),
        use(Task.RESEARCH, Tier.T1),
    )
    assert line(story(*uses)) == snapshot(
        "AI tools translated text, transcribed recordings, helped with the headline and did work that the "
        "details describe. An editor checked it. The duty editor stands behind it."
    )


def test_a_picture_made_by_ai():
    assert line(photo(use(Task.IMAGE_GENERATION, Tier.T3))) == snapshot(
        "An AI tool made this picture. AI did part of this on its own, without a person deciding each time. "
        "An editor checked it. The duty editor stands behind it."
    )


def test_part_of_a_picture_changed_by_ai():
    assert line(photo(use(Task.IMAGE_EDITING, part="the sky"))).startswith(
        "An AI tool changed part of this picture."
    )


def test_one_person_alone():
    assert line(story(use(), self_signed=True, responsible="Ana Lima")) == snapshot(
        "An AI tool summarised material. A person wrote the text. "
        "Self-signed: the person who made it checked it, and nobody else did. Ana Lima stands behind it."
    )


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (True, "A second person has reviewed it since."),
        (None, "A second person is still to review it."),
        (False, "The review by a second person is overdue."),
    ],
)
def test_an_emergency_decision_and_its_review(second, words):
    said = line(story(use(), reviewed=False, break_glass=True, second_review=second))
    assert "It was published by emergency decision, before an editor had checked it. " + words in said


def test_a_withdrawn_story_says_so_first():
    gone = story(withdrawn=Change(date(2026, 11, 14), "The document was forged."))
    assert line(gone).startswith("Withdrawn on 14 November 2026. ")


def test_nobody_is_said_to_stand_behind_what_was_withdrawn():
    gone = story(withdrawn=Change(date(2026, 11, 14), "The document was forged."))
    assert line(gone).endswith(" The duty editor answers for it.")


@some
@given(records)
def test_no_claim_without_its_field(record):
    said = line(record)
    if any(u.task in UNWRITTEN for u in record.uses) or record.medium is Medium.IMAGE:
        assert "A person wrote" not in said
    if record.self_signed or not record.reviewed:
        assert "n editor checked it." not in said
    if not record.responsible or record.withdrawn is not None:
        assert "stands behind" not in said
    if record.reviewed and record.self_signed:
        assert "Self-signed" in said
    if record.break_glass:
        assert "emergency decision" in said


@some
@given(records)
def test_a_use_that_matters_is_never_passed_over(record):
    said = line(record)
    if any(u.tier is not Tier.T0 for u in record.uses):
        assert "An AI tool" in said or "AI tools" in said
    else:
        assert "No use of AI" in said or "incidental" in said or "AI tool" in said
