"""Every address, written by hand: who may come, and what it is about. Held to the code as `table` is.

A line is: the route | what it asks | what it is about. It asks for nothing (`anyone`, or `way in` before a
login), for a login (`signed in`), for one of the actions named, where `see` stands for the four of seeing an
item; or, of a token, for a scope, after the method of the operation. What it is about:

    item         an item, by its id: what is out of it at least
    draft        an item, by its id: what is not out too
    publication  what is told of an item that is out, to whom its draft is
    name         a name that other software gives an item; one that is free is there for all who may come
    out          an item as the public sees it
    question     a question of the audience; who sees its item sees it
    link         the private page of whoever asked; whoever has the link has the page
    token        a token: one's own, and others' for who manages connections
    taking       a token to be taken, by whom it acts for alone
    passkey      a passkey of one's own
    new address  a link by which someone confirms their own new address
    person, system, entry, webhook, delivery, party, alarm, seen, hold, kept
                 one of these; the same for all who may come at all
    -            nothing in particular
"""

from dataclasses import dataclass

from tests.permissions.table import SCOPES

SEE = ("see own item", "see item", "see protected item", "see the record of what is out")

_PAGES = """
health | anyone | -
ready | anyone | -
api:reference | anyone | -
api:openapi | anyone | -
api:nothing | anyone | -

desk:work | signed in | -
desk:waiting | signed in | -
desk:search | see | -
desk:new | work on item | -
desk:item | see | item
desk:check | work on item | draft
desk:waive | waive | draft
desk:add_source | work on item | draft
desk:add_use | work on item | draft
desk:new_version | work on item | draft
desk:file | see | draft
desk:source_file | see | draft
desk:protect | work on item, see protected item | draft
desk:difference | see | draft
desk:sign_off | sign off | draft
desk:publish | publish | draft
desk:disclosure | see | item
desk:break_glass | break glass | draft
desk:second_review | sign off | draft
desk:correct | correct | draft
desk:withdraw | withdraw | draft
desk:timeline | see | item

desk:register | see register | -
desk:new_system | register system | -
desk:system | see register | system
desk:add_use_case | register system | system
desk:terms | register system | system
desk:answers_for | decide on system | system
desk:approve | decide on system | system
desk:pause | pause system | system
desk:retire | decide on system | system

desk:questions | answer question | -
desk:question | answer question | question
desk:close_question | answer question | question
desk:forget_asker | answer question | question

desk:log | see log | -
desk:entry | see log | entry
desk:entry_proof | see log | entry

desk:people | see people | -
desk:new_person | manage people | -
desk:person | see people | person
desk:give_role | manage people | person
desk:end_role | manage people | person
desk:last_day | manage people | person
desk:invite | manage people | person
desk:withdraw_invitation | manage people | person
desk:end_login | manage people | person

desk:me | signed in | -
desk:settings | see settings | -
desk:checklist | see checklist | -
desk:data | see what is kept and held | -
desk:erase | erase sources and drafts | -
desk:hold | set hold | -
desk:lift_hold | lift hold | hold
desk:keep | set retention | kept
desk:least | set retention | kept
desk:connections | manage connections | -
desk:my_tokens | signed in | -
desk:new_token | manage connections | -
desk:token | signed in | token
desk:take_token | signed in | taking
desk:revoke_token | signed in | token
desk:new_webhook | manage connections | -
desk:webhook | manage connections | webhook
desk:change_webhook | manage connections | webhook
desk:webhook_secret | manage connections | webhook
desk:test_webhook | manage connections | webhook
desk:turn_webhook | manage connections | webhook
desk:remove_webhook | manage connections | webhook
desk:redeliver | manage connections | delivery
desk:witnesses | manage witnesses | -
desk:new_witness | manage witnesses | -
desk:new_witnessed_log | manage witnesses | -
desk:end_witness | manage witnesses | party
desk:alarm | manage witnesses | alarm
desk:style | signed in | -

account_login | way in | -
account_logout | way in | -
account_inactive | way in | -
account_invitation | way in | -
account_come_in | way in | -
account_signup | way in | -
account_reset_password | way in | -
account_reset_password_done | way in | -
account_reset_password_from_key | way in | -
account_reset_password_from_key_done | way in | -
mfa_authenticate | way in | -
mfa_login_webauthn | way in | -
socialaccount_login_cancelled | way in | -
socialaccount_login_error | way in | -
socialaccount_signup | way in | -
openid_connect_login | way in | -
openid_connect_callback | way in | -
setup | way in | -
setup_outlet | way in | -
setup_you | way in | -
setup_profile | way in | -

account_reauthenticate | signed in | -
account_email | signed in | -
account_confirm_email | signed in | new address
account_change_password | signed in | -
account_set_password | signed in | -
account_totp_code | signed in | -
mfa_index | signed in | -
mfa_reauthenticate | signed in | -
mfa_activate_totp | signed in | -
mfa_deactivate_totp | signed in | -
mfa_view_recovery_codes | signed in | -
mfa_generate_recovery_codes | signed in | -
mfa_download_recovery_codes | signed in | -
mfa_list_webauthn | signed in | -
mfa_add_webauthn | signed in | -
mfa_reauthenticate_webauthn | signed in | -
mfa_remove_webauthn | signed in | passkey
mfa_edit_webauthn | signed in | passkey
socialaccount_connections | signed in | -
usersessions_list | signed in | -

public:home | anyone | -
public:home_data | anyone | -
public:register | anyone | -
public:register_data | anyone | -
public:corrections | anyone | -
public:corrections_data | anyone | -
public:to_item | anyone | -
public:item | anyone | out
public:item_data | anyone | out
public:ask | anyone | out
public:item_file | anyone | out
public:question | anyone | link
public:question_data | anyone | link
public:verify | anyone | -
public:feed | anyone | -
public:to_log | anyone | -
public:log | anyone | -
public:log_data | anyone | -
public:checkpoint | anyone | -
public:add_checkpoint | anyone | -
public:witness_key | anyone | -
public:alarm | anyone | alarm
public:witness_view | anyone | seen
public:log_keys | anyone | -
public:log_tile | anyone | -
public:well_known | anyone | -
public:security | anyone | -
public:site_map | anyone | -
public:site_map_part | anyone | -
public:robots | anyone | -
"""

