"""Where and for whom an AI system is used, in words."""

from masthead.language import Message
from masthead.vocabulary import Stage, UseLevel

STAGES = {
    Stage.CREATION: Message("creation"),
    Stage.CURATION: Message("curation"),
    Stage.RECOMMENDATION: Message("recommendation"),
    Stage.MODERATION: Message("moderation"),
    Stage.DISTRIBUTION: Message("distribution"),
    Stage.PROMOTION: Message("promotion"),
    Stage.ANALYTICS: Message("audience analytics"),
    Stage.FUNDRAISING: Message("fundraising"),
    Stage.INTERNAL: Message("internal"),
}
LEVELS = {
    UseLevel.INDIVIDUAL: Message("individual"),
    UseLevel.PROGRAMME: Message("programme"),
    UseLevel.ORGANISATION: Message("organisation"),
}
