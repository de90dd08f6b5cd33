"""Witnesses of the log, logs that are witnessed here, and what an alarm came to."""
