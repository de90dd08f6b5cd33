"""What a database is asked of all its tables: what holds their rows apart, and what acts by itself."""

# ruff: noqa: S608 - put together from what stands in this file alone

SQLITE = {
    "ordinary": "SELECT name FROM sqlite_master WHERE type = 'table'",
    # A conflict that is settled unsaid, letters that count as alike, and a deletion that takes rows along.
    "acting": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    " UNION ALL SELECT tbl_name, 'ON CONFLICT' FROM sqlite_master WHERE sql LIKE '%ON CONFLICT%'"
    " UNION ALL SELECT tbl_name, 'COLLATE' FROM sqlite_master WHERE sql LIKE '%COLLATE%'"
    " UNION ALL SELECT t.name, 'ON DELETE, ON UPDATE' FROM sqlite_master t, pragma_foreign_key_list(t.name) c"
    " WHERE t.type = 'table' AND (c.on_delete <> 'NO ACTION' OR c.on_update <> 'NO ACTION')",
    "computed": "SELECT t.name, c.name FROM sqlite_master t, pragma_table_xinfo(t.name) c"
    " WHERE t.type = 'table' AND c.hidden IN (2, 3)",
    "primary": "SELECT t.name, '', c.name FROM sqlite_master t, pragma_table_info(t.name) c"
    " WHERE t.type = 'table' AND c.pk > 0",
    "unique": "SELECT t.name, i.name, c.name FROM sqlite_master t, pragma_index_list(t.name) i,"
    " pragma_index_info(i.name) c WHERE t.type = 'table' AND i.\"unique\" AND NOT i.partial",
    "partial": "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE %'",
    "pointing": 'SELECT t.name, c."from", c."table" FROM sqlite_master t, pragma_foreign_key_list(t.name) c'
    " WHERE t.type = 'table'",
}
_SEEN = "pg_class t ON t.oid = {of} AND pg_table_is_visible(t.oid)"
_UNIQUE = (
    f"SELECT t.relname, i.indexrelid::text, a.attname FROM pg_index i JOIN {_SEEN.format(of='i.indrelid')}"
    " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY((i.indkey::int2[])[0:i.indnkeyatts - 1])"
    " WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL"
)
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
    "computed": f"SELECT t.relname, a.attname FROM pg_attribute a JOIN {_SEEN.format(of='a.attrelid')}"
    " WHERE a.attgenerated <> ''",
    "primary": f"{_UNIQUE} AND i.indisprimary",
    "unique": _UNIQUE,
    # What holds for some rows is written out in the server's own words: only that it may hold is looked at.
    "partial": f"SELECT t.relname, c.relname FROM pg_index i JOIN {_SEEN.format(of='i.indrelid')}"
    " JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisunique AND i.indisvalid AND i.indexprs IS NULL"
    " AND pg_get_expr(i.indpred, i.indrelid) !~ 'false'",
    "pointing": "SELECT t.relname, a.attname, p.relname FROM pg_constraint c"
    f" JOIN {_SEEN.format(of='c.conrelid')} JOIN pg_class p ON p.oid = c.confrelid"
    " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(c.conkey)"
    " WHERE c.contype = 'f' AND c.convalidated",
}
