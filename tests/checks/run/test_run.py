import pytest
from tests.checks.run.subjects import subject

from masthead.checks import Finding, Outcome, Report, Subject, bounds, registry, run
from masthead.checks.subject import AIUse
from masthead.errors import CannotRead
from masthead.language import Message
from masthead.vocabulary import Level, Tier

TEXT = "One, two, three."
SECRET = "the words of a source"


class Ours:
    """A check of ours for the test: `gives` is an outcome or an exception."""

    id = "ours"
    version = "3"
    gives: Outcome | Exception = Outcome()

    def __call__(self, subject: Subject) -> Outcome:
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


def report(monkeypatch: pytest.MonkeyPatch, gives: object, **kwargs: object) -> Report:
    monkeypatch.setattr(Ours, "gives", gives)
    monkeypatch.setattr(registry, "OURS", {"ours": f"{__name__}:Ours"})
    return run(subject(TEXT), **kwargs)  # type: ignore[arg-type]


def at(start: int, end: int, code: str = "c") -> Finding:
    return Finding("ours", code, Level.NOTE, Message("Look."), TEXT[start:end], start, end)


def test_findings_stand_in_reading_order_with_those_without_a_place_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    placeless = Finding("ours", "p", Level.ERROR, Message("Look."))
    answer = report(monkeypatch, Outcome((at(10, 15), at(0, 3), placeless, at(5, 8)), (("words", 3),)))
    assert [finding.start for finding in answer.findings] == [None, 0, 5, 10]
    assert answer.ran == (("ours", "3"),)
    assert answer.counts == (("ours.words", 3),)


def test_a_check_that_refuses_says_why_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = report(monkeypatch, CannotRead(Message("It is broken."), Message("Mend it.")))
    assert str(answer.not_run[0].why) == "It is broken. Mend it."
    assert not answer.ran


def test_an_unexpected_error_is_told_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = report(monkeypatch, RuntimeError(SECRET))
    assert "RuntimeError" in str(answer.not_run[0].why)
    assert SECRET not in str(answer.not_run[0].why)


@pytest.mark.parametrize(
    "bad",
    [
        Finding("ours", "c", Level.NOTE, Message("Look."), "One", 0, 99),
        Finding("ours", "c", Level.NOTE, Message("Look."), "Two", 0, 3),
        Finding("ours", "c", Level.NOTE, Message("Look."), "One", 0, None),
        Finding("theirs", "c", Level.NOTE, Message("Look."), "One", 0, 3),
        Finding("ours", "c", Level.NOTE, Message("Look %(at)s."), "One", 0, 3),
    ],
)
def test_one_finding_that_breaks_the_promise_takes_the_check_down(
    monkeypatch: pytest.MonkeyPatch, bad: Finding
) -> None:
    answer = report(monkeypatch, Outcome((at(5, 8), bad)))
    assert not answer.findings
    assert not answer.ran
    assert len(answer.not_run) == 1


def test_a_required_check_that_is_not_installed_did_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = report(monkeypatch, Outcome(), required=("nobody_wrote_it",))
    assert answer.ran == (("ours", "3"),)
    assert [each.check for each in answer.not_run] == ["nobody_wrote_it"]


def test_a_required_check_runs_though_nobody_listed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert report(monkeypatch, Outcome(), checks=(), required=("ours",)).ran == (("ours", "3"),)


def test_each_check_runs_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = report(monkeypatch, Outcome((at(0, 3),)), checks=("ours", "ours"), required=("ours",))
    assert len(answer.findings) == 1


def test_all_of_ours_run_on_a_text_when_nobody_says_which() -> None:
    answer = run(subject("Nothing to see here."))
    assert not answer.not_run
    assert [name for name, _ in answer.ran] == list(registry.OURS)


def test_every_check_of_ours_goes_by_the_name_it_is_registered_under() -> None:
    for name, check in registry.available().items():
        assert check.id == name
        assert check.version


def test_more_findings_than_anyone_reads_are_counted_and_weigh_as_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [at(0, 3, f"c{number:04}") for number in range(bounds.MOST)]
    assert len(report(monkeypatch, Outcome(tuple(many))).findings) == bounds.MOST
    worse = Finding("ours", "z", Level.ERROR, Message("Look."), TEXT[5:8], 5, 8)
    found = report(monkeypatch, Outcome((*many, at(4, 5), worse))).findings
    assert len(found) == bounds.MOST + 1
    (more,) = [each for each in found if each.code == "more"]
    assert more.level is Level.ERROR
    assert str(more.message).startswith("2 more findings are not listed")


def test_a_check_whose_time_is_over_could_not_run_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.0)
    text = subject("It cost 77 florins, call 020 7946 0958.", uses=(AIUse("Scribe", None, Tier.T3),))
    answer = run(text, ["traceability", "personal_data"])
    assert {each.check for each in answer.not_run} == {"traceability", "personal_data"}
    assert all("longer than it may" in str(each.why) for each in answer.not_run)
    assert answer.findings == ()


def test_outside_a_check_nobody_counts_the_time() -> None:
    bounds.go_on()
