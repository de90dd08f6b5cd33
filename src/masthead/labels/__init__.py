"""The words: one record of AI use in, every form of disclosure out.

Facts are never typed: line, details, marks, JSON-LD and source type are all derived from one `Record`, so
they cannot disagree. The floor that no setting lowers is in `floor`.
"""
