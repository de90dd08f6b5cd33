"""Which part of a text is looked at, and whether at all."""

from dataclasses import dataclass

from masthead.checks.subject import Subject
from masthead.vocabulary import Medium


@dataclass(frozen=True, slots=True)
class Scope:
    """Stretches of the text in code points, sorted; None is the whole."""

    parts: tuple[tuple[int, int], ...] | None

    def __contains__(self, place: tuple[int, int]) -> bool:
        if self.parts is None:
            return True
        return any(start < place[1] and place[0] < end for start, end in self.parts)


def scope_of(subject: Subject) -> Scope | None:
    """What is traced: None where nothing is.

    With a source given, the whole text: an invented number is no better outside the part that AI touched,
    and the part is what a person remembers, not what a machine did. Without any, what material AI uses (T2
    and above) touched: there is nowhere to look, so each figure there is in no source, which is the truth
    about an unsourced AI draft; but a spelling check of a reporter's own text is not an unsourced draft.
    """
    if subject.document.medium is not Medium.TEXT:
        return None
    if subject.sources:
        return Scope(None)
    material = [use for use in subject.ai_uses if use.tier.material]
    if not material:
        return None
    if any(use.part is None for use in material):
        return Scope(None)
    return Scope(tuple(sorted(use.part for use in material if use.part is not None)))