_BY_TOKEN = """
api:ask_by_name | GET clearance | draft
api:ask_with_content_by_name | POST clearance | draft
api:ask | GET clearance | draft
api:ask_with_content | POST clearance | draft
api:list_items | GET read | -
api:create_item | POST write | -
api:put_item | PUT write | name
api:read_item_by_name | GET read | draft
api:update_item | PUT write | draft
api:read_item | GET read | draft
api:list_versions | GET read | draft
api:add_version | POST write | draft
api:list_sources | GET read | draft
api:add_source | POST write | draft
api:list_ai_uses | GET read | draft
api:record_ai_use | POST write | draft
api:check_item | POST write | draft
api:list_findings | GET read | draft
api:waive_finding | POST waive | draft
api:publish_item | POST publish | draft
api:read_publication | GET read | publication
api:correct_item | POST correct | draft
api:withdraw_item | POST withdraw | draft
api:list_questions | GET questions | -
api:list_systems | GET register | -
api:read_system | GET register | system
api:list_webhooks | GET webhooks | -
api:add_webhook | POST webhooks | -
api:read_webhook | GET webhooks | webhook
api:change_webhook | PUT webhooks | webhook
api:remove_webhook | DELETE webhooks | webhook
api:rotate_webhook_secret | POST webhooks | webhook
api:test_webhook | POST webhooks | webhook
api:list_deliveries | GET webhooks | webhook
api:redeliver | POST webhooks | delivery
"""


@dataclass(frozen=True)
class Line:
    """What is written of one route. By token it has a scope and a method, else not."""

    name: str
    asks: str
    about: str
    scope: str = ""
    method: str = ""

    @property
    def open(self) -> bool:
        return self.asks in ("anyone", "way in")

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions of which one is asked; none where a login is enough."""
        if self.scope:
            return SCOPES[self.scope]
        if self.open or self.asks == "signed in":
            return ()
        return SEE if self.asks == "see" else tuple(self.asks.split(", "))


def _lines(written: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in written.splitlines() if line]


def _by_token(name: str, asks: str, about: str) -> Line:
    method, scope = asks.split()
    return Line(name, "a token", about, scope, method)


ADDRESSES = {name: Line(name, asks, about) for name, asks, about in _lines(_PAGES)} | {
    name: _by_token(name, asks, about) for name, asks, about in _lines(_BY_TOKEN)
}
"""What is written of each route, by its name."""

WITHOUT_SAMPLE: dict[str, str] = {}
"""Routes that the walk cannot try, each with the reason; none today."""
