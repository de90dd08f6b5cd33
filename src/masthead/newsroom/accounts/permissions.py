"""Who may do what: the one table. What is not in it, nobody may."""

from collections.abc import Collection
from enum import StrEnum

from masthead.vocabulary import Role


class Action(StrEnum):
    """A verb on the record that a role may allow."""

    MANAGE_PEOPLE = "manage people"
    GIVE_ROLE = "give role"
    ADOPT_POLICY = "adopt policy"
    ANSWER = "answer"
    GIVE_EVIDENCE = "give evidence"
    MEND = "take on a corrective action"
    CLOSE_ACTION = "close a corrective action with a reason"
    REGISTER_SYSTEM = "register system"
    DECIDE_ON_SYSTEM = "decide on system"
    PAUSE_SYSTEM = "pause system"
    WORK_ON_ITEM = "work on item"
    WAIVE = "waive"
    LOWER_TIER = "lower tier"
    SIGN_OFF = "sign off"
    PUBLISH = "publish"
    BREAK_GLASS = "break glass"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    ANSWER_QUESTION = "answer question"
    SEE_OWN_ITEM = "see own item"
    SEE_ITEM = "see item"
    SEE_PROTECTED = "see protected item"
    SEE_PUBLISHED = "see the record of what is out"
    SEE_REGISTER = "see register"
    SEE_LOG = "see log"
    SEE_PEOPLE = "see people"
    SEE_CHECKLIST = "see checklist"
    SEE_SETTINGS = "see settings"
    MANAGE_CONNECTIONS = "manage connections"
    SEE_DATA = "see what is kept and held"
    ERASE = "erase data"
    ERASE_PART = "erase sources and drafts"
    SET_RETENTION = "set retention"
    SET_HOLD = "set hold"
    LIFT_HOLD = "lift hold"
    MANAGE_WITNESSES = "manage witnesses"
    MANAGE_KEYS = "manage the keys of the log"
    ACKNOWLEDGE_DAMAGE = "acknowledge damage"


EVERYONE = tuple(Role)

MAY: dict[Action, tuple[Role, ...]] = {
    Action.MANAGE_PEOPLE: (Role.STEWARD, Role.ADMINISTRATOR),
    # Any role but the administrator's: who gives one, or a login to it, could act by it.
    Action.GIVE_ROLE: (Role.STEWARD,),
    Action.ADOPT_POLICY: (Role.STEWARD,),
    # Every role that the catalogue asks may answer.
    Action.ANSWER: (Role.STEWARD, Role.EDITOR, Role.FACILITATOR, Role.STAFF_REPRESENTATIVE),
    Action.GIVE_EVIDENCE: (Role.STEWARD, Role.EDITOR, Role.FACILITATOR, Role.STAFF_REPRESENTATIVE),
    # Who mends something says so; who says that nothing is left to mend answers for the checklist.
    Action.MEND: (Role.STEWARD, Role.EDITOR, Role.FACILITATOR, Role.STAFF_REPRESENTATIVE, Role.CONTRIBUTOR),
    Action.CLOSE_ACTION: (Role.STEWARD,),
    Action.REGISTER_SYSTEM: (Role.STEWARD, Role.EDITOR, Role.CONTRIBUTOR),
    Action.DECIDE_ON_SYSTEM: (Role.STEWARD,),
    # Stopping a system is easier than starting it: harm does not wait for a steward.
    Action.PAUSE_SYSTEM: (Role.STEWARD, Role.EDITOR),
    Action.WORK_ON_ITEM: (Role.CONTRIBUTOR, Role.EDITOR),
    Action.WAIVE: (Role.EDITOR,),
    # A lower tier asks for less: whoever asks for less must not be who is asked.
    Action.LOWER_TIER: (Role.EDITOR,),
    Action.SIGN_OFF: (Role.EDITOR,),
    Action.PUBLISH: (Role.EDITOR, Role.CONTRIBUTOR),
    Action.BREAK_GLASS: (Role.EDITOR,),
    Action.CORRECT: (Role.EDITOR,),
    Action.WITHDRAW: (Role.EDITOR,),
    Action.ANSWER_QUESTION: (Role.EDITOR, Role.STEWARD),
    # Seeing. An administrator sees no content, an auditor no drafts; whose item it is says `items.sight`.
    Action.SEE_OWN_ITEM: (Role.EDITOR, Role.CONTRIBUTOR),
    Action.SEE_ITEM: (Role.EDITOR, Role.STEWARD),
    Action.SEE_PROTECTED: (Role.EDITOR,),
    Action.SEE_PUBLISHED: (Role.EDITOR, Role.STEWARD, Role.AUDITOR),
    Action.SEE_REGISTER: EVERYONE,
    Action.SEE_LOG: (Role.STEWARD, Role.EDITOR, Role.AUDITOR),
    Action.SEE_PEOPLE: (Role.STEWARD, Role.EDITOR, Role.ADMINISTRATOR),
    # What everybody here is held to, and the audience reads.
    Action.SEE_CHECKLIST: EVERYONE,
    Action.SEE_SETTINGS: (Role.STEWARD, Role.ADMINISTRATOR),
    # Tokens, webhooks and other ways in and out for software.
    Action.MANAGE_CONNECTIONS: (Role.STEWARD, Role.ADMINISTRATOR),
    Action.SEE_DATA: (Role.STEWARD, Role.ADMINISTRATOR),
    # What is erased nobody brings back: not who sees no content, and not who made it.
    Action.ERASE: (Role.STEWARD,),
    # A source at risk waits for nobody. What went out stays, and who stood behind it. An editor's own reasons
    # for waivers and the like go by somebody else: `retention.commands` refuses.
    Action.ERASE_PART: (Role.STEWARD, Role.EDITOR),
    Action.SET_RETENTION: (Role.STEWARD,),
    # To keep is easier than to let go: whoever hears of a claim first sees to it that nothing is lost.
    Action.SET_HOLD: (Role.STEWARD, Role.EDITOR),
    Action.LIFT_HOLD: (Role.STEWARD,),
    # Whose log we answer for, who answers for ours, and what an alarm came to.
    Action.MANAGE_WITNESSES: (Role.STEWARD, Role.ADMINISTRATOR),
    # Whoever looks after the machine looks after its keys; they give no sight of anything.
    Action.MANAGE_KEYS: (Role.STEWARD, Role.ADMINISTRATOR),
    # Whoever looks after the machine may have put the copy back; what they say is on record as theirs.
    Action.ACKNOWLEDGE_DAMAGE: (Role.STEWARD, Role.ADMINISTRATOR),
}
"""Roles in the order in which one is named as the ground, strongest first."""


def allowed(roles: Collection[Role], action: Action) -> bool:
    """Whether one of `roles` allows `action`."""
    return any(role in roles for role in MAY[action])
