"""What the audience sees, written from the record."""
