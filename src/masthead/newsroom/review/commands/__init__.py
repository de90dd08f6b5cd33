"""What a person or the desk does about a version: check it, decide on it, publish it."""

from masthead.newsroom.review.commands.checking import run_checks
from masthead.newsroom.review.commands.correcting import correct, withdraw
from masthead.newsroom.review.commands.deciding import break_glass, review_break_glass, sign_off, waive
from masthead.newsroom.review.commands.publishing import publish
from masthead.newsroom.review.commands.returning import send_back

__all__ = [
    "break_glass",
    "correct",
    "publish",
    "review_break_glass",
    "run_checks",
    "send_back",
    "sign_off",
    "waive",
    "withdraw",
]
