"""The terminal: one door to the commands."""
