"""The public addresses: each says what it asks for and shows what it gets."""
