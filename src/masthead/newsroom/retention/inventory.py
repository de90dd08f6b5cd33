"""Where personal data can stand: every column of every table, and every sealed field of the log.

A test goes through all tables and kinds: a column of text or bytes that is not here fails it, so that nobody
adds one without saying whose words it holds and how they go.

`docs/reference/personal-data.md` is written from this.
"""

from collections.abc import Mapping
from enum import StrEnum

from masthead.language import Message


class Holds(StrEnum):
    """What a column or a sealed field holds, which says how it goes."""

    NOTHING = "nothing"
    """Members of closed lists, random ids, counts, hashes with a salt, keys, names of tools and houses."""
    NAME = "name"
    """The name of somebody who works here."""
    LOGIN = "login"
    """With what somebody signs in, and where from."""
    STORY = "story"
    """Content: titles, texts, pictures, sources, quotations, and hashes that would confirm a guess."""
    WORDS = "words"
    """What somebody who works here wrote for the record alone."""
    TOLD = "told"
    """What was told to the audience."""
    ASKED = "asked"
    """What somebody of the audience asked, and how to reach them."""
    PASSING = "passing"
    """Kept for a while to do a job, and deleted by itself."""


WHAT: Mapping[Holds, Message] = {
    Holds.NAME: Message("Names of who works here"),
    Holds.LOGIN: Message("What people sign in with"),
    Holds.STORY: Message("Content"),
    Holds.WORDS: Message("Words for the record alone"),
    Holds.TOLD: Message("What the audience was told"),
    Holds.ASKED: Message("What the audience asked"),
    Holds.PASSING: Message("What is kept for a while"),
}
"""All that is somebody's, as a heading."""

HOW: Mapping[Holds, Message] = {
    Holds.NOTHING: Message("says nothing of anybody; stays"),
    Holds.NAME: Message("replaced when the person is erased; as the publisher's it stays, being told"),
    Holds.LOGIN: Message("deleted when the person is erased, and when their login ends"),
    Holds.STORY: Message("erased with the item; of what went out, once it is withdrawn"),
    Holds.WORDS: Message("erased with the item; where a person's name stands in it, with the person"),
    Holds.TOLD: Message("stays: it was published"),
    Holds.ASKED: Message("erased with the question, and with the item"),
    Holds.PASSING: Message(
        "deleted by itself when its time is over; with the item or the person before that"
    ),
}

_N, _NAME, _LOGIN, _STORY = Holds.NOTHING, Holds.NAME, Holds.LOGIN, Holds.STORY
_WORDS, _TOLD, _ASKED, _PASSING = Holds.WORDS, Holds.TOLD, Holds.ASKED, Holds.PASSING


def _same(holds: Holds, columns: str) -> dict[str, Holds]:
    return dict.fromkeys(columns.split(), holds)


