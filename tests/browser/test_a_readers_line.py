"""A reader asks on a line that comes and goes, without a script of ours to help."""

import pytest
from playwright.sync_api import expect
from tests.public.outlet import page_of, published

from masthead.newsroom.remedies.models import Question

QUESTION = "Which tool wrote the second paragraph, and who read it?"


@pytest.mark.parametrize("javascript", [False, True])
def test_what_was_typed_is_there_again_after_the_line_was_lost(site, page_as, javascript):
    item = published(site.desk)
    page = page_as(javascript=javascript)
    page.goto(page_of(item))
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_label("How to reach you").fill("mole@example.org")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send the question").click()
    page.wait_for_url("chrome-error://**")
    page.go_back()
    page.context.set_offline(False)
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("waits for an answer")
    assert Question.objects.get(item=item).text == QUESTION
