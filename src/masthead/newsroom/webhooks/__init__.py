"""Other software is told what happened: signed, retried, with a log of deliveries.

The evidence log is the outbox. `following.follow()` reads the entries after the last it read and makes a
delivery for each endpoint that asked for that event, in one transaction; `sending` sends what is due. Both
are asked for by a worker's rounds (`jobs.py`), so that nothing at the desk waits for anyone's server.

Pages and the API use `commands` (which ask for `Action.MANAGE_CONNECTIONS`) and `reading`. What is told
stands in one table, `events.TOLD`. Signatures, ids and retries are those of Standard Webhooks 1.0.0.
"""
