"""Every field of an entry is told in words of the reader's language; what no table knows, as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsroom.desk import approved, ready, size, use
from tests.newsroom.logins import client_of

from masthead.desk.log.values import SAYS, SAYS_OF, value_of
from masthead.language import LANGUAGES, using
from masthead.newsroom.evidence.fields import values_of
from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.items.commands import protect
from masthead.newsroom.review import commands

FIELDS_OF_KINDS = [(kind, name) for kind in Kind for name in (*FIELDS[kind].opens, *IMPLICIT)]
NAMES = st.sampled_from(["a", "traceability", "error", "system", "Ink"])
DATA = ("controls", "not_run", "counts")
"""Ids of controls and checks, and what a check counts by names of its own."""
LEAVES = st.none() | st.booleans() | st.integers(0, 9999) | st.sampled_from(["editor", "T2", "x y", ""])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner))


@given(st.sampled_from(FIELDS_OF_KINDS), VALUES, st.sampled_from(LANGUAGES))
def test_no_field_of_any_kind_is_shown_as_a_program_writes_it(field, value, language):
    with using(language):
        told = value_of(*field, value)
    assert told.lines
    for line in told.lines:
        assert not set('{}[]"') & set(line)
        assert line not in ("true", "false", "null", "True", "False", "None")


@pytest.mark.parametrize(
    ("kind", "name", "value", "lines"),
    [
        (Kind.ITEM_PROTECTED, "protected", False, ["no"]),
        (Kind.SYSTEM_REGISTERED, "training_opt_out", None, ["not answered"]),
        (Kind.PERSON_ADDED, "roles", ["editor", "steward"], ["editor and steward"]),
        (Kind.PERSON_ADDED, "roles", [], ["none"]),
        (Kind.FINDING_WAIVED, "reason", "common knowledge", ["common knowledge"]),
        (Kind.FINDING_WAIVED, "note", "", ["left empty"]),
        (Kind.QUESTION_CLOSED, "reason", "spam", ["it is advertising"]),
        (Kind.SYSTEM_PAUSED, "reason", "spam", ["spam"]),
        (Kind.PUBLISHED, "recorded_on", "2026-11-22", ["22 November 2026 (UTC)"]),
        (Kind.PERSON_ENDS, "ends_on", "2026-11-22", ["22 November 2026"]),
        (Kind.CONTROL_ANSWERED, "status", "not met", ["not met"]),
        (Kind.CHECKS_RUN, "levels", {"error": 1, "warning": 2}, ["1 error", "2 warnings"]),
        (Kind.CHECKS_RUN, "counts", {"traceability.numbers": 4}, ["traceability.numbers 4"]),
        (Kind.PUBLISHED, "counts", {"sources": 2, "waived": 1}, ["sources: 2", "findings waived: 1"]),
        (
            Kind.AI_USE_RECORDED,
            "uses",
            [{"system": "Ink", "task": "summary", "tier": "T2"}],
            ["Ink: summary; T2, material"],
        ),
        (Kind.PUBLISHED, "rests_on", [3, 12, 1204], ["3, 12, and 1,204"]),
        (Kind.SIGNED_OFF, "through", "fax", ["fax"]),
    ],
)
def test_a_field_is_told_in_words(kind, name, value, lines):
    assert list(value_of(kind, name, value).lines) == lines


def test_the_tables_name_fields_that_there_are():
    assert set(SAYS) <= {name for _, name in FIELDS_OF_KINDS}
    assert set(SAYS_OF) <= set(FIELDS_OF_KINDS)


def test_what_is_on_record_is_known_to_the_tables_and_read_on_the_page(small):
    approved(small)
    version = ready(small, use())
    commands.publish(small.author, version)
    protect(small.editor, version.item, protected=True)
    for entry in Entry.objects.all():
        for name, value in values_of(entry).items():
            kind = Kind(entry.kind)
            if value and not isinstance(value, bool) and (name in SAYS or (kind, name) in SAYS_OF):
                assert value_of(kind, name, value).words or name in DATA, name
    client = client_of(small.editor)
    for place in range(size()):
        page = client.get(f"/desk/log/{place}/").content.decode()
        for sign in ("<code>[", "<code>{", ">true<", ">false<", ">null<", "<code>&quot;"):
            assert sign not in page
