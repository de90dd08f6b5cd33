"""The catalogue says all that Masthead says, in every language, and is compiled as it stands."""

import re

import pytest
from babel.messages import Message
from babel.messages.plurals import get_plural
from scripts.messages import everything
from scripts.messages.catalogue import compiled, merged, path_of, read, strings, text, translated

PLACE = re.compile(r"%\(\w+\)[sd]|%%|\{\w*(?:![rs])?\}")
COMMAND = re.compile(r"`[^`]+`|--[a-z][a-z-]+(?: [A-Z]+)?")

# Words that French and English spell the same way.
SAME = {
    "%(n)s note",
    "%(n)s source",
    "%(what)s %(remedy)s",
    "Arguments",
    "Code",
    "Corrections",
    "Facebook",
    "Menu",
    "Note",
    "Note %(number)s",
    "One question",
    "Options",
    "PDF",
    "Pages",
    "Question %(id)s",
    "Questions",
    "SHA-256",
    "Secrets",
    "Sources",
    "Style",
    "Type",
    "Verdict",
    "Version",
    "Version %(n)s",
    "Version %(number)s",
    "Webhook",
    "Webhooks",
    "WhatsApp",
    "WordPress",
    "bundle.json",
    "curation",
    "document",
    "promotion",
    "question %(id)s",
    "transcription",
}
MEND = "Run `make messages`, and translate what is new."


@pytest.fixture(scope="module", params=translated())
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def messages(language: str) -> list[Message]:
    return [message for message in read(path_of(language), language) if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def places(said: str) -> set[str]:
    return set(PLACE.findall(said))


def test_it_holds_what_the_source_says_and_nothing_else(messages: list[Message]) -> None:
    wanted = everything()
    plurals = {one.template: (one.template, one.plural) for one in wanted if one.plural}
    said = {plurals.get(one.template, (one.template,)) for one in wanted}
    held = {ids(message) for message in messages}
    assert not said - held, MEND
    assert not held - said, MEND


def test_a_template_has_one_plural_wherever_it_is_said() -> None:
    plurals: dict[str, set[str]] = {}
    for one in everything():
        if one.plural is not None:
            plurals.setdefault(one.template, set()).add(one.plural)
    assert {template: each for template, each in plurals.items() if len(each) > 1} == {}


def test_what_is_counted_is_called_n() -> None:
    # `size` is n of a log as people write it, its digits in groups.
    wrong = {
        one.template
        for one in everything()
        if one.plural and not re.search(r"%\((?:n|size)\)[sd]|^[^%]+$", one.plural)
    }
    assert wrong == set()


def test_everything_is_translated_for_every_number(language: str, messages: list[Message]) -> None:
    numbers = get_plural(language).num_plurals
    for message in messages:
        assert len(strings(message)) == (1 if isinstance(message.id, str) else numbers), message.id
        assert all(said.strip() for said in strings(message)), (message.id, MEND)


def test_nothing_is_left_doubtful_or_behind(language: str, messages: list[Message]) -> None:
    assert [message.id for message in messages if message.fuzzy] == []
    assert not read(path_of(language), language).obsolete
    assert "#~" not in path_of(language).read_text(encoding="utf-8")


def test_a_translation_has_the_places_of_its_template_and_no_other(messages: list[Message]) -> None:
    for message in messages:
        for english, said in zip(ids(message), strings(message), strict=False):
            assert places(said) == places(english), english
            assert re.sub(PLACE, "", said).count("%") == re.sub(PLACE, "", english).count("%"), english


def test_commands_and_options_stay_as_they_are_typed(messages: list[Message]) -> None:
    for message in messages:
        for said in strings(message):
            assert sorted(COMMAND.findall(said)) == sorted(COMMAND.findall(ids(message)[-1])), message.id


def test_nothing_is_left_in_english(messages: list[Message]) -> None:
    left = [
        message.id
        for message in messages
        if any(said in ids(message) for said in strings(message))
        and re.search(r"[^\W\d_]{2}", PLACE.sub("", ids(message)[0]))
        and not re.fullmatch(r"[\s:·,]*(version)?[\s:·,]*", PLACE.sub("", ids(message)[0]))
        and ids(message)[0] not in SAME
    ]
    assert left == []


def test_it_is_written_as_make_messages_writes_it(language: str) -> None:
    file = path_of(language)
    assert file.read_bytes() == text(read(file, language)), MEND


def test_what_programs_read_is_what_translators_wrote(language: str) -> None:
    file = path_of(language)
    assert file.with_suffix(".mo").read_bytes() == compiled(read(file, language)), MEND


def test_merging_again_changes_nothing(language: str) -> None:
    held = read(path_of(language), language)
    once = merged(everything(), held, language)
    assert text(merged(everything(), once, language)) == text(once)


def test_french_is_set_as_french_is_set() -> None:
    for message in read(path_of("fr"), "fr"):
        if not message.id:
            continue
        for said in strings(message):
            prose = re.sub(r"`[^`]*`|<code>.*?</code>|\[/?\w*\]|“[^”]*”", "", said)
            assert not re.search(r"[^\u202f][;!?»](?=\s|$)", prose), said
            assert not re.search(r"«(?!\u202f)", prose), said
            assert not re.search(r"[^\u00a0]:(?=\s|$)", prose), said
            assert not re.search(r"\w'\w", prose), said
            assert '"' not in re.sub(r'(--ai|=) "[^"]*"', "", prose), said
