"""What a token may be made for. Signing off is not among them: that is a person's decision at the desk."""

from enum import StrEnum

from masthead.language import Message
from masthead.newsroom.accounts.permissions import Action


class Scope(StrEnum):
    """One thing that other software may be let do. It never gives more than its person's roles allow."""

    CLEARANCE = "clearance"
    READ = "read"
    WRITE = "write"
    WAIVE = "waive"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REGISTER = "register"
    QUESTIONS = "questions"
    WEBHOOKS = "webhooks"
    PROTECTED = "protected"


SEEING = (Action.SEE_OWN_ITEM, Action.SEE_ITEM, Action.SEE_PROTECTED)

ASKS: dict[Scope, tuple[Action, ...]] = {
    Scope.CLEARANCE: SEEING,
    Scope.READ: SEEING,
    Scope.WRITE: (Action.WORK_ON_ITEM,),
    Scope.WAIVE: (Action.WAIVE,),
    Scope.PUBLISH: (Action.PUBLISH,),
    Scope.CORRECT: (Action.CORRECT,),
    Scope.WITHDRAW: (Action.WITHDRAW,),
    Scope.REGISTER: (Action.SEE_REGISTER,),
    Scope.QUESTIONS: SEEING,
    Scope.WEBHOOKS: (Action.MANAGE_CONNECTIONS,),
    Scope.PROTECTED: SEEING,
}
"""The actions of which the person's roles must allow one, for a scope to be of any use."""

SAID: dict[Scope, Message] = {
    Scope.CLEARANCE: Message("Ask whether an item may be published, and why not"),
    Scope.READ: Message("Read items, their versions, sources, AI uses and findings"),
    Scope.WRITE: Message("Bring in items, versions, sources and AI uses, and have them checked"),
    Scope.WAIVE: Message("Waive findings, in the name of the person"),
    Scope.PUBLISH: Message("Publish what the gate clears"),
    Scope.CORRECT: Message(
        "Publish corrections that somebody signed off, past the gate, in the name of the person"
    ),
    Scope.WITHDRAW: Message("Withdraw what is published"),
    Scope.REGISTER: Message("Read the register of AI systems"),
    Scope.QUESTIONS: Message("Read the questions of the audience and their answers"),
    Scope.WEBHOOKS: Message("Manage the addresses that are told what happens"),
    Scope.PROTECTED: Message("See protected items too, where the person may"),
}
"""What a scope lets other software do, as a person reads it."""
