"""Items, their versions, what they were made from, and what AI did."""
