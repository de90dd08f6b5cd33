import pytest
from inline_snapshot import snapshot

from masthead.declaration import load
from masthead.declaration.control import Control
from masthead.errors import NotFound
from masthead.vocabulary import Method, Profile

CATALOGUE = load()


def test_the_54_commitments_stand_in_source_order():
    counts = {1: 5, 2: 6, 3: 7, 4: 7, 5: 8, 6: 5}
    haarlem = [f"H{principle}.{n}" for principle, many in counts.items() for n in range(1, many + 1)]
    practical = [f"HP{n}" for n in range(1, 7)]
    calls = [f"FOC-{letter}" for letter in "abcdefghij"]
    assert [one.id for one in CATALOGUE.commitments] == haarlem + practical + calls
    assert len(CATALOGUE.commitments) == 54


@pytest.mark.parametrize(
    ("commitment", "reference"),
    [
        ("H1.1", ("haarlem", 1, "bullet", "1")),
        ("H1.4", ("haarlem", 1, "example", "1")),
        ("H3.7", ("haarlem", 3, "example", "4")),
        ("H5.8", ("haarlem", 5, "example", "5")),
        ("HP4", ("haarlem", None, "practical", "4")),
        ("FOC-e", ("foc", None, "call", "e")),
    ],
)
def test_a_commitment_says_where_it_stands_in_its_text(commitment, reference):
    one = CATALOGUE.commitment(commitment)
    assert (one.source, one.principle, one.part, one.position) == reference


def test_only_what_is_asked_of_states_has_two_readings():
    for language in ("en", "fr"):
        words = CATALOGUE.words(language).commitments
        with_readings = [one for one, said in words.items() if said.readings]
        assert with_readings == [f"FOC-{letter}" for letter in "abcdefghij"]


def test_every_commitment_has_controls_or_one_question_and_both_only_where_a_control_is_measured():
    for one in CATALOGUE.commitments:
        asking = [each for each in CATALOGUE.controls_of(one.id) if each.method is not Method.PROBE]
        assert bool(asking) != bool(CATALOGUE.question_of(one.id)), one.id


def test_a_commitment_is_unknown_until_someone_answers():
    assert {CATALOGUE.status(one.id) for one in CATALOGUE.commitments} == {"unknown"}


def test_an_id_is_found_whatever_its_case():
    assert CATALOGUE.commitment(" foc-A ").id == "FOC-a"
    assert CATALOGUE.control("TRACED-facts").id == "traced-facts"


@pytest.mark.parametrize("wrong", ["H3.9", "h39", "HP7", "traced"])
def test_an_id_nobody_has_brings_the_nearest(wrong):
    with pytest.raises(NotFound) as refusal:
        CATALOGUE.named(wrong)
    assert any(one.id in str(refusal.value.remedy) for one in (*CATALOGUE.commitments, *CATALOGUE.controls))


def test_a_control_is_no_commitment():
    with pytest.raises(NotFound):
        CATALOGUE.commitment("traced-facts")
    with pytest.raises(NotFound):
        CATALOGUE.control("H3.1")


def test_small_adopts_ten_controls_and_solo_all_but_the_second_person():
    small = [control.id for control in CATALOGUE.controls_for(Profile.SMALL)]
    solo = [control.id for control in CATALOGUE.controls_for(Profile.SOLO)]
    assert len(small) == 10
    assert [one for one in small if one not in solo] == ["second-person"]


def test_our_catalogue_is_read_once():
    assert load() is CATALOGUE


def machine_facts(control: Control) -> tuple[object, ...]:
    rule = control.rule.value if control.rule else None
    where = [tier.value for tier in control.tiers] + [stage.value for stage in control.stages]
    return (
        list(control.commitments),
        f"{control.moment}, {control.method}, {control.evidence}: {control.consequence}",
        rule,
        list(control.checks),
        where,
        control.cadence_days,
    )


def test_the_ten_starter_controls_and_the_two_that_are_measured_are_these():
    assert {control.id: machine_facts(control) for control in CATALOGUE.controls} == snapshot(
        {
            "registered-systems": (
                ["H1.1", "H5.4"],
                "item, record, A: block",
                "registered",
                [],
                [],
                None,
            ),
            "recorded-use": (
                ["H1.1", "H3.6"],
                "item, record, A: block",
                "task recorded",
                ["declared_use"],
                [],
                None,
            ),
            "second-person": (["H5.4", "H5.6"], "item, record, A: block", "second person", [], [], None),
            "traced-facts": (["H3.1", "H3.2"], "item, check, M: block", None, ["traceability"], [], None),
            "personal-data": (["H2.1", "H3.2"], "item, check, M: block", None, ["personal_data"], [], None),
            "data-terms": (["H2.4"], "system, record, V: warn", "terms known", [], [], 365),
            "audience-told": (["H1.4", "H3.6"], "item, publish, M: block", "disclosed", [], [], None),
            "marked-media": (
                ["H3.6", "H3.7"],
                "item, check, M: block",
                None,
                ["credentials_on_arrival"],
                [],
                None,
            ),
            "quarterly-review": (["HP1", "HP4"], "organisation, question, A: warn", None, [], [], 92),
            "need-first": (["H5.1", "H6.4"], "system, record, A: warn", None, [], [], None),
            "witnessed-log": (["FOC-h"], "organisation, probe, M: warn", None, [], [], 3),
            "stamped-log": (["FOC-i"], "organisation, probe, M: warn", None, [], [], 3),
        }
    )
