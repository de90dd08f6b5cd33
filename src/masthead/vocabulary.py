"""The words every room shares: closed lists, each with a label a person can read.

Tiers and stages follow the Haarlem Declaration's preamble as read in the design; evidence levels of
findings are those of SARIF 2.1.0 (section 3.27.10).
"""

from enum import StrEnum

from masthead.language import Message


class Tier(StrEnum):
    """How much an AI use matters to what the audience gets; ordered from T0 up, TX apart."""

    T0 = "T0"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    TX = "TX"

    @property
    def material(self) -> bool:
        """Whether the strict rules apply: T2 and above, TX included."""
        return self in (Tier.T2, Tier.T3, Tier.TX)


class Task(StrEnum):
    """What an AI system was used for on a version."""

    TRANSCRIPTION = "transcription"
    TRANSLATION = "translation"
    SUMMARY = "summary"
    DRAFTING = "drafting"
    EDITING = "editing"
    HEADLINE = "headline"
    RESEARCH = "research"
    DATA_ANALYSIS = "data analysis"
    IMAGE_GENERATION = "image generation"
    IMAGE_EDITING = "image editing"
    AUDIO = "audio"
    VIDEO = "video"
    CAPTIONING = "captioning"
    ALT_TEXT = "alternative text"
    SEARCH = "search"
    MODERATION = "moderation"
    RECOMMENDATION = "recommendation"
    OTHER = "other"


class Stage(StrEnum):
    """Where in media work an AI system is put to use."""

    CREATION = "creation"
    CURATION = "curation"
    RECOMMENDATION = "recommendation"
    MODERATION = "moderation"
    DISTRIBUTION = "distribution"
    PROMOTION = "promotion"
    ANALYTICS = "audience analytics"
    FUNDRAISING = "fundraising"
    INTERNAL = "internal"


class UseLevel(StrEnum):
    """At which level of the organisation a use case lives (commitment H1.1)."""

    INDIVIDUAL = "individual"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"


class Level(StrEnum):
    """How serious a finding is, in SARIF's words. It decides nothing: consequences do."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Consequence(StrEnum):
    """What a control makes of a finding or of something missing."""

    BLOCK = "block"
    WARN = "warn"
    RECORD = "record"


class Moment(StrEnum):
    """When a control is asked: for every item, for every AI system, or on a calendar."""

    ITEM = "item"
    SYSTEM = "system"
    ORGANISATION = "organisation"


class Method(StrEnum):
    """How a control is answered."""

    CHECK = "check"
    PROBE = "probe"
    TEST = "test"
    RECORD = "record"
    QUESTION = "question"
    PUBLISH = "publish"


class Grade(StrEnum):
    """How strong a piece of evidence is: machine-observed, verified, attested, document."""

    M = "M"
    V = "V"
    A = "A"
    D = "D"


class Profile(StrEnum):
    """Which defaults an organisation starts from."""

    SOLO = "solo"
    SMALL = "small"


class Role(StrEnum):
    """What a person may do; the permission table reads these."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    STEWARD = "steward"
    FACILITATOR = "facilitator"
    STAFF_REPRESENTATIVE = "staff representative"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Medium(StrEnum):
    """What kind of media an item is."""

    TEXT = "text"
    IMAGE = "image"


class WaiverReason(StrEnum):
    """Why a person publishes although a finding stands: the short list."""

    WITNESSED = "witnessed"
    COMMON_KNOWLEDGE = "common knowledge"
    OWN_CALCULATION = "own calculation"
    PUBLIC_CONTACT = "public contact"
    CONSENT = "consent"
    CHECK_MISTAKEN = "check mistaken"
    PUBLIC_INTEREST = "public interest"


class SystemStatus(StrEnum):
    """Where an AI system or a use case stands in the register."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    PAUSED = "paused"
    RETIRED = "retired"


LABELS: dict[StrEnum, Message] = {
    Tier.T0: Message("incidental"),
    Tier.T1: Message("assistive"),
    Tier.T2: Message("material"),
    Tier.T3: Message("autonomous"),
    Tier.TX: Message("prohibited"),
    Task.TRANSCRIPTION: Message("transcription"),
    Task.TRANSLATION: Message("translation"),
    Task.SUMMARY: Message("summary"),
    Task.DRAFTING: Message("drafting"),
    Task.EDITING: Message("editing"),
    Task.HEADLINE: Message("headline"),
    Task.RESEARCH: Message("research"),
    Task.DATA_ANALYSIS: Message("data analysis"),
    Task.IMAGE_GENERATION: Message("image generation"),
    Task.IMAGE_EDITING: Message("image editing"),
    Task.AUDIO: Message("audio"),
    Task.VIDEO: Message("video"),
    Task.CAPTIONING: Message("captioning"),
    Task.ALT_TEXT: Message("alternative text"),
    Task.SEARCH: Message("search"),
    Task.MODERATION: Message("moderation"),
    Task.RECOMMENDATION: Message("recommendation"),
    Task.OTHER: Message("other"),
    Role.CONTRIBUTOR: Message("contributor"),
    Role.EDITOR: Message("editor"),
    Role.STEWARD: Message("steward"),
    Role.FACILITATOR: Message("facilitator"),
    Role.STAFF_REPRESENTATIVE: Message("staff representative"),
    Role.AUDITOR: Message("auditor"),
    Role.ADMINISTRATOR: Message("administrator"),
    WaiverReason.WITNESSED: Message("witnessed by the reporter"),
    WaiverReason.COMMON_KNOWLEDGE: Message("common knowledge"),
    WaiverReason.OWN_CALCULATION: Message("our own calculation"),
    WaiverReason.PUBLIC_CONTACT: Message("a public contact"),
    WaiverReason.CONSENT: Message("the person agreed"),
    WaiverReason.CHECK_MISTAKEN: Message("the check is mistaken"),
    WaiverReason.PUBLIC_INTEREST: Message("the public interest outweighs it"),
    Profile.SOLO: Message("alone"),
    Profile.SMALL: Message("as a team"),
    SystemStatus.PROPOSED: Message("proposed"),
    SystemStatus.APPROVED: Message("approved"),
    SystemStatus.PAUSED: Message("paused"),
    SystemStatus.RETIRED: Message("retired"),
}
"""The words a person reads for a member; a test holds it complete for what is shown."""

MEANINGS = {
    Tier.T0: Message("Incidental (T0): like a spelling check; the audience would get the same without it."),
    Tier.T1: Message(
        "Assistive (T1): it helps, as a transcript does, and a person decides all that the audience gets."
    ),
    Tier.T2: Message("Material (T2): part of what the audience reads, sees or hears is its work."),
    Tier.T3: Message("Autonomous (T3): it does the work on its own, without a person deciding each time."),
    Tier.TX: Message("Prohibited (TX): our own policy does not allow this use."),
}
"""What each tier means: the one sentence for whoever chooses it and for the audience that is told of it."""
