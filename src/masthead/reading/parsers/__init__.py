"""One parser a kind of file; each runs in the runner's child only."""
