"""What the words to be published give away about a person: found by patterns, proved by validators."""

from masthead.checks.personal_data.check import PersonalData

__all__ = ["PersonalData"]
