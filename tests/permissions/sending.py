"""What is sent to each route that changes something: what would be taken from someone who may."""

from datetime import timedelta

from tests.newsroom.desk import TEXT

from masthead import clock

_DAY = (clock.today() + timedelta(30)).isoformat()
_HOOK = {"url": "https://93.184.215.14/other", "events": ["item.published"]}
_STORY = {"content": {"name": "story.md", "text": f"{TEXT} Again."}, "title": "River", "language": "en"}

POSTED: dict[str, dict[str, object]] = {
    "desk:new": {"words": TEXT, "title": "River"},
    "desk:waive": {"reason": "witnessed"},
    "desk:add_source": {"words": TEXT},
    "desk:add_use": {"system": "Ink", "tier": "T1"},
    "desk:new_version": {"words": f"{TEXT} Again."},
    "desk:protect": {"protected": "yes"},
    "desk:sign_off": {"version": 1},
    "desk:publish": {"version": 1},
    "desk:break_glass": {"version": 1, "reason": "It cannot wait.", "sure": "on"},
    "desk:second_review": {"verdict": "uphold"},
    "desk:correct": {"words": f"{TEXT} Right.", "note": "It was wrong.", "base": 1, "sure": "on"},
    "desk:withdraw": {"reason": "It is wrong.", "sure": "on"},
    "desk:new_system": {"name": "Quill", "tier": "T2", "stage": "creation", "level": "organisation"},
    "desk:add_use_case": {"tier": "T1", "stage": "creation", "level": "organisation"},
    "desk:terms": {"checked_on": clock.today().isoformat(), "training_opt_out": "yes"},
    "desk:pause": {"reason": "It errs."},
    "desk:retire": {"reason": "It is old."},
    "desk:question": {"text": "It was the Ink.", "show_question": "on"},
    "desk:close_question": {"reason": "spam"},
    "desk:new_person": {"name": "Nora New", "roles": ["editor"]},
    "desk:give_role": {"role": "steward"},
    "desk:last_day": {"ends_on": _DAY, "ends": "on"},
    "desk:me": {"language": "fr"},
    "desk:new_token": {"name": "Press", "scopes": ["read"], "expires_on": _DAY},
    "desk:new_webhook": _HOOK,
    "desk:change_webhook": _HOOK,
    "desk:turn_webhook": {"on": ""},
    "mfa_edit_webauthn": {"name": "Mine now"},
    "public:ask": {"text": "Which river?", "knowing": "on"},
}
"""Forms of the desk. A route that is not here is sent an empty one: it asks for no more."""

BY_TOKEN: dict[str, dict[str, object]] = {
    "api:ask_with_content": {"content": _STORY["content"]},
    "api:ask_with_content_by_name": {"content": _STORY["content"]},
    "api:create_item": _STORY,
    "api:put_item": _STORY,
    "api:update_item": _STORY,
    "api:add_version": _STORY,
    "api:add_source": {"content": {"name": "more.md", "text": f"{TEXT} More."}},
    "api:record_ai_use": {"system": "Ink", "task": "editing", "tier": "T1"},
    "api:waive_finding": {"reason": "witnessed", "note": "Seen."},
    "api:correct_item": {**_STORY, "note": "It was wrong."},
    "api:withdraw_item": {"reason": "It is wrong."},
    "api:add_webhook": _HOOK,
    "api:change_webhook": _HOOK | {"active": False},
}
"""Bodies of the operations that take one."""

TAKEN = [
    "desk:check",
    "desk:protect",
    "desk:add_use_case",
    "desk:question",
    "desk:new_person",
    "desk:give_role",
    "desk:last_day",
    "desk:invite",
    "desk:withdraw_invitation",
    "desk:me",
    "desk:take_token",
    "desk:revoke_token",
    "desk:new_webhook",
    "desk:webhook_secret",
    "api:create_item",
    "api:put_item",
    "api:add_source",
    "api:record_ai_use",
    "api:check_item",
    "api:waive_finding",
    "api:add_webhook",
    "api:change_webhook",
    "api:rotate_webhook_secret",
]
"""Routes of which what is sent here changes something at once, where who sends it may."""
