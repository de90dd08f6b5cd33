"""The findings: a version in, what should be looked at out.

A check is pure: it reads a `Subject` and yields findings; it decides nothing and changes nothing. The
consequence of a finding comes from the controls in force (see `masthead.gate`).
"""

from masthead.checks.finding import Check, Finding, Nearest, NotRun, Outcome, Report
from masthead.checks.run import run
from masthead.checks.subject import AIUse, Source, Subject

__all__ = ["AIUse", "Check", "Finding", "Nearest", "NotRun", "Outcome", "Report", "Source", "Subject", "run"]
