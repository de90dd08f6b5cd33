import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.checks import wire
from masthead.checks.finding import Finding, Nearest, Outcome
from masthead.checks.subject import AIUse, Source, Subject
from masthead.language import Message
from masthead.reading.document import Block, BlockKind, Document, Link
from masthead.vocabulary import Level, Medium, Task, Tier

texts = st.text(max_size=30)
numbers = st.integers(0, 1 << 40)
maybe = st.none()
messages = st.recursive(
    st.builds(Message, texts, st.dictionaries(texts, texts | st.integers() | st.floats(allow_nan=False))),
    lambda inner: st.builds(Message, texts, st.dictionaries(texts, inner, max_size=2), maybe | texts),
    max_leaves=4,
)
documents = st.builds(
    Document,
    medium=st.sampled_from(Medium),
    media_type=texts,
    sha256=texts,
    canonical_sha256=texts,
    size=numbers,
    text=st.text(),
    title=maybe | texts,
    blocks=st.lists(st.builds(Block, st.sampled_from(BlockKind), numbers, numbers), max_size=3).map(tuple),
    links=st.lists(st.builds(Link, texts, numbers, numbers), max_size=3).map(tuple),
    width=maybe | numbers,
    height=maybe | numbers,
)
uses = st.builds(
    AIUse, texts, maybe | st.sampled_from(Task), st.sampled_from(Tier), maybe | st.tuples(numbers, numbers)
)
subjects = st.builds(
    Subject,
    document=documents,
    language=texts,
    sources=st.lists(st.builds(Source, texts, maybe | documents, maybe | messages), max_size=2).map(tuple),
    ai_uses=st.lists(uses, max_size=3).map(tuple),
    content=st.binary(),
    trust=st.lists(st.binary(), max_size=2).map(tuple),
)
nearest = st.builds(
    Nearest, texts, texts, numbers, numbers, st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
)
findings = st.builds(
    Finding,
    texts,
    texts,
    st.sampled_from(Level),
    messages,
    maybe | texts,
    maybe | numbers,
    maybe | numbers,
    maybe | nearest,
)
outcomes = st.builds(
    Outcome, st.lists(findings, max_size=4).map(tuple), st.lists(st.tuples(texts, numbers)).map(tuple)
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(subjects)
def test_a_subject_arrives_as_it_was_sent(subject: Subject) -> None:
    header, blobs = wire.write_subject(subject)
    assert wire.read_subject(json.loads(json.dumps(header)), blobs) == subject


@settings(max_examples=60)
@given(outcomes)
def test_an_outcome_arrives_as_it_was_sent(outcome: Outcome) -> None:
    assert wire.read_outcome(json.loads(json.dumps(wire.write_outcome(outcome)))) == outcome


@settings(max_examples=100)
@given(json_values | st.fixed_dictionaries({"findings": json_values, "counts": json_values}))
def test_anything_else_is_refused_and_never_crashes(data: object) -> None:
    try:
        outcome = wire.read_outcome(data)
    except ValueError:
        return
    assert isinstance(outcome, Outcome)
    assert wire.read_outcome(wire.write_outcome(outcome)) == outcome
