"""What an entry says of how grave its findings were, as people count."""

from masthead.newsroom.public.opened import told


def test_findings_are_counted_in_words_the_gravest_first():
    (field,) = told({"levels": {"note": 2, "error": 1, "ours": 3}})
    assert field.said == "1 error, 2 notes, ours 3"
    (none,) = told({"levels": {}})
    assert none.said == "none"
