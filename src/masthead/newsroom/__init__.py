"""The desk: the record, and the commands that alone may change it."""
