"""The table of kinds is for ever: codes, fields and what opens are held here a second time."""

import re
from pathlib import Path

import verify_masthead
from inline_snapshot import snapshot

from masthead.newsroom.evidence.kinds import FIELDS, IMPLICIT, Kind, Opens, opening_of

DECISION = Path(__file__).parents[2] / "docs" / "decisions" / "0003-evidence-log.md"
HEARTS = {"name", "note", "reason", "finding", "findings", "content_sha256", "source_sha256", "responsible",
          "statement", "person", "accountable", "actor", "recorded_at", "rows", "entry"}  # fmt: skip


def test_codes_are_frozen():
    assert {kind.name: kind.value for kind in Kind} == snapshot(
        {
            "ORGANISATION_SET_UP": 1,
            "PERSON_ADDED": 2,
            "ROLE_GRANTED": 4,
            "ROLE_ENDED": 5,
            "POLICY_ADOPTED": 6,
            "SYSTEM_REGISTERED": 7,
            "SYSTEM_APPROVED": 8,
            "SYSTEM_PAUSED": 9,
            "SYSTEM_RETIRED": 10,
            "USE_CASE_CHANGED": 11,
            "ITEM_ADDED": 12,
            "VERSION_ADDED": 13,
            "SOURCE_ADDED": 14,
            "AI_USE_RECORDED": 15,
            "CHECKS_RUN": 16,
            "FINDING_WAIVED": 17,
            "SIGNED_OFF": 18,
            "PUBLISHED": 19,
            "BREAK_GLASS": 20,
            "SECOND_REVIEW": 21,
            "CORRECTED": 22,
            "WITHDRAWN": 23,
            "CONTROL_ANSWERED": 24,
            "SYSTEM_TERMS_READ": 25,
            "QUESTION_ASKED": 26,
            "QUESTION_ANSWERED": 27,
            "QUESTION_CLOSED": 28,
            "PERSON_ENDS": 30,
            "LOGIN_GIVEN": 31,
            "LOGIN_ENDED": 32,
            "ITEM_PROTECTED": 35,
            "SENT_BACK": 36,
            "KEY_ROTATED": 40,
            "KEY_REVOKED": 41,
            "DATA_ERASED": 42,
            "HOLD_SET": 43,
            "HOLD_LIFTED": 44,
            "RETENTION_SET": 45,
            "WITNESS_ADDED": 46,
            "WITNESS_ENDED": 47,
            "ALARM_RAISED": 48,
            "RESTORED": 49,
            "ALARM_ENDED": 51,
            "WITNESS_KEY_MADE": 52,
            "LOG_KEY_FOLLOWED": 53,
            "LOG_KEY_GONE": 54,
            "PART_ERASED": 55,
            "MINIMUM_STATED": 56,
            "SYSTEM_ACCOUNTABLE": 57,
            "EVIDENCE_GIVEN": 58,
            "ACTION_TAKEN": 59,
            "ACTION_CLOSED": 60,
            "ACTIONS_FOLLOWED": 61,
        }
    )


def test_every_kind_says_its_fields_and_none_that_the_log_fills_in_itself():
    assert FIELDS.keys() == set(Kind)
    for fields in FIELDS.values():
        assert fields.opens
        assert not set(IMPLICIT) & fields.opens.keys()


def test_the_decision_shows_the_table_as_it_is():
    rows = re.findall(
        r"^\| (\d+) \| [^|]+ \|([^|]*)\|([^|]*)\|([^|]*)\|$", DECISION.read_text(), re.MULTILINE
    )
    said = {
        int(code): tuple(frozenset(re.findall(r"\w+", column)) for column in columns)
        for code, *columns in rows
    }
    assert said == {
        kind.value: tuple(
            frozenset(name for name, opens in FIELDS[kind].opens.items() if opens is when)
            for when in (Opens.WITH_ITEM, Opens.WITH_VERSION, Opens.NEVER)
        )
        for kind in Kind
    }


def test_names_notes_sources_and_drafts_never_open():
    for kind in Kind:
        for name in HEARTS & {*FIELDS[kind].opens, *IMPLICIT}:
            assert opening_of(kind, name) is Opens.NEVER, (kind, name)


def test_what_is_about_one_version_says_of_which():
    for fields in FIELDS.values():
        if Opens.WITH_VERSION in fields.opens.values():
            assert "canonical_sha256" in fields.opens


def test_the_verifier_of_strangers_knows_the_same_table():
    ours = {
        kind.value: (
            {name for name, opens in FIELDS[kind].opens.items() if opens is Opens.WITH_ITEM},
            {name for name, opens in FIELDS[kind].opens.items() if opens is Opens.WITH_VERSION},
        )
        for kind in Kind
        if FIELDS[kind].opens_at_all
    }
    theirs = {
        code: (set(item.split()), set(version.split()))
        for code, (_, item, version) in verify_masthead.KINDS.items()
    }
    assert theirs == ours
