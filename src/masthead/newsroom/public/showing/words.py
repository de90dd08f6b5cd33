"""Words for what only the public pages say."""

from masthead.language import Message
from masthead.vocabulary import Medium, Profile, Stage, Tier, UseLevel

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
TIERS = {
    Tier.T0: Message("it hardly touches what you get"),
    Tier.T1: Message("it helps a person at work"),
    Tier.T2: Message("it matters to what you get"),
    Tier.T3: Message("it works without a person deciding each time"),
    Tier.TX: Message("our own policy rules it out"),
}
PROFILES = {
    Profile.SOLO: Message("for one person"),
    Profile.SMALL: Message("for a small newsroom"),
}
MEDIA = {Medium.TEXT: Message("text"), Medium.IMAGE: Message("picture")}
