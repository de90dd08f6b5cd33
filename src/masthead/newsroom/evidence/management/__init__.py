"""Commands of Django that evidence changes."""
