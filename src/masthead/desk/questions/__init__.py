"""What the audience asks about an item, and the answer of somebody who did not make it."""
