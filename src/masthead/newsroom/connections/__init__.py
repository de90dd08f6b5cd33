"""Other software that works with this record: its tokens, its names for items, its requests done once."""
