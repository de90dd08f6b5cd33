"""Whatever the product or its docs tell people to type is taken by the command line."""

import pytest
from tests.cli.offered import in_docs, in_source, said_in, wrong_with


def test_every_command_in_a_message_can_be_typed_and_says_who_acts() -> None:
    found = sorted(set(in_source()))
    assert len(found) > 100, "the search itself finds them"
    wrong = [(where, said, why) for where, said in found if (why := wrong_with(said, by=True))]
    assert wrong == []


def test_every_command_in_the_docs_can_be_typed() -> None:
    found = sorted(set(in_docs()))
    assert len(found) > 80, "the search itself finds them"
    # They are often of one who works alone, who need not say who acts.
    wrong = [(where, said, why) for where, said in found if (why := wrong_with(said, by=False))]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Run `masthead polish`.", "there is no command polish"),
        ("Run `masthead key polish`.", "there is no command polish"),
        ("Publish it: masthead publish %(item)s", "it does not say who acts: --by NAME"),
        ("Publish it: masthead publish %(item)s%(by)s", ""),
        ("See `masthead log verify`.", ""),
        ("See `masthead log verify --bundel FILE`.", "No such option: --bundel"),
        ("     $ masthead waive ITEM FINDING --reason REASON{by}", ""),
        ("     $ masthead waive ITEM FINDING{by}", "Missing option '--reason'"),
    ],
)
def test_what_cannot_be_typed_is_noticed(text: str, why: str) -> None:
    (offered,) = said_in(text)
    assert wrong_with(offered, by=True).startswith(why)
    assert bool(wrong_with(offered, by=True)) is bool(why)
