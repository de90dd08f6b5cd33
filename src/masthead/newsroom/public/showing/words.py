"""Words for what only the public pages say."""

from masthead.language import Message
from masthead.vocabulary import Medium, Profile, Stage, UseLevel

STAGES = {
    Stage.CREATION: Message("making media"),
    Stage.CURATION: Message("choosing and arranging"),
    Stage.RECOMMENDATION: Message("recommending to readers"),
    Stage.MODERATION: Message("moderating what readers write"),
    Stage.DISTRIBUTION: Message("bringing it to the audience"),
    Stage.PROMOTION: Message("promotion"),
    Stage.ANALYTICS: Message("audience figures"),
    Stage.FUNDRAISING: Message("fundraising"),
    Stage.INTERNAL: Message("work inside the house"),
}
LEVELS = {
    UseLevel.INDIVIDUAL: Message("one person"),
    UseLevel.PROGRAMME: Message("a programme or desk"),
    UseLevel.ORGANISATION: Message("the whole organisation"),
}
PROFILES = {
    Profile.SOLO: Message("for one person"),
    Profile.SMALL: Message("for a small newsroom"),
}
MEDIA = {Medium.TEXT: Message("text"), Medium.IMAGE: Message("picture")}
