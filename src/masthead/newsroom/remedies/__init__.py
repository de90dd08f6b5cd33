"""What the audience raises about an item, and what is answered."""
