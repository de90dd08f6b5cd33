"""Names, reasons and notes as people give them: kept, or refused in words, alike on both databases."""

import pytest
from tests.newsroom.desk import TEXT, approved, ready, size, text, use

from masthead.errors import MastheadError, Refused
from masthead.newsroom.accounts import commands as accounts
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item, record_use
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.policy import commands as policy
from masthead.newsroom.register import commands as register
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, SystemStatus, Task, Tier, WaiverReason

NUL = "a\x00b"
HALF = "a\udcffb"
"""What Python makes of a byte in an argument or a file's name that is not UTF-8."""
LONG = "x" * 1000
SAID = pytest.mark.parametrize("said", [NUL, HALF, LONG, "", "  ", "\N{RIGHT-TO-LEFT OVERRIDE}cba", "école"])


def kept_or_refused(call):
    """The command is recorded whole, or refused in words and nothing is."""
    before = size()
    try:
        call()
    except MastheadError as told:
        said, after = str(told), before
        assert said.encode()
    else:
        after = before + 1
    assert size() == after
    verdict = verify_log()
    assert verdict.intact, verdict.why


@SAID
def test_a_name(small, said):
    kept_or_refused(lambda: accounts.add_person(small.steward, said, [Role.EDITOR]))
    kept_or_refused(lambda: register.register_system(small.steward, said, named("Ada Steward")))


@SAID
def test_what_is_said_of_a_system(small, said):
    ada = named("Ada Steward")
    kept_or_refused(lambda: register.register_system(small.steward, "Ink", ada, provider=said))
    kept_or_refused(lambda: register.register_system(small.steward, "Pen", ada, terms_url=said))
    system = register.register_system(small.steward, "Nib", ada)
    kept_or_refused(lambda: register.decide_on(small.steward, system, SystemStatus.APPROVED, reason=said))


@SAID
def test_an_item_s_title_and_language(small, said):
    kept_or_refused(lambda: add_item(small.author, text(), title=said))
    kept_or_refused(lambda: add_item(small.author, text(), language=said))


@SAID
def test_a_file_s_name_and_a_source_s(small, said):
    kept_or_refused(lambda: add_item(small.author, Given(f"{said}.md", TEXT.encode())))
    kept_or_refused(lambda: add_item(small.author, text(), sources=[Given(f"{said}.md", TEXT.encode())]))


@SAID
def test_an_ai_system_used(small, said):
    def given():
        return UseGiven(said, Task.EDITING, Tier.T2)

    kept_or_refused(lambda: add_item(small.author, text(), uses=[given()]))
    version = add_item(small.author, text())
    kept_or_refused(lambda: record_use(small.author, version, given()))
    kept_or_refused(lambda: commands.run_checks(small.author, version))


@SAID
def test_reasons_and_notes(small, said):
    version = add_item(
        small.author,
        text(f"{TEXT} It rose 77 metres."),
        sources=[text(TEXT, "n.md")],
        uses=[use()],
        language="en",
    )
    run = commands.run_checks(small.author, version)
    finding = run.findings.first()
    kept_or_refused(lambda: commands.waive(small.editor, version, finding, WaiverReason.WITNESSED, said))
    from datetime import timedelta

    kept_or_refused(
        lambda: commands.break_glass(small.editor, version, said, review_within=timedelta(hours=1))
    )


@SAID
def test_what_the_audience_is_told(small, said):
    version = ready(small)
    commands.publish(small.editor, version)
    kept_or_refused(lambda: commands.correct(small.editor, version.item, text(f"{TEXT} So."), said))
    kept_or_refused(lambda: commands.withdraw(small.editor, version.item, said))


@pytest.mark.parametrize("content", ["a\x00b 77 metres", "\x01\x02 77", "\ufeff77 metres", "77\u2028metres"])
def test_a_text_with_signs_that_are_no_letters(small, content):
    def whole():
        version = add_item(
            small.author, text(content), sources=[text(TEXT, "n.md")], uses=[use()], language="en"
        )
        commands.run_checks(small.author, version)

    before = size()
    try:
        whole()
    except MastheadError:
        assert size() == before
    assert verify_log().intact


def test_a_checklist_question_is_answered_with_any_note(small):
    from masthead import declaration

    question = declaration.load().questions[0].id
    for said in (NUL, HALF, LONG):
        kept_or_refused(lambda s=said: policy.answer(small.steward, question, met=True, note=s))


def test_an_ai_system_is_the_same_however_it_is_spaced(small):
    approved(small, "Deep Ink")
    version = ready(small, use("deep  ink"))
    assert commands.publish(small.editor, version).facts["uses"][0]["tier"] == "T2"


def test_whoever_is_not_known_here_may_do_nothing(small):
    from uuid import uuid4

    with pytest.raises(Refused):
        add_item(Actor(uuid4()), text())
