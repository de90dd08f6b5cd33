"""Arm's length: one warm child process that parses what strangers made, under limits of time and memory."""

from masthead.runner.allowed import register
from masthead.runner.calls import call, close
from masthead.runner.failure import Failed, Reason

__all__ = ["Failed", "Reason", "call", "close", "register"]
