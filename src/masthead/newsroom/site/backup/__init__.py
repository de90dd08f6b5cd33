"""Copies of the whole record, verified before they are called copies; and putting one back.

A copy is a home folder: the database as one SQLite file, whichever database it came from, with the files that
the record names beside it. So one way of verifying, `verify_log`, serves the desk and every copy of it, and a
record moves from SQLite to PostgreSQL and back the same way.
"""
