"""The evidence log: one entry for every change, in the transaction that makes it."""
