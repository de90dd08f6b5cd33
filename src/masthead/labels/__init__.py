"""The words: one record of AI use in, every form of disclosure out.

Facts are never typed: line, details, marks, JSON-LD and source type are all derived from one `Record`, so
they cannot disagree. The floor that no setting lowers is in `floor`.
"""

from masthead.labels.disclosure import Disclosure, disclose
from masthead.labels.floor import required_marks
from masthead.labels.json_ld import json_ld
from masthead.labels.source_type import source_type

__all__ = ["Disclosure", "disclose", "json_ld", "required_marks", "source_type"]
