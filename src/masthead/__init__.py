"""Masthead: the gate between AI and publication."""

__version__ = "0.1.0"
