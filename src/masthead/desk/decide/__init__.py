"""What a person decides about an item: sign-off, publication, correction, withdrawal."""
