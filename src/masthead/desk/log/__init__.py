"""The evidence log as a person reads it."""
