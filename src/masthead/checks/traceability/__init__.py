"""Traceability: what a text says that none of its sources does.

Rules find what can be told exactly (numbers, dates, quotations, names, links) and look it up; nothing here
judges whether a sentence follows from a source. On human-labelled summaries such rules alone do not tell
true from false, so the findings say "in no source" and a person decides.
"""

from masthead.checks.traceability.check import ID, Traceability

__all__ = ["ID", "Traceability"]
