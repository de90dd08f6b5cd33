"""When something is looked for, and in what."""

from tests.checks.traceability.texts import document, trace

from masthead.checks.subject import AIUse, Source, Subject
from masthead.checks.traceability import Traceability
from masthead.language import Message
from masthead.reading.document import Document
from masthead.vocabulary import Level, Medium, Task, Tier

TEXT = "It cost 5 pounds.\nIt weighs 7 stone."
DRAFT = AIUse("Model", Task.DRAFTING, Tier.T2)


def test_without_ai_use_or_source_nothing_is_looked_for() -> None:
    assert trace(TEXT) == type(trace(TEXT))()


def test_a_material_ai_use_without_a_source_is_an_error_without_a_place() -> None:
    outcome = trace(TEXT, uses=[DRAFT])
    first, *rest = outcome.findings
    assert (first.code, first.level, first.quote, first.start, first.end) == (
        "no_source",
        Level.ERROR,
        None,
        None,
        None,
    )
    assert "Model" in str(first.message)
    assert [finding.quote for finding in rest] == ["5 pounds", "7"]


def test_without_a_source_only_the_part_that_ai_touched_is_traced() -> None:
    part = AIUse("Model", Task.DRAFTING, Tier.T3, (18, len(TEXT)))
    assert [finding.quote for finding in trace(TEXT, uses=[part]).findings] == [None, "7"]


def test_a_lesser_ai_use_without_a_source_asks_for_nothing() -> None:
    assert trace(TEXT, uses=[AIUse("Speller", Task.EDITING, Tier.T1)]).findings == ()


def test_with_a_source_the_whole_text_is_traced_whatever_ai_touched() -> None:
    part = AIUse("Model", Task.DRAFTING, Tier.T2, (18, len(TEXT)))
    for uses in ([part], [AIUse("Speller", Task.EDITING, Tier.T0)], []):
        assert [finding.quote for finding in trace(TEXT, "Nothing.", uses=uses).findings] == ["5 pounds", "7"]


def test_a_source_that_could_not_be_read_is_a_warning_and_traces_nothing() -> None:
    why = Message("It is encrypted.")
    sources = (Source("Report", None, why), Source("Notes", document("It cost 5 pounds.")))
    outcome = Traceability()(Subject(document(TEXT), "en", sources))
    warning, missing = outcome.findings
    assert (warning.code, warning.level, warning.start) == ("source_not_read", Level.WARNING, None)
    assert str(warning.message) == (
        "The source Report could not be read, so nothing was looked for in it: It is encrypted."
    )
    assert missing.quote == "7"
    assert missing.nearest is not None
    assert missing.nearest.source == "Notes"


def test_sources_that_cannot_be_read_are_no_sources() -> None:
    own = Subject(document("Nobody came."), "en", (Source("Report", None),), (DRAFT,))
    assert [finding.code for finding in Traceability()(own).findings] == ["no_source", "source_not_read"]


def test_each_thing_is_looked_for_in_all_sources() -> None:
    assert trace(TEXT, "It cost 5 pounds.", "It weighs 7 stone.").findings == ()


def test_the_counts_say_what_was_looked_for_and_found() -> None:
    text = "On 3 May 2026 Anna Berg said “we have nine cats in here” and 7, see https://a.example/."
    counts = dict(trace(text, "Anna Berg: we have nine cats in here. 3 May 2026", language="en").counts)
    assert counts == {
        "numbers": 2, "numbers_found": 1,
        "dates": 1, "dates_found": 1,
        "quotations": 1, "quotations_found": 1,
        "names": 1, "names_found": 1,
        "links": 1, "links_found": 0,
    }  # fmt: skip


def test_an_image_has_nothing_to_trace() -> None:
    image = Document(Medium.IMAGE, "image/jpeg", "0" * 64, "0" * 64, 10)
    assert Traceability()(Subject(image, ai_uses=(DRAFT,))).findings == ()


def test_an_empty_text_and_an_empty_source_simply_work() -> None:
    assert trace("", "").findings == ()
    assert trace("7", "").findings[0].nearest is None
    assert trace("", "It cost 5.", uses=[DRAFT]).findings == ()
