"""What the public pages tell, read from the record: plain values, the same for a page and for its JSON."""
