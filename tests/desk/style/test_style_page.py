"""The style page, in each language."""

import pytest
from tests.newsroom.logins import client_of


@pytest.mark.parametrize(("language", "number"), [("en", "1,204"), ("fr", "1\u202f204")])
def test_a_number_is_written_as_its_language_does(small, language, number):
    page = client_of(small.editor).get("/desk/style/", headers={"Accept-Language": language})
    assert f'<span class="number">{number}</span>' in page.content.decode()
