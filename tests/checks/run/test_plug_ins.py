"""Others' checks, really installed, really misbehaving."""

import sys
from pathlib import Path

import pytest
from tests.checks.run.distributions import install
from tests.checks.run.subjects import subject

from masthead import runner
from masthead.checks import Report, registry, run
from masthead.checks.plugin import PlugIn
from masthead.errors import Unavailable

TEXT = "Ein Wörtchen, and a secret: 06 12 34 56 78."
ALLOWED = {"others": "1.4.0"}
FINDS = """\
quote = subject.document.text[4:12]
return Outcome((Finding("others", "w", Level.NOTE, SAID, quote, 4, 12),), (("n", 1),))
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def ran(**kwargs: object) -> Report:
    return run(subject(TEXT), ["others"], allowed=kwargs.get("allowed", ALLOWED))  # type: ignore[arg-type]


def why(report: Report) -> str:
    assert not report.findings
    assert not report.ran
    (not_run,) = report.not_run
    assert not_run.check == "others"
    assert "06 12" not in str(not_run.why)
    return str(not_run.why)


def test_an_allowed_plug_in_finds_at_the_right_place(site: Path) -> None:
    install(site, FINDS)
    report = ran()
    assert not report.not_run
    assert [finding.quote for finding in report.findings] == ["Wörtchen"]
    assert report.ran == (("others", "1.4.0"),)
    assert report.counts == (("others.n", 1),)


def test_its_code_never_enters_our_process(site: Path) -> None:
    install(site, FINDS)
    assert ran().ran
    assert not [name for name in sys.modules if name.startswith("their_check_")]


def test_it_is_part_of_every_run_once_allowed(site: Path) -> None:
    install(site, FINDS)
    assert registry.names(ALLOWED)[-1] == "others"
    assert "others" not in registry.names()


@pytest.mark.parametrize("allowed", [{}, {"others": "1.4.1"}, {"else": "1.4.0"}])
def test_it_does_not_run_unless_allowed_at_its_version(site: Path, allowed: dict[str, str]) -> None:
    install(site, f"open({str(site / 'ran')!r}, 'w')\n{FINDS}")
    assert "1.4.0" in why(ran(allowed=allowed))
    assert not (site / "ran").exists()


def test_an_allowed_one_that_is_not_there_is_told(site: Path) -> None:
    assert "installed" in why(ran())


def test_two_of_one_name_are_told_and_neither_runs(site: Path) -> None:
    install(site, FINDS)
    install(site, FINDS)
    assert "Several" in why(ran())


def test_it_cannot_stand_in_for_ours(site: Path) -> None:
    install(site, "raise ValueError", name="personal_data")
    report = run(subject(TEXT), ["personal_data"], allowed={"personal_data": "1.4.0"})
    assert [finding.check for finding in report.findings] == ["personal_data"]


def test_a_new_version_is_what_runs_after_an_upgrade(site: Path, tmp_path: Path) -> None:
    install(site, "return Outcome(counts=(('old', 1),))")
    assert ran().counts == (("others.old", 1),)
    for file in sorted(site.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    install(site, "return Outcome(counts=(('new', 1),))", version="2.0")
    assert ran(allowed={"others": "2.0"}).counts == (("others.new", 1),)


def test_what_it_prints_disturbs_nothing(site: Path) -> None:
    install(site, f"print('x' * 100_000)\nos.write(1, b'y' * 100_000)\nsys.stdout.flush()\n{FINDS}")
    assert len(ran().findings) == 1


def test_its_own_refusal_is_told_in_its_words(site: Path) -> None:
    install(site, "raise CannotRead(Message('No dictionary.'), Message('Install one.'))")
    assert why(ran()) == "No dictionary. Install one."


def test_an_error_is_told_by_its_kind_alone(site: Path) -> None:
    install(site, "raise KeyError(subject.document.text)")
    assert "KeyError" in why(ran())


def test_one_that_cannot_be_imported_is_told(site: Path) -> None:
    install(site, "return (")
    assert "SyntaxError" in why(ran())


def test_one_that_brings_down_its_process_is_told_and_the_next_runs(site: Path) -> None:
    install(site, "os.abort()")
    assert "brought down" in why(ran())
    install(site / "next", FINDS)
    assert PlugIn("others", "1", next_value(site), str(site / "next"))(subject(TEXT)).findings


def test_one_that_eats_memory_is_stopped(site: Path) -> None:
    install(site, "hoard = []\nwhile True: hoard.append(bytearray(50_000_000))")
    assert "memory" in why(ran())


def test_one_that_hangs_is_stopped(site: Path) -> None:
    install(site / "next", "while True: pass")
    with pytest.raises(Unavailable) as caught:
        PlugIn("others", "1", next_value(site), str(site / "next"), seconds=1.5)(subject(TEXT))
    assert "longer" in str(caught.value)


RUBBISH = {
    "nothing": "return None",
    "a list": "return [1, 2]",
    "a finding of no kind": "return Outcome((object(),))",
    "a level of its own": "return Outcome((Finding('others', 'w', 'fatal', SAID),))",
    "a place beyond the text": "return one(SAID, 'x', 4, 9999)",
    "a place before the text": "return one(SAID, '', -1, -1)",
    "an end before its start": "return one(SAID, '', 9, 4)",
    "half a place": "return one(SAID, 'x', 4, None)",
    "another quote than stands there": "return one(SAID, 'no', 4, 6)",
    "another's name": "return Outcome((Finding('traceability', 'w', Level.NOTE, SAID),))",
    "a place that is no number": "return one(SAID, 'i', 1.0, 2.0)",
    "a message that cannot be shown": "return one(Message('%(x)d', {}))",
    "a message of no kind": "return one('Oh')",
    "a value of no kind": "return one(Message('%(x)s', {'x': [1]}))",
    "a count that is no number": "return Outcome((), (('n', 'many'),))",
    "what JSON cannot hold": "return Outcome((), (('n', object()),))",
    "too many findings": "return Outcome((Finding('others', 'w', Level.NOTE, SAID),) * 200_000)",
}


@pytest.mark.parametrize("body", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_is_never_a_pass(site: Path, body: str) -> None:
    install(site, body)
    said = why(ran())
    assert "relied on" in said or "gave a finding" in said


def test_a_name_other_than_it_is_installed_under_is_refused(site: Path) -> None:
    install(site, FINDS, name="alias")
    report = run(subject(TEXT), ["alias"], allowed={"alias": "1.4.0"})
    assert "name" in str(report.not_run[0].why)


def next_value(site: Path) -> str:
    (module,) = (each.name for each in (site / "next").iterdir() if each.suffix != ".dist-info")
    return f"{module}:Theirs"


@pytest.fixture(scope="module", autouse=True)
def no_child_left_behind() -> object:
    yield
    runner.close()
