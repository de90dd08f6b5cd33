"""What is said is found where it is written, and what cannot be translated is refused."""

import pytest
from scripts.messages import everything
from scripts.messages.pages import in_page
from scripts.messages.source import in_source
from scripts.messages.wanted import NotLiteral


def templates(source: str) -> list[tuple[str, str | None]]:
    return [(one.template, one.plural) for one in in_source(source, "here.py")]


def test_a_message_is_found_with_its_plural_in_third_place() -> None:
    said = 'Message("%(n)d thing", {"n": n, "m": f(1, 2)}, "%(n)d things")'
    assert templates(said) == [("%(n)d thing", "%(n)d things")]


def test_a_plural_may_be_given_by_name() -> None:
    assert templates('Message("%(n)d thing", {"n": n}, plural="%(n)d things")') == [
        ("%(n)d thing", "%(n)d things")
    ]


def test_gettext_and_messages_inside_messages_are_found() -> None:
    said = 'Message("a %(b)s", {"b": Message("c"), "d": language.gettext("e")})'
    assert sorted(templates(said)) == [("a %(b)s", None), ("c", None), ("e", None)]


def test_strings_side_by_side_are_one() -> None:
    assert templates('Message(\n    "one "\n    "sentence."\n)') == [("one sentence.", None)]


@pytest.mark.parametrize(
    "said",
    [
        'Message(f"{name} is here")',
        'gettext("a" + b)',
        'Message("%s" % name)',
        'Message("a" if one else "b")',
        'Message("{}".format(name))',
        "gettext(text)",
        'Message("a", {}, f"{b}")',
        "Message()",
        'Message("")',
    ],
)
def test_what_is_put_together_while_running_is_refused(said: str) -> None:
    with pytest.raises(NotLiteral, match=r"here\.py:1"):
        templates(said)


def test_the_template_of_another_message_may_be_used_again() -> None:
    assert templates("Message(other.template, {})") == []
    assert templates("template = SAID[code].template\nMessage(template, {})") == []


def test_a_page_is_read_with_its_blocks_and_plurals() -> None:
    page = (
        '{% load i18n %}{% translate "One" %}{% blocktranslate trimmed with b=c %}\n  Two {{ b }}\n'
        "{% endblocktranslate %}{% blocktranslate count n=m %}{{ n }} page{% plural %}{{ n }} pages"
        "{% endblocktranslate %}"
    )
    assert [(one.template, one.plural) for one in in_page(page, "page.html")] == [
        ("One", None),
        ("Two %(b)s", None),
        ("%(n)s page", "%(n)s pages"),
    ]


def test_a_page_may_not_ask_for_a_context() -> None:
    with pytest.raises(NotLiteral, match="context"):
        list(in_page('{% load i18n %}{% translate "May" context "month" %}', "page.html"))


def test_a_page_filters_no_value_inside_a_translated_block() -> None:
    page = "{% load i18n %}{% blocktranslate %}In {{ source|lower }}{% endblocktranslate %}"
    with pytest.raises(NotLiteral, match="filter"):
        list(in_page(page, "page.html"))


def test_help_is_extracted_as_it_is_shown() -> None:
    said = {one.template for one in everything() if one.place == "src/masthead/cli"}
    assert "Publish: check, sign off, ask the gate, seal, disclose, prove." in {
        one.partition("\n")[0] for one in said
    }
    assert "Show this message and exit." in said
    assert all("\n" not in one.replace("\n\n", "") for one in said)
