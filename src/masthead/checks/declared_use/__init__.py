"""Whether the record of AI use is coherent, with itself and with what the text says word for word."""

from masthead.checks.declared_use.check import DeclaredUse

__all__ = ["DeclaredUse"]
