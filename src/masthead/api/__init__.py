"""The door for other software."""
