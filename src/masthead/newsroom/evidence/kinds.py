"""The table of kinds: what each entry says, and which of its fields ever open.

Decided in docs/decisions/0003-evidence-log.md. Codes are for ever: never renumbered, never used again.
A field goes from sealed to opening only under a new kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum, unique


class Opens(Enum):
    """When a sealed field may be handed out."""

    NEVER = "never"
    WITH_ITEM = "with the item"
    """When the item the entry is about is published."""
    WITH_VERSION = "with the version"
    """When the canonical form the entry is about is the one published."""


@unique
class Kind(IntEnum):
    """What happened; the value is the code in the entry's public face. Code 3 stays unused for ever."""

    ORGANISATION_SET_UP = 1
    PERSON_ADDED = 2
    ROLE_GRANTED = 4
    ROLE_ENDED = 5
    POLICY_ADOPTED = 6
    SYSTEM_REGISTERED = 7
    SYSTEM_APPROVED = 8
    SYSTEM_PAUSED = 9
    SYSTEM_RETIRED = 10
    USE_CASE_CHANGED = 11
    ITEM_ADDED = 12
    VERSION_ADDED = 13
    SOURCE_ADDED = 14
    AI_USE_RECORDED = 15
    CHECKS_RUN = 16
    FINDING_WAIVED = 17
    SIGNED_OFF = 18
    PUBLISHED = 19
    BREAK_GLASS = 20
    SECOND_REVIEW = 21
    CORRECTED = 22
    WITHDRAWN = 23
    CONTROL_ANSWERED = 24
    SYSTEM_TERMS_READ = 25
    QUESTION_ASKED = 26
    QUESTION_ANSWERED = 27
    QUESTION_CLOSED = 28
    PERSON_ENDS = 30
    LOGIN_GIVEN = 31
    LOGIN_ENDED = 32
    ITEM_PROTECTED = 35
    SENT_BACK = 36
    KEY_ROTATED = 40
    KEY_REVOKED = 41
    DATA_ERASED = 42
    HOLD_SET = 43
    HOLD_LIFTED = 44
    RETENTION_SET = 45
    WITNESS_ADDED = 46
    WITNESS_ENDED = 47
    ALARM_RAISED = 48
    RESTORED = 49
    ALARM_ENDED = 51
    WITNESS_KEY_MADE = 52
    LOG_KEY_FOLLOWED = 53
    LOG_KEY_GONE = 54
    PART_ERASED = 55
    MINIMUM_STATED = 56
    SYSTEM_ACCOUNTABLE = 57
    EVIDENCE_GIVEN = 58
    ACTION_TAKEN = 59
    ACTION_CLOSED = 60
    ACTIONS_FOLLOWED = 61


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a kind, besides those every entry has. `opens` maps each to when it opens."""

    opens: Mapping[str, Opens]

    @property
    def opens_at_all(self) -> bool:
        """Whether a publication ever opens anything of this kind."""
        return any(when is not Opens.NEVER for when in self.opens.values())


def _fields(never: str = "", *, item: str = "", version: str = "") -> Fields:
    return Fields(
        dict.fromkeys(item.split(), Opens.WITH_ITEM)
        | dict.fromkeys(version.split(), Opens.WITH_VERSION)
        | dict.fromkeys(never.split(), Opens.NEVER)
    )


_VERSION = "canonical_sha256 sources uses"
_OUT = "item role through media_type published_sha256 canonical_sha256 disclosure_sha256 uses counts rests_on"

FIELDS: Mapping[Kind, Fields] = {
    Kind.ORGANISATION_SET_UP: _fields("name publisher person through"),
    Kind.PERSON_ADDED: _fields("person office roles through"),
    Kind.ROLE_GRANTED: _fields("person role through"),
    Kind.ROLE_ENDED: _fields("person role through"),
    Kind.POLICY_ADOPTED: _fields("number profile controls through"),
    Kind.SYSTEM_REGISTERED: _fields("system provider accountable terms_checked_on training_opt_out through"),
    Kind.SYSTEM_APPROVED: _fields("system reason through"),
    Kind.SYSTEM_PAUSED: _fields("system reason through"),
    Kind.SYSTEM_RETIRED: _fields("system reason through"),
    Kind.USE_CASE_CHANGED: _fields("system stage tier level status accountable through"),
    Kind.ITEM_ADDED: _fields("number content_sha256", item="item medium through", version=_VERSION),
    Kind.VERSION_ADDED: _fields("number content_sha256", item="item through", version=_VERSION),
    Kind.SOURCE_ADDED: _fields("item source_sha256 through"),
    Kind.AI_USE_RECORDED: _fields(item="item uses through"),
    Kind.CHECKS_RUN: _fields(
        "findings", item="item through", version="canonical_sha256 ran not_run counts levels"
    ),
    Kind.FINDING_WAIVED: _fields("finding reason note", item="item role through"),
    Kind.SIGNED_OFF: _fields("statement", item="item role self_signed through", version="canonical_sha256"),
    Kind.PUBLISHED: _fields("responsible policy", item=_OUT),
    Kind.BREAK_GLASS: _fields(
        "reason review_due", item="item role overridden review_due_on through", version="canonical_sha256"
    ),
    Kind.SECOND_REVIEW: _fields("note", item="item role upheld through", version="canonical_sha256"),
    Kind.CORRECTED: _fields("note responsible policy", item=_OUT),
    Kind.WITHDRAWN: _fields("reason", item="item role rests_on through"),
    Kind.CONTROL_ANSWERED: _fields("control status note through"),
    Kind.SYSTEM_ACCOUNTABLE: _fields("system accountable role through"),
    Kind.SYSTEM_TERMS_READ: _fields("system terms_checked_on training_opt_out through"),
    Kind.QUESTION_ASKED: _fields("item question text language"),
    Kind.QUESTION_ANSWERED: _fields("item question answer shown by_maker role through"),
    Kind.QUESTION_CLOSED: _fields("item question reason role through"),
    Kind.PERSON_ENDS: _fields("person ends_on through"),
    Kind.LOGIN_GIVEN: _fields("person invited_by through"),
    Kind.LOGIN_ENDED: _fields("person through"),
    Kind.ITEM_PROTECTED: _fields("item protected role through"),
    Kind.SENT_BACK: _fields("item canonical_sha256 note role through"),
    Kind.KEY_ROTATED: _fields("key previous reason since overlap_until through"),
    Kind.KEY_REVOKED: _fields("key reason since through"),
    Kind.DATA_ERASED: _fields("person item question ground removed role through"),
    Kind.HOLD_SET: _fields("hold person item question reason role through"),
    Kind.HOLD_LIFTED: _fields("hold person item question reason role through"),
    Kind.RETENTION_SET: _fields("kept days reason role through"),
    Kind.WITNESS_ADDED: _fields("party watched key address through"),
    Kind.WITNESS_ENDED: _fields("party watched key through"),
    Kind.ALARM_RAISED: _fields("party fault known_size shown_size"),
    Kind.RESTORED: _fields("damage_sha256 note through"),
    Kind.ALARM_ENDED: _fields("party note through"),
    Kind.WITNESS_KEY_MADE: _fields("key previous through"),
    Kind.LOG_KEY_FOLLOWED: _fields("party key previous"),
    Kind.LOG_KEY_GONE: _fields("party key reason since"),
    Kind.PART_ERASED: _fields("item part ground removed role through"),
    Kind.MINIMUM_STATED: _fields("kept days reason role through"),
    Kind.EVIDENCE_GIVEN: _fields("evidence actions note through"),
    Kind.ACTION_TAKEN: _fields("action control accountable due_on through"),
    Kind.ACTION_CLOSED: _fields("action control reason through"),
    Kind.ACTIONS_FOLLOWED: _fields("opened closed through"),
}

IMPLICIT = ("actor", "entry", "recorded_at", "recorded_on", "rows")
"""Fields that `record()` fills in for every entry."""

PUBLICATIONS = frozenset({Kind.PUBLISHED, Kind.CORRECTED, Kind.WITHDRAWN})
"""Kinds with which the entries they rest on open."""

ERASING = frozenset({Kind.DATA_ERASED, Kind.PART_ERASED})
"""Kinds with which something of older evidence goes."""

OF_THE_VERSION = frozenset({Kind.CHECKS_RUN, Kind.SIGNED_OFF, Kind.BREAK_GLASS, Kind.SECOND_REVIEW})
"""Kinds that a publication rests on only where they are about the very version that is published."""


def opening_of(kind: Kind, name: str) -> Opens:
    """When the field `name` of an entry of `kind` opens. KeyError if the kind has no such field."""
    if name in IMPLICIT:
        dated = name == "recorded_on" and FIELDS[kind].opens_at_all
        return Opens.WITH_ITEM if dated else Opens.NEVER
    return FIELDS[kind].opens[name]
