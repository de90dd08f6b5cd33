"""Reading the language-neutral facts, each file by itself and then one against the other."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from masthead.declaration.commitment import Addressee, Commitment, Part, Question, Section, Source
from masthead.declaration.control import Control, Rule
from masthead.declaration.status import circling
from masthead.declaration.table import Table, read
from masthead.language import Message
from masthead.vocabulary import Consequence, Grade, Method, Moment, Profile, Role, Stage, Tier


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the catalogue knows without words, consistent."""

    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    commitments: tuple[Commitment, ...]
    controls: tuple[Control, ...]
    questions: tuple[Question, ...]


def read_facts(folder: Path) -> Facts:
    """The facts in `folder`; raises `CatalogueError` at the first thing that is wrong."""
    sources, sections, commitments = _commitments(read(folder, "commitments.toml"))
    ids = tuple(one.id for one in commitments)
    controls = _controls(read(folder, "controls.toml"), ids)
    questions = _questions(read(folder, "questions.toml"), ids, controls)
    _nothing_unanswered(ids, controls, questions)
    return Facts(sources, sections, commitments, controls, questions)


def _commitments(file: Table) -> tuple[tuple[Source, ...], tuple[Section, ...], tuple[Commitment, ...]]:
    sources: dict[str, Source] = {}
    for row in file.rows("source", "id"):
        key = _new(row, "id", sources)
        sources[key] = Source(key, row.texts("locales"), row.member("addressed_to", Addressee))
        row.end()
    sections: dict[str, Section] = {}
    for row in file.rows("section", "id"):
        key = _new(row, "id", sections)
        sections[key] = Section(key, _known(row, "source", sources), row.number("principle") or None)
        row.end()
    rows = file.rows("commitment", "id")
    caveats = _caveats(file, [row.text("id") for row in rows])
    commitments: dict[str, Commitment] = {}
    places: set[tuple[str, str, str]] = set()
    for row in rows:
        one = _commitment(row, sources, sections, caveats, commitments)
        place = (one.section, one.part, one.position)
        if place in places:
            row.refuse(
                "position",
                Message("another commitment stands at the same place of the text."),
                Message("Correct the reference of one of them."),
            )
        places.add(place)
        commitments[one.id] = one
    file.end()
    return tuple(sources.values()), tuple(sections.values()), tuple(commitments.values())


def _commitment(
    row: Table,
    sources: dict[str, Source],
    sections: dict[str, Section],
    caveats: dict[str, tuple[str, ...]],
    taken: Collection[str],
) -> Commitment:
    key = _new(row, "id", taken)
    section = sections[_known(row, "section", sections)]
    commitment = Commitment(
        id=key,
        section=section.id,
        source=section.source,
        principle=section.principle,
        part=row.member("part", Part),
        position=row.text("position"),
        addressed_to=sources[section.source].addressed_to,
        caveat_locales=caveats.get(key, ()),
    )
    row.end()
    return commitment


def _caveats(file: Table, commitments: Collection[str]) -> dict[str, tuple[str, ...]]:
    caveats: dict[str, tuple[str, ...]] = {}
    for row in file.rows("caveat", "commitment"):
        key = _known(row, "commitment", commitments)
        _new(row, "commitment", caveats)
        caveats[key] = row.texts("locales")
        row.end()
    return caveats


def _controls(file: Table, commitments: Collection[str]) -> tuple[Control, ...]:
    controls: dict[str, Control] = {}
    for row in file.rows("control", "id"):
        control = Control(
            id=_new(row, "id", controls),
            commitments=row.texts("commitments"),
            moment=row.member("moment", Moment),
            method=row.member("method", Method),
            evidence=row.member("evidence", Grade),
            consequence=row.member("consequence", Consequence),
            checks=row.texts("checks", may_be_empty=True),
            rule=row.member("rule", Rule) if row.text("rule", may_be_empty=True) else None,
            tiers=row.members("tiers", Tier),
            stages=row.members("stages", Stage),
            cadence_days=row.number("cadence_days") or None,
            profiles=row.members("profiles", Profile),
            rests_on=row.texts("rests_on", may_be_empty=True),
            answered_by=row.texts("answered_by", may_be_empty=True),
        )
        row.end()
        for one in control.commitments:
            _refuse_unknown(row, "commitments", one, commitments)
        if control.moment is Moment.ITEM and not control.checks and control.rule is None:
            row.refuse(
                "rule",
                Message("the control is asked of every item, but has neither a rule nor a check."),
                Message("Name a rule of the gate or a check that answers it."),
            )
        controls[control.id] = control
    _no_circle(file, controls)
    file.end()
    return tuple(controls.values())


def _no_circle(file: Table, controls: dict[str, Control]) -> None:
    for control in controls.values():
        for other in control.rests_on:
            _refuse_unknown(file, "control", other, controls)
    if circle := circling({one.id: one.rests_on for one in controls.values()}):
        file.refuse(
            "control",
            Message("these rest on each other in a circle: %(ids)s.", {"ids": ", ".join(sorted(circle))}),
            Message("Let one of them rest on none of the others."),
        )


def _questions(
    file: Table, commitments: Collection[str], controls: tuple[Control, ...]
) -> tuple[Question, ...]:
    questions: dict[str, Question] = {}
    # What is measured by itself asks nobody, so that a question may stand beside it.
    asking = [control for control in controls if control.method is not Method.PROBE]
    served = {commitment: control.id for control in asking for commitment in control.commitments}
    asked: dict[str, str] = {}
    for row in file.rows("question", "id"):
        key = _new(row, "id", {*questions, *(control.id for control in controls)})
        commitment = _known(row, "commitment", commitments)
        other = asked.get(commitment) or served.get(commitment)
        if other is not None:
            row.refuse(
                "commitment",
                Message(
                    "%(commitment)s is answered by %(other)s already.",
                    {"commitment": commitment, "other": other},
                ),
                Message("Keep one: a commitment has controls, or a single question."),
            )
        questions[key] = Question(
            key, commitment, row.member("evidence", Grade), row.member("asked", Role), _cadence(row)
        )
        asked[commitment] = key
        row.end()
    file.end()
    return tuple(questions.values())


def _cadence(row: Table) -> int:
    days = row.number("cadence_days")
    if not days:
        row.refuse(
            "cadence_days",
            Message("an answer to a question cannot stay fresh for ever."),
            Message("Say after how many days it is asked again."),
        )
    return days


def _nothing_unanswered(
    commitments: tuple[str, ...], controls: tuple[Control, ...], questions: tuple[Question, ...]
) -> None:
    answered = {one for control in controls for one in control.commitments}
    answered |= {question.commitment for question in questions}
    for one in commitments:
        if one not in answered:
            Table("questions.toml", {}).refuse(
                "question",
                Message("%(commitment)s has neither a control nor a question.", {"commitment": one}),
                Message("Add a question for it, or name it in a control of controls.toml."),
            )


def _new(row: Table, key: str, taken: Collection[str]) -> str:
    value = row.text(key)
    if value in taken:
        row.refuse(
            key,
            Message("“%(value)s” is there already.", {"value": value}),
            Message("Give each an id of its own."),
        )
    return value


def _known(row: Table, key: str, known: Collection[str]) -> str:
    value = row.text(key)
    _refuse_unknown(row, key, value, known)
    return value


def _refuse_unknown(row: Table, key: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        row.refuse(
            key,
            Message("nothing here goes by the id “%(value)s”.", {"value": value}),
            Message("Use one of these: %(known)s.", {"known": ", ".join(known)}),
        )
