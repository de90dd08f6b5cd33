"""Words for how a question ended."""

from enum import StrEnum

from masthead.language import Message


class Closing(StrEnum):
    """Why a question is not answered: the short list."""

    SPAM = "spam"
    ABUSE = "abuse"
    DUPLICATE = "duplicate"


CLOSINGS = {
    Closing.SPAM: Message("it is advertising"),
    Closing.ABUSE: Message("it insults or threatens somebody"),
    Closing.DUPLICATE: Message("the same was asked before"),
}
"""As the one who asked reads it, after “We do not answer this question, because”."""
