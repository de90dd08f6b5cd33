"""What checks counted is told by what was counted, and no name out of the code is among it."""

import re

import pytest
from tests.newsroom.desk import ready, use

from masthead.gate.floor import CHECK_NAMES
from masthead.language import using
from masthead.newsroom.public.counted import checks_said, counts_said
from masthead.newsroom.public.opened import told
from masthead.newsroom.review.standing import current_run

IN_CODE = re.compile(r"\w+_\w+|\w\.\w")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_all_that_a_run_counts_has_words(small, language):
    version = ready(small, use(), words="The river's banks broke on 3 March, 4 metres wide, said Ann.")
    counts = dict(current_run(version).counts)
    assert counts
    with using(language):
        said = list(counts_said(counts))
        assert len(said) < len(counts)
        assert not [each for each in said if IN_CODE.search(each)]
        assert not [each for each in checks_said(CHECK_NAMES) if IN_CODE.search(each)]


def test_what_was_found_is_told_beside_what_was_looked_for():
    counts = {"traceability.numbers": 3, "traceability.numbers_found": 2, "personal_data.emails": 1}
    assert list(counts_said(counts)) == ["numbers found in the sources: 2 of 3", "addresses of mail: 1"]


def test_a_check_of_somebody_else_is_told_by_its_own_names():
    assert list(counts_said({"bylines.lines": 2})) == ["bylines.lines 2"]
    assert list(counts_said({"traceability.numbers_found": 2})) == ["traceability.numbers_found 2"]
    (field,) = told({"ran": {"bylines": "1", "personal_data": "1"}})
    assert field.said == "bylines; personal data"
