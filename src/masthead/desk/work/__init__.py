"""What a person has to do: my work, waiting for me, search."""
