from datetime import date
from pathlib import Path

from hypothesis import given, settings
from inline_snapshot import snapshot
from tests.labels.strategies import photo, records, story, use

import masthead.checks
from masthead.labels import disclose
from masthead.labels.details import details
from masthead.labels.record import Change, Use
from masthead.labels.stayed import SAID
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


def test_what_stayed_is_told_in_words_each_sort_once():
    record = story(
        unwaived=7,
        stayed=(
            ("acme.odd", 1),
            ("credentials_on_arrival.invalid", 1),
            ("personal_data.phone", 2),
            ("traceability.link", 1),
            ("traceability.number", 2),
            ("traceability.number_kind", 1),
        ),
    )
    said = [words for term, words in details(record) if term == "What was checked"]
    assert said[-3:] == [
        "3 numbers are in no source as they stand here.",
        "1 link is in no source.",
        "The credential that the file came with was not intact.",
    ]


def test_nothing_of_what_stayed_is_told_where_no_check_has_looked():
    record = story(checked=False, stayed=(("traceability.number", 2),))
    assert not [words for _, words in details(record) if "number" in words]


def test_what_is_told_of_findings_is_what_our_checks_find():
    checks = Path(masthead.checks.__file__).parent
    for name in SAID:
        check, _, code = name.partition(".")
        source = "".join(file.read_text(encoding="utf-8") for file in (checks / check).glob("*.py"))
        assert f'"{code}"' in source, name
        assert check != "personal_data"