COLUMNS: Mapping[str, Mapping[str, Holds]] = {
    "accounts_account": _same(_LOGIN, "password email language"),
    "accounts_invitation": _same(_LOGIN, "token_sha256 email"),
    "accounts_organisation": {"name": _N, "publisher": _TOLD},
    "accounts_person": _same(_NAME, "name key"),
    "accounts_rolegrant": _same(_N, "role"),
    "assurance_correctiveaction": _same(_N, "answers about cause opened_for closed_for")
    | {"closed_because": _WORDS},
    "assurance_evidence": _same(_N, "answers about grade collector collector_version sha256")
    | {"note": _WORDS},
    "connections_done": _same(_N, "fingerprint places") | _same(_PASSING, "key answer"),
    "connections_externalid": {"source": _N, "external_id": _STORY},
    "connections_token": _same(_N, "scopes digest ending") | {"name": _LOGIN},
    "evidence_entry": _same(_N, "commitment leaf_hash") | {"sealed": _N},
    "evidence_erasure": _same(_N, "names"),
    "evidence_keyrevocation": _same(_N, "key reason statement"),
    "evidence_logkey": _same(_N, "key previous reason statement"),
    "evidence_rowdigest": _same(_N, "table salt digest"),
    "evidence_node": _same(_N, "hash"),
    "evidence_checkpoint": _same(_N, "root note as_kept"),
    "evidence_cosignature": _same(_N, "name key_id line as_kept"),
    "evidence_keptdamage": _same(_N, "sha256 content"),
    "evidence_loghead": _same(_N, "origin peaks"),
    "evidence_stamp": _same(_N, "authority token as_kept"),
    "integrity_restoration": {"damage": _N, "note": _WORDS},
    "items_aiuse": _same(_N, "system task tier recorded_through") | {"quote": _STORY},
    "items_item": _same(_N, "public_id medium"),
    "items_source": {"media_type": _N} | _same(_STORY, "label sha256 address"),
    "items_version": _same(_N, "media_type language once")
    | _same(_STORY, "title sha256 canonical_sha256 address sent_sha256"),
    "jobs_ticket": _same(_N, "key lane state"),
    "policy_answer": _same(_N, "question commitment") | {"note": _WORDS},
    "policy_policyrevision": _same(_N, "profile controls"),
    "register_aisystem": _same(_N, "name key provider status terms_url"),
    "register_usecase": _same(_N, "stage tier level status"),
    "remedies_ending": _same(_N, "closed role") | {"answer": _TOLD},
    "remedies_question": _same(_N, "public_id link_sha256 language") | {"text": _ASKED},
    "remedies_reach": _same(_ASKED, "sealed"),
    "retention_hold": _same(_N, "on role") | _same(_WORDS, "reason lifted_because"),
    "retention_minimum": _same(_N, "kept role") | {"reason": _WORDS},
    "retention_remains": _same(_PASSING, "what name"),
    "retention_schedule": _same(_N, "kept role") | {"reason": _WORDS},
    "review_breakglass": _same(_N, "role")
    | _same(_STORY, "canonical_sha256 said_sha256")
    | {"reason": _WORDS},
    "review_checkrun": _same(_N, "ran not_run counts"),
    "review_correction": {"note": _TOLD},
    "review_finding": _same(_N, "check_id code level") | _same(_STORY, "fingerprint message quote nearest"),
    "review_publication": _same(_TOLD, "responsible")
    | _same(_N, "media_type controls_held")
    | _same(_STORY, "facts content_sha256 sidecar_sha256"),
    "review_sentback": {"role": _N, "note": _WORDS},
    "review_signoff": {"role": _N} | _same(_STORY, "canonical_sha256 said_sha256"),
    "review_waiver": {"reason": _N, "fingerprint": _STORY, "note": _WORDS},
    "review_withdrawal": {"reason": _TOLD},
    "webhooks_delivery": _same(_N, "event item state") | {"body": _PASSING},
    "webhooks_endpoint": _same(_N, "url events secret previous off"),
    "webhooks_try": {"trouble": _PASSING},
    # Organisations, their logs and their heads; what somebody here said of an alarm.
    "witness_alarm": _same(_N, "public_id origin fault known shown other_root proof key told_by")
    | {"note": _WORDS},
    "witness_askedwitness": _same(_N, "name key address"),
    "witness_awaited": _same(_N, "origin note"),
    "witness_contact": _same(_N, "id trouble"),
    "witness_doubted": _same(_N, "origin root note told_by"),
    "witness_followedkey": _same(_N, "key previous statement"),
    "witness_ownkey": _same(_N, "key"),
    "witness_revokedkey": _same(_N, "key reason statement"),
    "witness_seen": _same(_N, "origin root note"),
    "witness_witnessedlog": _same(_N, "name key address"),
    "worklist_line": _same(_N, "public_id medium language systems out_systems stage step")
    | _same(_STORY, "title key out_title out_key"),
    "worklist_used": _same(_N, "key"),
    # Of packages that we use.
    "account_emailaddress": _same(_LOGIN, "email"),
    "account_emailconfirmation": _same(_LOGIN, "key"),
    "auth_group": _same(_N, "name"),
    "auth_permission": _same(_N, "name codename"),
    "django_content_type": _same(_N, "app_label model"),
    "django_session": _same(_LOGIN, "session_key session_data"),
    "django_tasks_database_dbtaskresult": _same(
        _N, "status args_kwargs task_path worker_ids queue_name backend_name return_value"
    )
    | _same(_PASSING, "exception_class_path traceback"),
    "mfa_authenticator": _same(_LOGIN, "type data"),
    "socialaccount_socialaccount": _same(_LOGIN, "provider uid extra_data"),
    "socialaccount_socialapp": _same(_N, "provider provider_id name client_id secret key settings"),
    "socialaccount_socialtoken": _same(_LOGIN, "token token_secret"),
    "usersessions_usersession": _same(_LOGIN, "ip session_key user_agent data"),
}
"""Columns of text, JSON, bytes and addresses, by table. Numbers, times and foreign keys say nothing alone."""

FIELDS: Mapping[str, Holds] = _same(
    _N,
    "action actions address by_maker closed control controls counts damage_sha256 days disclosure_sha256"
    " due_on ends_on entry evidence fault"
    " hold item kept key known_size language level levels medium not_run number office opened overlap_until"
    " overridden part party policy previous profile protected provider published_sha256 media_type question"
    " ran recorded_at recorded_on rests_on review_due review_due_on role roles rows removed self_signed"
    " shown shown_size since sources stage statement status system terms_checked_on through tier"
    " training_opt_out upheld uses watched ground",
) | {
    # An id of a person is a random number: whose it was goes with the name in the table of persons.
    **_same(_N, "actor person accountable invited_by"),
    **_same(_TOLD, "answer name publisher responsible"),
    **_same(_STORY, "canonical_sha256 content_sha256 source_sha256 finding findings"),
    **_same(_WORDS, "note reason"),
    "text": _ASKED,
}
"""Sealed fields of the log, by name."""

NO_WORDS = frozenset(
    {
        ("FINDING_WAIVED", "reason"),
        ("QUESTION_CLOSED", "reason"),
        ("KEY_ROTATED", "reason"),
        ("KEY_REVOKED", "reason"),
        ("LOG_KEY_GONE", "reason"),
    }
)
"""Fields that share a name with words of people, and hold a member of a closed list."""
TOLD_WORDS = frozenset({("CORRECTED", "note"), ("WITHDRAWN", "reason")})
"""Those that hold what was told to the audience."""


def held_in(kind: str, name: str) -> Holds:
    """What the sealed field `name` of an entry of a kind holds. KeyError where nobody said."""
    if (kind, name) in NO_WORDS:
        return Holds.NOTHING
    return Holds.TOLD if (kind, name) in TOLD_WORDS else FIELDS[name]
