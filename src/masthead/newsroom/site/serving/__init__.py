"""Serve an organisation: the web, the worker and the clock, each a process, and who looks after them.

`supervisor` starts them, starts again what died and ends them in order; it does not load Django. `preparing`
makes the home folder ready before. `web`, `worker` and `clock` are what runs in the processes.
"""
