"""The catalogue: what was promised, how it is checked, what is asked, and the words for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from masthead.declaration.commitment import Commitment, Question, Section, Source
from masthead.declaration.control import Control
from masthead.declaration.status import Evidence, Line, Reading, Status, standings, status_of
from masthead.declaration.words import Words
from masthead.errors import NotFound
from masthead.language import LANGUAGES, Message
from masthead.vocabulary import Profile


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All commitments in source order, with the controls or the one question that answers each.

    `languages` holds a complete `Words` for each BCP 47 tag, English and French always among them.
    """

    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    commitments: tuple[Commitment, ...]
    controls: tuple[Control, ...]
    questions: tuple[Question, ...]
    languages: Mapping[str, Words]

    def commitment(self, name: str) -> Commitment:
        """The commitment by its id, whatever its case; raises `NotFound` with the nearest ids."""
        found = self.named(name)
        if not isinstance(found, Commitment):
            raise self._not_found(name)
        return found

    def control(self, name: str) -> Control:
        """The control by its id, whatever its case; raises `NotFound` with the nearest ids."""
        found = self.named(name)
        if not isinstance(found, Control):
            raise self._not_found(name)
        return found

    def named(self, name: str) -> Commitment | Control:
        """The commitment or control by its id, whatever its case; raises `NotFound`."""
        wanted = name.strip().casefold()
        for one in self._all():
            if one.id.casefold() == wanted:
                return one
        raise self._not_found(name)

    def controls_for(self, profile: Profile) -> tuple[Control, ...]:
        """The controls that `profile` adopts by default."""
        return tuple(control for control in self.controls if profile in control.profiles)

    def controls_of(self, commitment: str) -> tuple[Control, ...]:
        """The controls that serve a commitment; none where a question does."""
        return tuple(control for control in self.controls if commitment in control.commitments)

    def question_of(self, commitment: str) -> Question | None:
        """The question that answers a commitment; None where controls do."""
        return next((one for one in self.questions if one.commitment == commitment), None)

    def question(self, name: str) -> Question:
        """The question by its id or its commitment's, whatever the case; `NotFound` where none is asked."""
        wanted = name.strip().casefold()
        for one in self.questions:
            if wanted in (one.id.casefold(), one.commitment.casefold()):
                return one
        raise NotFound(
            Message("No question is asked about %(id)s: the record answers it.", {"id": self.named(name).id}),
            Message("See how with `masthead declaration %(id)s`.", {"id": self.named(name).id}),
        )

    def words(self, language: str) -> Words:
        """The words of a BCP 47 tag, else of its primary language, else English."""
        known = {tag.casefold(): words for tag, words in self.languages.items()}
        tag = language.replace("_", "-").casefold()
        return known.get(tag) or known.get(tag.split("-")[0]) or self.languages[LANGUAGES[0]]

    def status(
        self,
        commitment: str,
        evidence: Sequence[Evidence] = (),
        *,
        now: datetime | None = None,
        reading: Reading = Reading.WATCHDOG,
    ) -> Status:
        """Where a commitment stands on this evidence at `now`, by `declaration.status`; unknown without any.

        Raises `ValueError` for evidence without a moment to judge its age by.
        """
        if evidence and now is None:
            raise ValueError("evidence is fresh or stale only at a moment: give `now`")
        one = self.commitment(commitment)
        controls, question = self.controls_of(one.id), self.question_of(one.id)
        questions = (question,) if question else ()
        found = standings(
            [Line(each) for each in (*controls, *questions)],
            evidence,
            now or datetime.min.replace(tzinfo=UTC),
        )
        return status_of(
            one, [found[each.id] for each in controls], [found[each.id] for each in questions], reading
        ).status

    def _all(self) -> tuple[Commitment | Control, ...]:
        return (*self.commitments, *self.controls)

    def _not_found(self, name: str) -> NotFound:
        ids = {one.id.casefold(): one.id for one in self._all()}
        near = get_close_matches(name.strip().casefold(), ids, n=3, cutoff=0.5)
        what = Message("No commitment or control goes by “%(id)s”.", {"id": name})
        if not near:
            return NotFound(what, Message("`masthead declaration` lists them all."))
        nearest = ", ".join(ids[one] for one in near)
        remedy = Message(
            "Did you mean one of these: %(nearest)s? `masthead declaration` lists them all.",
            {"nearest": nearest},
        )
        return NotFound(what, remedy)
