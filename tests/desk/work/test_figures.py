"""What a visit weighs, at small scale; `make bench ONLY=desk` measures it with a hundred thousand items."""

import gzip

from tests.newsroom.desk import letters, text
from tests.newsroom.logins import client_of

from masthead.newsroom.items.commands import add_item


def test_a_full_page_of_my_work_is_light(small):
    for number in range(30):
        title = f"Flood repairs to cost three times the first estimate, {letters(number)}"
        add_item(small.author, text(letters(number)), title=title, language="en")
    answer = client_of(small.author).get("/desk/")
    assert answer.content.count(b'class="title"') == 25
    assert len(gzip.compress(answer.content)) < 5_000
