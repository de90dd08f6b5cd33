"""The record of AI use held against itself and against the text's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.run.subjects import subject

from masthead.checks.declared_use import DeclaredUse
from masthead.checks.finding import Finding
from masthead.checks.subject import AIUse, Subject
from masthead.reading.document import Document, Link
from masthead.vocabulary import Level, Medium, Task, Tier

DRAFT = AIUse("Claude", Task.DRAFTING, Tier.T2)
TEXT = "The mayor spoke of the bridge."


def findings(text: str, *uses: AIUse, links: tuple[Link, ...] = ()) -> tuple[Finding, ...]:
    return DeclaredUse()(subject(text, uses=uses, links=links)).findings


def codes(text: str, *uses: AIUse) -> list[tuple[str, Level]]:
    return [(finding.code, finding.level) for finding in findings(text, *uses)]


def test_a_coherent_record_raises_nothing() -> None:
    part = AIUse("DeepL", Task.TRANSLATION, Tier.T1, (0, len(TEXT)))
    assert findings(TEXT, DRAFT, part) == ()
    assert findings(TEXT) == ()


@pytest.mark.parametrize("part", [(0, 31), (-1, 4), (5, 4), (4, 4), (40, 50)])
def test_a_part_outside_the_text_is_an_error(part: tuple[int, int]) -> None:
    assert codes(TEXT, AIUse("DeepL", Task.TRANSLATION, Tier.T1, part)) == [("part_outside", Level.ERROR)]


def test_a_use_for_something_else_asks_what_for() -> None:
    assert codes(TEXT, AIUse("Tool", Task.OTHER, Tier.T1)) == [("task_other", Level.WARNING)]


def test_a_use_without_a_task_is_left_to_the_gate() -> None:
    assert codes(TEXT, AIUse("Tool", None, Tier.T1)) == []


@pytest.mark.parametrize("task", [Task.DRAFTING, Task.IMAGE_GENERATION])
@pytest.mark.parametrize("tier", [Tier.T0, Tier.T1])
def test_a_tier_too_low_for_its_task_is_a_warning(task: Task, tier: Tier) -> None:
    (finding,) = findings(TEXT, AIUse("Tool", task, tier))
    assert (finding.code, finding.level) == ("tier_low", Level.WARNING)
    assert tier in str(finding.message)


def test_the_same_use_twice_is_noted_once_for_each_repetition() -> None:
    assert codes(TEXT, DRAFT, DRAFT, AIUse("Claude", Task.EDITING, Tier.T2)) == [
        ("recorded_twice", Level.NOTE)
    ]


LEFT = [
    ("assistant_talk", "As an AI language model, I have no views."),
    ("assistant_talk", "I’m sorry, but I can’t help with that request."),
    ("assistant_talk", "I cannot fulfil this request."),
    ("assistant_talk", "Certainly! Here is a draft of the article."),
    ("assistant_talk", "Here's the revised version:"),
    ("assistant_talk", "As of my last knowledge update, the bridge stood."),
    ("assistant_talk", "Let me know if you'd like me to shorten it."),
    ("assistant_talk", "En tant que modèle de langage, je ne juge pas."),
    ("assistant_talk", "En tant qu’IA, je ne peux pas voter."),
    ("assistant_talk", "Bien sûr\u202f! Voici un article sur le pont."),
    ("assistant_talk", "Voici une version corrigée du texte."),
    ("assistant_talk", "Je suis désolé, mais je ne peux pas vous aider."),
    ("assistant_talk", "Als KI-Sprachmodell habe ich keine Meinung."),
    ("assistant_talk", "Como modelo de lenguaje, no opino."),
    ("assistant_talk", "كنموذج لغوي لا أملك رأيا."),
    ("citation_mark", "The bridge fell turn0search0 in May."),
    ("citation_mark", "The bridge fell \ue200cite\ue202turn0search12\ue201 in May."),
    ("citation_mark", "It fell :contentReference[oaicite:3]{index=3}."),
    ("citation_mark", "It fell【12†source】."),
    ("citation_mark", "It fell [cite: 1, 2]."),
    ("assistant_link", "See https://a.org/x?id=1&utm_source=chatgpt.com for more."),
    ("placeholder", "Dear [Insert name], the bridge fell."),
    ("placeholder", "— [votre nom]"),
]


@pytest.mark.parametrize(("code", "text"), LEFT, ids=[text for _, text in LEFT])
def test_a_leftover_is_an_error_with_its_place_where_no_use_is_on_record(code: str, text: str) -> None:
    (finding,) = findings("😀 é\n" + text)
    assert (finding.code, finding.level) == (code, Level.ERROR)
    assert finding.start is not None
    assert finding.quote == ("😀 é\n" + text)[finding.start : finding.end]
    assert finding.quote in text


@pytest.mark.parametrize(("code", "text"), LEFT, ids=[text for _, text in LEFT])
def test_it_is_a_warning_where_a_use_is_on_record(code: str, text: str) -> None:
    assert codes(text, DRAFT) == [(code, Level.WARNING)]


@pytest.mark.parametrize("before", ["“", "« ", '"', "„"])
def test_it_is_a_warning_where_somebody_may_be_quoting_it(before: str) -> None:
    assert codes(f"The bot said {before}As an AI language model, I") == [("assistant_talk", Level.WARNING)]


QUIET = [
    "As an AI researcher she cannot fulfil every wish. I cannot help it.",
    "Certainly, here the river bends. Of course it does, and here is where it floods.",
    "Moreover, it is important to note that we delve into a rich tapestry — a testament.",
    "The turn of the search; he was asked to cite 12 sources [12] and [sic] and [...].",
    "En tant que maire, elle a voté. Bien sûr, voilà.",
    "https://a.org/?utm_source=newsletter",
    "The inserted clause [inserted later] stands.",
]


@pytest.mark.parametrize("text", QUIET)
def test_style_is_never_judged_and_ordinary_words_are_left_alone(text: str) -> None:
    assert findings(text) == ()


def test_a_link_with_an_assistants_mark_is_told_at_the_words_that_carry_it() -> None:
    links = (Link("https://a.org/?utm_source=chatgpt.com", 4, 9), Link("https://a.org/", 10, 15))
    (finding,) = findings(TEXT, links=links)
    assert (finding.code, finding.quote, finding.start, finding.end) == ("assistant_link", "mayor", 4, 9)


def test_a_picture_is_left_alone() -> None:
    picture = Document(Medium.IMAGE, "image/png", "0" * 64, "0" * 64, 9, width=1, height=1)
    assert DeclaredUse()(Subject(picture)).findings == ()


def test_uses_and_leftovers_are_counted() -> None:
    outcome = DeclaredUse()(subject("As an AI model, see oaicite:1", uses=(DRAFT,)))
    assert dict(outcome.counts) == {"uses": 1, "leftovers": 2}


@given(st.text(), st.sampled_from([text for _, text in LEFT]), st.text())
def test_places_are_right_whatever_stands_around(before: str, text: str, after: str) -> None:
    whole = f"{before}\n{text}\n{after}"
    told = findings(whole)
    assert told
    for finding in told:
        assert finding.start is not None
        assert finding.quote == whole[finding.start : finding.end]


def test_long_and_odd_texts_simply_work() -> None:
    for text in ("[insert " * 50_000, "oaicite " * 50_000, "as an ai " * 50_000, "【1†" * 50_000):
        assert findings(text) == ()
