from datetime import date

from hypothesis import given, settings
from inline_snapshot import snapshot
from tests.labels.strategies import photo, records, story, use

from masthead.labels import disclose
from masthead.labels.record import Change, Use
from masthead.language import using
from masthead.vocabulary import Task, Tier

some = settings(max_examples=80, deadline=None)


def test_the_details_of_a_story():
    record = story(
        use(provider="Lorem AI"),
        Use("Checker", Task.EDITING, Tier.T0, "Ipsum", "the last line"),
        corrections=(Change(date(2026, 11, 13), "The number of streets is twelve, not twenty."),),
        public_interest=True,
    )
    assert disclose(record).details == snapshot(
        (
            ("Who stands behind it", "The duty editor holds editorial responsibility, for The Harbour Post."),
            (
                "What AI did",
                "Scribe 3 by Lorem AI: summary. Material (T2): "
                "part of what the audience reads, sees or hears is its work.",
            ),
            (
                "What AI did",
                "Checker by Ipsum: editing, only in “the last line”. "
                "Incidental (T0): like a spelling check; the audience would get the same without it.",
            ),
            ("What AI did", "No sentence of the text is on record as written by AI."),
            ("What was checked", "An editor checked this version and signed it off."),
            (
                "What was checked",
                "31 numbers, names, dates and quotations were looked for in the sources; 30 were found.",
            ),
            ("What was checked", "1 finding was waived, with a reason on record."),
            ("Changed since", "13 November 2026: The number of streets is twelve, not twenty."),
            ("Sources", "Made from 4 sources, which are not named here."),
            ("What is not known", "AI use that nobody recorded is not in this account."),
        )
    )


def test_an_unanswered_question_is_said_and_counts_as_yes():
    said = " ".join(d for _, d in disclose(photo(use(Task.IMAGE_EDITING))).details)
    assert "Whether it could pass for real was not answered; it is treated as if it could." in said
    assert "Who provides Scribe 3 is not on record." in said


def test_dates_are_printed_in_the_readers_language():
    record = story(corrections=(Change(date(2027, 3, 1), "Twelve."),))
    with using("fr"):
        assert any(said.startswith("1er mars 2027") for _, said in disclose(record).details)


@some
@given(records)
def test_every_use_of_every_tier_is_in_the_details(record):
    details = disclose(record).details
    for each in record.uses:
        assert any(each.system in said and each.tier in said for _, said in details)
        assert each.part is None or any(each.part in said for _, said in details)


@some
@given(records)
def test_corrections_and_withdrawal_are_never_left_out(record):
    said = [d for _, d in disclose(record).details]
    for change in (*record.corrections, *filter(None, [record.withdrawn])):
        assert any(change.note in each for each in said)


@some
@given(records)
def test_equal_terms_stand_together(record):
    terms = [term for term, _ in disclose(record).details]
    runs = [term for i, term in enumerate(terms) if i == 0 or terms[i - 1] != term]
    assert len(runs) == len(set(runs))
