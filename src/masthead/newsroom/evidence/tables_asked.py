"""What a database is asked of all its tables: what holds their rows apart, and what acts by itself."""

# ruff: noqa: S608 - put together from what stands in this file alone

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from masthead.newsroom.evidence.conditions import checks_in, condition_in

type Columns = frozenset[str]


@dataclass(slots=True)
class Kept:
    """What the database says of one table."""

    acting: list[str] = field(default_factory=list)
    """What changes its rows: triggers, rules, and computed columns."""
    columns: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """The type of each, and whether it takes no NULL."""
    unique: set[Columns] = field(default_factory=set)
    """Of which no two rows have the same values."""
    partial: list[tuple[Columns, str]] = field(default_factory=list)
    """The same of some rows alone, with the condition that says of which."""
    pointing: set[tuple[str, str]] = field(default_factory=set)
    checks: list[str] = field(default_factory=list)


SQLITE = {
    "ordinary": "SELECT name FROM sqlite_master WHERE type = 'table'",
    # A conflict that is settled unsaid, letters that count as alike, and a deletion that takes rows along.
    "acting": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    " UNION ALL SELECT tbl_name, 'ON CONFLICT' FROM sqlite_master WHERE sql LIKE '%ON CONFLICT%'"
    " UNION ALL SELECT tbl_name, 'COLLATE' FROM sqlite_master WHERE sql LIKE '%COLLATE%'"
    " UNION ALL SELECT t.name, 'ON DELETE, ON UPDATE' FROM sqlite_master t, pragma_foreign_key_list(t.name) c"
    " WHERE t.type = 'table' AND (c.on_delete <> 'NO ACTION' OR c.on_update <> 'NO ACTION')",
    "columns": 'SELECT t.name, c.name, c.type, c."notnull", c.hidden IN (2, 3)'
    " FROM sqlite_master t, pragma_table_xinfo(t.name) c WHERE t.type = 'table'",
    "primary": "SELECT t.name, '', c.name, NULL FROM sqlite_master t, pragma_table_info(t.name) c"
    " WHERE t.type = 'table' AND c.pk > 0",
    "unique": "SELECT t.name, i.name, c.name,"
    " CASE WHEN i.partial THEN (SELECT s.sql FROM sqlite_master s WHERE s.name = i.name) END"
    " FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c"
    " WHERE t.type = 'table' AND i.\"unique\"",
    "pointing": 'SELECT t.name, c."from", c."table" FROM sqlite_master t, pragma_foreign_key_list(t.name) c'
    " WHERE t.type = 'table'",
    "checks": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CHECK%'",
}
_SEEN = "pg_class t ON t.oid = {of} AND pg_table_is_visible(t.oid)"
POSTGRESQL = {
    # One that is unlogged is empty after a crash; one with policies shows each reader other rows.
    "ordinary": "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p'"
    " AND NOT relrowsecurity AND NOT relispartition AND pg_table_is_visible(oid) AND NOT EXISTS"
    " (SELECT FROM pg_inherits h WHERE oid IN (h.inhrelid, h.inhparent))",
    # What keeps foreign keys is a trigger too, of the server's own, and may be switched off.
    "acting": f"SELECT t.relname, g.tgname FROM pg_trigger g JOIN {_SEEN.format(of='g.tgrelid')}"
    " WHERE NOT g.tgisinternal OR g.tgenabled NOT IN ('O', 'A')"
    f" UNION ALL SELECT t.relname, r.rulename FROM pg_rewrite r JOIN {_SEEN.format(of='r.ev_class')}"
    " WHERE t.relkind = 'r'"
    f" UNION ALL SELECT t.relname, c.conname FROM pg_constraint c JOIN {_SEEN.format(of='c.conrelid')}"
    " WHERE c.contype = 'f' AND (c.confdeltype <> 'a' OR c.confupdtype <> 'a')"
    " UNION ALL SELECT 'evidence_entry', 'session_replication_role'"
    " WHERE current_setting('session_replication_role') <> 'origin'",
    # A server may be set to write out all names in quotes: of its own types that says nothing.
    "columns": "SELECT t.relname, a.attname, CASE WHEN y.typnamespace = 'pg_catalog'::regnamespace"
    " AND y.typname <> 'char' THEN replace(format_type(y.oid, a.atttypmod), '\"', '')"
    " ELSE format_type(y.oid, a.atttypmod) END, a.attnotnull, a.attgenerated <> ''"
    f" FROM pg_attribute a JOIN {_SEEN.format(of='a.attrelid')} JOIN pg_type y ON y.oid = a.atttypid"
    " WHERE t.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped",
    "unique": "SELECT t.relname, i.indexrelid::text, a.attname, pg_get_expr(i.indpred, i.indrelid)"
    f" FROM pg_index i JOIN {_SEEN.format(of='i.indrelid')}"
    " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY((i.indkey::int2[])[0:i.indnkeyatts - 1])"
    " WHERE i.indisunique AND i.indisvalid AND i.indexprs IS NULL",
    "pointing": "SELECT t.relname, a.attname, p.relname FROM pg_constraint c"
    f" JOIN {_SEEN.format(of='c.conrelid')} JOIN pg_class p ON p.oid = c.confrelid"
    " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(c.conkey)"
    " WHERE c.contype = 'f' AND c.convalidated",
    "checks": "SELECT t.relname, pg_get_expr(c.conbin, c.conrelid) FROM pg_constraint c"
    f" JOIN {_SEEN.format(of='c.conrelid')} WHERE c.contype = 'c' AND c.convalidated",
}


def asked() -> dict[str, Kept]:
    """What the database says of each ordinary table of this name."""
    sqlite = connection.vendor == "sqlite"
    told: dict[str, list[tuple[Any, ...]]] = {"primary": []}
    with connection.cursor() as cursor:
        for what, question in (SQLITE if sqlite else POSTGRESQL).items():
            cursor.execute(question)
            told[what] = cursor.fetchall()
    tables = {name: Kept() for (name,) in told["ordinary"]}
    # Views, and what was asked of tables that are not ordinary.
    other = Kept()
    for table, name in told["acting"]:
        tables.get(table, other).acting.append(name)
    for table, name, sort, full, computed in told["columns"]:
        tables.get(table, other).columns[name] = sort.lower(), bool(full)
        tables.get(table, other).acting += [name] if computed else []
    for table, *pointing in told["pointing"]:
        tables.get(table, other).pointing.add((pointing[0], pointing[1]))
    for table, text in told["checks"]:
        tables.get(table, other).checks += checks_in(text) if sqlite else [text]
    for table, columns, condition in _keys((*told["primary"], *told["unique"])):
        if condition is None:
            tables.get(table, other).unique.add(columns)
        else:
            said = condition_in(condition) if sqlite else condition
            tables.get(table, other).partial.append((columns, said))
    return tables


def _keys(told: tuple[tuple[Any, ...], ...]) -> Iterator[tuple[str, Columns, str | None]]:
    keys: dict[tuple[str, str, str | None], set[str]] = {}
    for table, name, column, condition in told:
        keys.setdefault((table, name, condition), set()).add(column)
    for (table, _, condition), columns in keys.items():
        yield table, frozenset(columns), condition
