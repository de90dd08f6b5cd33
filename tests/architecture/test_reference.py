"""The reference says what is."""

import pytest
from scripts.reference import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_current(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run `make reference`"
