"""Hosts that lost their power, or hang: what they held in PostgreSQL is let go of within minutes.

A host that goes away without a word leaves a session behind, and with it the lock on the head of the log or
the publishers' lock. A server notices such a session by itself only after hours, and one of a host that hangs
never. So each connection of ours says how soon it is to be taken for gone. SQLite's locks end with a process.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

KEEPALIVE = {
    "tcp_keepalives_idle": "30s",
    "tcp_keepalives_interval": "10s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60s",
}
"""When the server asks a silent host whether it is still there; on a socket of one machine it has no need."""
IDLE_IN_TRANSACTION = "10min"
"""How long a transaction may wait for its next statement. None of ours works so long between two: bulk work,
copies and restores go by batches of rows, and what is slow about files or other hosts is done outside."""
_IDLE = "idle_in_transaction_session_timeout"


def install(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Set how soon the session ends by itself; a receiver of Django's `connection_created`.

    A transaction that the server or the role bounds more closely stays bounded so.
    """
    if connection.vendor != "postgresql":
        return
    keep = ", ".join(f"set_config('{name}', %s, false)" for name in KEEPALIVE)
    closer = f"current_setting('{_IDLE}')::interval BETWEEN '1ms' AND %s::interval"
    idle = f"set_config('{_IDLE}', CASE WHEN {closer} THEN current_setting('{_IDLE}') ELSE %s END, false)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {keep}, {idle}", [*KEEPALIVE.values(), *[IDLE_IN_TRANSACTION] * 2])
