"""Arm's length: one warm child process that parses what strangers made, under limits of time and memory."""
