"""How every item stands, in a line each: a projection of the record, for lists and search."""
